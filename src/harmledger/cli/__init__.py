"""The command line: one verb a function; each loads its code only when it is called, so that `--help` is quick."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import Any

import click

from harmledger import __version__
from harmledger.cli.bulk_verbs import BULK_VERBS
from harmledger.cli.bundle_verbs import BUNDLE_VERBS
from harmledger.cli.change_verbs import CHANGE_VERBS
from harmledger.cli.export_verbs import EXPORT_VERBS
from harmledger.cli.options import LEDGER as _LEDGER
from harmledger.cli.options import RULE as _RULE
from harmledger.cli.prove_verbs import PROVE_VERBS
from harmledger.cli.recapture_verbs import RECAPTURE_VERBS
from harmledger.cli.reply_verbs import REPLY_VERBS
from harmledger.cli.review_verbs import REVIEW_VERBS
from harmledger.cli.site_verbs import SITE_VERBS
from harmledger.cli.stamp_verbs import STAMP_VERBS
from harmledger.cli.status_verbs import STATUS_VERBS
from harmledger.cli.watch_verbs import WATCH_VERBS
from harmledger.cli.withhold_verbs import WITHHOLD_VERBS
from harmledger.config import Config, load_config
from harmledger.errors import HarmledgerError

FAILED = 1
"""Exit code where something couldn't be read, or isn't there; all else was done."""
STOPPED = 130
"""Exit code of a run that somebody ended with Ctrl-C, as shells have it."""

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# The heads' matrix products are small: threads that wait for one another cost more than they save, and each process reads a report of its
# own. Must be set before numpy is loaded.


class _Verbs(click.Group):
    """Commands whose errors are one sentence on stderr."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            ctx.obj = load_config(os.environ)
            return super().invoke(ctx)
        except HarmledgerError as e:
            tell(str(e))
            sys.exit(FAILED)
        except KeyboardInterrupt:
            tell("stopped; all reports before are done")
            sys.exit(STOPPED)


def utc_now() -> datetime:
    """The time that captures and decisions bear."""
    return datetime.now(UTC)


def tell(sentence: str) -> None:
    """One line to the person, on stderr; others' words in it can't drive the terminal."""
    from harmledger.publish.wording import render_plain  # not needed where all goes well

    click.echo(f"harmledger: {render_plain(sentence)}", err=True)


_FORM = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="How to print.",
)


_LINES = click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="harmledger", message="%(prog)s %(version)s")
def main() -> None:
    """Reads reports about armed conflict and keeps who says what about harm to people, tied to the words."""


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@_FORM
@_LEDGER
@click.option("--no-ledger", is_flag=True, help="Only print; keep nothing.")
@click.option("--engine", metavar="NAME", help="Which engine extracts.")
@click.option(
    "--jobs", type=click.IntRange(0), metavar="N", help="Processes that read; 0, the default: all cores if worth it."
)
@click.pass_obj
def read(
    config: Config,
    *,
    sources: tuple[str, ...],
    form: str,
    ledger: str | None,
    no_ledger: bool,
    engine: str | None,
    jobs: int | None,
) -> None:
    """Read reports, print their claims, and keep them in the ledger.

    SOURCE is an HTML page, a plain text, a .jsonl or .jsonl.gz of reports, a web archive (.warc, .warc.gz, .wacz), a page that a browser
    saved (.mhtml, or a folder), a folder of these, the address of a page on the web, or - for standard input. A page of the web is kept as it came, with the request and the answer, before it is read; see docs/collect.md; of archives, docs/archives.md. What can't
    be read is told in one sentence each, and the exit code is 1; everything else is read.
    """
    from dataclasses import replace

    from harmledger.cli.reading import read_and_print

    said = {"ledger": ledger, "engine": engine, "jobs": jobs}
    config = replace(config, **{name: value for name, value in said.items() if value is not None})
    if read_and_print(sources, config=config, form=form, keep=not no_ledger):
        sys.exit(FAILED)


@main.command()
@click.argument("wanted", required=False, metavar="[CLAIM | DOCUMENT]")
@_FORM
@_LEDGER
@click.pass_obj
def show(config: Config, wanted: str | None, form: str, ledger: str | None) -> None:
    """List the ledger's documents and claims, or show one.

    CLAIM or DOCUMENT is the beginning of an id, or a report's own id. A claim is shown with its quote in context.
    """
    from harmledger.cli.showing import show_all, show_one

    folder = ledger or config.ledger
    show_one(folder, wanted, form=form) if wanted else show_all(folder, form=form)


@main.command()
@click.argument("claim", metavar="CLAIM")
@_LEDGER
@click.pass_obj
def explain(config: Config, claim: str, ledger: str | None) -> None:
    """Tell why a claim was read as it was.

    For each field: the words that gave it and the sentence they stand in, how sure the engine was, which rule read the number, how the day
    follows from the publication day, and what the gazetteer and the registry made of the names. CLAIM is the beginning of an id.
    """
    from harmledger.cli.showing import explain_one

    explain_one(ledger or config.ledger, claim)


@main.group()
def gazetteer() -> None:
    """Places that claims are looked up in."""


