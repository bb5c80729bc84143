"""Two versions of one page as the ledger holds them, set side by side.

kept readings of both ─▶ compare (their words, their claims) ─▶ Comparison

Claims are compared as engines read them, so that a reviewer's correction of one version is no change of the page; what reviewers rejected as
misread is left out on both sides.
"""

from __future__ import annotations

from harmledger.compare import compare_claims, compare_texts, list_own
from harmledger.domain import ChangeKind, Comparison, PageChange, Version
from harmledger.link.told import own_words
from harmledger.publish.changed import render_change
from harmledger.publish.record import Record
from harmledger.standing import StandingClaims
from harmledger.store import get_reports
from harmledger.store.forgotten import find_tombstone

MOST_CHARS = 200_000
"""Of both texts together: others wait to write meanwhile, and a text of many short lines of a few words takes seconds."""


def compare_versions(older: Record, newer: Record) -> Comparison:
    """Two reports' records side by side; names may be struck in both."""
    old, new = older["document"], newer["document"]
    passages = compare_texts(old["text"], new["text"], old_own=list_own(old), new_own=list_own(new))
    readers = {(claim["by"]["engine"], claim["by"]["version"]) for claim in (*older["claims"], *newer["claims"])}
    return Comparison(
        older=old["document_id"],
        newer=new["document_id"],
        passages=passages,
        claims=compare_claims(older["claims"], newer["claims"], passages),
        same_reader=len(readers) < 2,
    )


def get_versions(stands: StandingClaims, older: str, newer: str) -> tuple[Record, Record] | None:
    """The records of two versions as they were read, less the claims that reviewers took out; None where no engine read one of them, or it was
    forgotten: what went from the ledger didn't go from the page.
    """
    if any(find_tombstone(stands.connection, document) for document in (older, newer)):
        return None
    read = {f.record["document"]["document_id"]: f.record for f in get_reports(stands.connection, [older, newer])}
    if len(read) < 2:
        return None
    left, right = (_less_taken_out(stands, read[document]) for document in (older, newer))
    return left, right


def describe_change(stands: StandingClaims, before: Version, after: Version) -> PageChange | None:
    """A change of a page as lists keep it; None where there is nothing to set side by side. Of long texts the claims alone are compared."""
    versions = get_versions(stands, before.document_id, after.document_id)
    if versions is None:
        return None
    if sum(len(version["document"]["text"]) for version in versions) > MOST_CHARS:
        told = [
            change
            for change in compare_claims(versions[0]["claims"], versions[1]["claims"], ())
            if change.kind is not ChangeKind.SAME
        ]
        words_changed = own_words(versions[0]["document"]).split() != own_words(versions[1]["document"]).split()
    else:
        compared = compare_versions(*versions)
        told, words_changed = compared.changed_claims, compared.words_changed
    return PageChange(
        page_id=after.page_id,
        older=before.document_id,
        newer=after.document_id,
        since=after.since,
        words_changed=words_changed,
        claims=tuple(render_change(change) for change in told),
    )


def _less_taken_out(stands: StandingClaims, record: Record) -> Record:
    standing = {claim["claim_id"] for claim in stands.report(record)["claims"]}
    claims = [claim for claim in record["claims"] if claim["claim_id"] in standing]
    return {**record, "claims": claims, "rejected": []}
