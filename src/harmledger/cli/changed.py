"""What `harmledger changes` does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection

from harmledger.cli import tell
from harmledger.cli.printing import write
from harmledger.cli.showing import looking
from harmledger.comparing import compare_versions, get_versions
from harmledger.domain import Version
from harmledger.errors import NotFound
from harmledger.ids import page_id
from harmledger.publish.changed import comparison_record, render_comparison
from harmledger.publish.record import Record
from harmledger.publish.wording import render_json, render_plain
from harmledger.standing import EVERYTHING, StandingClaims
from harmledger.store import get_report
from harmledger.store.versions import list_page, list_versions
from harmledger.text.address import find_page

ID_CHARS = 10
MOMENT = "%Y-%m-%d %H:%M UTC"


def show_page_changes(folder: str, wanted: str, *, form: str) -> None:
    """Each change of a page, the first first."""
    with looking(folder) as connection:
        stands = StandingClaims(connection, Path(folder))
        pages = _find_pages(connection, wanted)
        if not pages:
            tell("the ledger holds one version of it")
        for versions in pages.values():
            if form == "table":
                _print_page(stands, versions)
            else:
                _print_records(stands, versions)


def _find_pages(connection: Connection, wanted: str) -> Mapping[str, Sequence[Version]]:
    """The pages meant that changed, each with its versions.

    Raises:
        NotFound: nothing of that address or id is in the ledger.
    """
    address = find_page(wanted)
    if address is None:
        document = get_report(connection, wanted).record["document"]["document_id"]
        return list_versions(connection, EVERYTHING, document)
    page = page_id(address)
    versions = list_page(connection, EVERYTHING, page)
    if not versions:
        raise NotFound("nothing in the ledger was fetched from there", wanted, "give the address as it was fetched")
    return {page: versions} if len(versions) > 1 else {}


def _print_page(stands: StandingClaims, versions: Sequence[Version]) -> None:
    lines = [render_plain(versions[-1].source), f"{_told(versions[0])}, first found so"]
    for before, after in pairwise(versions):
        lines.append(f"{_told(after)}, {_how(after)}:")
        lines += _compare(stands, before, after)
    write("".join(f"{line}\n" for line in lines))


def _told(version: Version) -> str:
    return f"{version.since:{MOMENT}}  {version.document_id[:ID_CHARS]}"


def _how(version: Version) -> str:
    return f"put back to what it said {version.back_to:{MOMENT}}" if version.back_to else "changed"


def _compare(stands: StandingClaims, before: Version, after: Version) -> Iterable[str]:
    records = get_versions(stands, before.document_id, after.document_id)
    if records is None:
        return ["  no engine read one of the two, or it was forgotten"]
    texts = (record["document"]["text"] for record in records)
    return render_comparison(compare_versions(*records), *texts)


def _print_records(stands: StandingClaims, versions: Sequence[Version]) -> None:
    for before, after in pairwise(versions):
        records = get_versions(stands, before.document_id, after.document_id)
        back = after.back_to and after.back_to.isoformat()
        told: Record = {"since": after.since.isoformat(), "back_to": back, "source": after.source}
        compared = comparison_record(compare_versions(*records)) if records else {}
        write(render_json({**told, "older": before.document_id, "newer": after.document_id, **compared}) + "\n")