@gazetteer.command("add")
@click.argument("file", type=click.Path())
@_LEDGER
@click.pass_obj
def gazetteer_add(config: Config, file: str, ledger: str | None) -> None:
    """Add a GeoNames dump or a file of OCHA place codes to the ledger's own places."""
    from harmledger.cli.places import add_places

    add_places(file, ledger or config.ledger)


for verb in (
    *REVIEW_VERBS,
    *CHANGE_VERBS,
    *EXPORT_VERBS,
    *RECAPTURE_VERBS,
    *SITE_VERBS,
    *WITHHOLD_VERBS,
    *REPLY_VERBS,
    *BUNDLE_VERBS,
    *BULK_VERBS,
    *STATUS_VERBS,
    *STAMP_VERBS,
    *WATCH_VERBS,
    *STATUS_VERBS,
    *PROVE_VERBS,
):
    main.add_command(verb)


@main.group()
def reference() -> None:
    """Independent recorders' data sets, kept apart from claims."""


@reference.command("add")
@click.argument("name")
@click.argument("file", type=click.Path())
@click.option(
    "--licence", metavar="TEXT", help="Under what terms it may be used; the recorder's own unless told otherwise."
)
@click.option("--citation", metavar="TEXT", help="How to cite it; the recorder's own unless told otherwise.")
@_LEDGER
@click.pass_obj
def reference_add(
    config: Config, *, name: str, file: str, licence: str | None, citation: str | None, ledger: str | None
) -> None:
    """Load a recorder's data set into the ledger under a name.

    FILE is a table of Airwars (CSV, or JSON lines), UCDP GED, ACLED or Iraq Body Count (CSV), gzipped or not; whose it is, its columns tell.
    Another file under the same name is its next version. A row that is no incident is told in one sentence, and the exit code is 1; all
    others are kept.
    """
    from harmledger.cli.checking import add_recorded

    if add_recorded(name, file, ledger or config.ledger, licence=licence, citation=citation):
        sys.exit(FAILED)


@reference.command("list")
@_LEDGER
@click.pass_obj
def reference_list(config: Config, ledger: str | None) -> None:
    """List the data sets with their versions, licences and citations."""
    from harmledger.cli.checking import list_recorded

    list_recorded(ledger or config.ledger)


@main.command()
@click.argument("report", metavar="REPORT")
@click.option("--against", required=True, metavar="NAME", help="Which data set; see `harmledger reference list`.")
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="How to print."
)
@_LEDGER
@click.pass_obj
def check(config: Config, report: str, against: str, form: str, ledger: str | None) -> None:
    """Set a report's claims beside what a recorder counts.

    REPORT is a file, or the beginning of a document's id in the ledger. For every claim: which recorded incident it most likely speaks of and
    why, the recorder's range and grade, what the belligerents themselves say, and whether the claim's figure lies within, above or below.
    Nothing is rated true or false.
    """
    from dataclasses import replace

    from harmledger.cli.checking import check_and_print

    if check_and_print(report, against, config=replace(config, ledger=ledger or config.ledger), form=form):
        sys.exit(FAILED)


@main.command()
@_LEDGER
@click.option("--again", is_flag=True, help="Work out every incident anew, not only those that new claims come near.")
@click.pass_obj
def link(config: Config, ledger: str | None, *, again: bool) -> None:
    """Join the ledger's claims into incidents.

    Copies of one text are found first and count as one source. Run it whenever reports have come in: an incident keeps its id, and one that is
    merged or split leaves the old id pointing on.
    """
    from harmledger.cli.incidents import link_and_tell

    link_and_tell(ledger or config.ledger, again=again)


@main.command()
@click.argument("wanted", required=False, metavar="[INCIDENT]")
@_RULE
@_LINES
@_LEDGER
@click.pass_obj
def incidents(config: Config, wanted: str | None, form: str, rule: str, ledger: str | None) -> None:
    """List the ledger's incidents, or show one, with every figure by claimant.

    Figures stand over time, those that were replaced among them; below, who blames whom, what the rule makes of each harm and of which claims,
    and the grade that Airwars' definitions suggest. INCIDENT is the beginning of an id; one that was merged leads on to the incident it is part
    of now.
    """
    from harmledger.cli.incidents import show_incidents

    show_incidents(ledger or config.ledger, wanted, form=form, rule=rule)


@main.command()
@_RULE
@_LINES
@_LEDGER
@click.pass_obj
def totals(config: Config, form: str, rule: str, ledger: str | None) -> None:
    """Add up all incidents' figures of each harm, as a rule makes them.

    The sums of the least and the most are what is claimed. Models stand beside them, each with what it takes for granted.
    """
    from harmledger.cli.incidents import show_totals

    show_totals(ledger or config.ledger, form=form, rule=rule)


@main.command()
@click.argument("left", metavar="CLAIM")
@click.argument("right", metavar="CLAIM")
@_LEDGER
@click.pass_obj
def why(config: Config, left: str, right: str, ledger: str | None) -> None:
    """Tell why two claims are, or aren't, taken to be of one event.

    Each reason with what it adds to the logarithm of the odds; both CLAIMs are beginnings of ids.
    """
    from harmledger.cli.incidents import explain_two

    explain_two(ledger or config.ledger, left, right)
