"""The verbs by which people decide: review, decide, log, agreement, enter, victim. Each loads its code only when it is called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config

_BY = click.option("--by", "who", required=True, metavar="NAME", help="Who decides, as the log shows it.")
_REASON = click.option("--reason", default="", metavar="WORDS", help="Why, in words that others can check.")
_LINES = click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)


@click.command()
@_BY
@click.option("--second", is_flag=True, help="Claims that others decided and you didn't, without what they said.")
@click.option("--held", is_flag=True, help="Claims, or documents, that are held.")
@click.option(
    "--documents", is_flag=True, help="Documents without a claim, those with passages looked at in vain first."
)
@LEDGER
@click.pass_obj
def review(config: Config, *, who: str, second: bool, held: bool, documents: bool, ledger: str | None) -> None:
    """Decide on the claims that wait, one after another.

    Each is shown with its fields and its quote in context. Type what you decide; the reason is asked for. Leave with q at any time: every
    decision is kept at once. With --documents: say that a document holds nothing, or enter what the machine missed.
    """
    from harmledger.cli.reviewing import review_all
    from harmledger.cli.reviewing_documents import review_documents

    if documents:
        if second:
            raise click.UsageError("--second is of claims, not of documents")
        review_documents(ledger or config.ledger, who=who, held=held)
        return
    review_all(ledger or config.ledger, who=who, second=second, held=held)


@click.command()
@click.argument("subject", metavar="SUBJECT")
@click.argument(
    "verdict",
    type=click.Choice(["accept", "correct", "reject", "hold", "merge", "split", "nothing", "undo"]),
    metavar="VERDICT",
)
@click.argument("rest", nargs=-1, metavar="[FIELD VALUE | CLAIM]")
@_REASON
@click.option("--replaces", metavar="DECISION", help="A decision of the same subject that no longer counts.")
@_BY
@LEDGER
@click.pass_obj
def decide(
    config: Config,
    *,
    subject: str,
    verdict: str,
    rest: tuple[str, ...],
    ledger: str | None,
    **said: Any,
) -> None:
    """Add one decision to the log: what waits in `review` for a person, for scripts.

    SUBJECT is the beginning of the id of a claim, a document (nothing: a person read it, and nothing in it belongs here) or, to undo one,
    a decision. VERDICT is accept, correct FIELD VALUE, reject, hold, merge CLAIM, split CLAIM, nothing or undo. Nothing is ever
    overwritten: a decision that replaces another stands behind it in the log.
    """
    from harmledger.cli.deciding import decide_one

    decide_one(ledger or config.ledger, subject, verdict, rest, **said)


@click.command()
@click.argument("subject", required=False, metavar="[SUBJECT]")
@click.option("--verify", "checked", is_flag=True, help="Find out whether any decision was changed, and where.")
@click.option("--head", metavar="DECISION", help="With --verify: an id noted earlier, which must still be there.")
@_LINES
@LEDGER
@click.pass_obj
def log(config: Config, *, subject: str | None, checked: bool, head: str | None, form: str, ledger: str | None) -> None:
    """List what people decided, in order, or of one claim, document or victim."""
    from harmledger.cli.deciding import show_log, verify

    folder = ledger or config.ledger
    verify(folder, head=head) if checked or head else show_log(folder, subject, form=form)


@click.command()
@click.option("--between", multiple=True, metavar="NAME", help="Only these reviewers; give it for each.")
@_LINES
@LEDGER
@click.pass_obj
def agreement(config: Config, *, between: tuple[str, ...], form: str, ledger: str | None) -> None:
    """Tell how far reviewers agree on the claims that two or more decided.

    For each field Krippendorff's alpha: 1 where they always agree, 0 where as often as by chance, less where they differ more than that.
    """
    from harmledger.cli.deciding import show_agreement

    show_agreement(ledger or config.ledger, between=between, form=form)


_QUOTE = click.option("--quote", required=True, metavar="WORDS", help="The sentence that says it, letter by letter.")


@click.command()
@click.argument("document", metavar="DOCUMENT")
@_QUOTE
@click.option("--low", metavar="N", help="The least number of people.")
@click.option("--high", metavar="N", help="The most; leave it out for an open end.")
@click.option("--harm", metavar="HARM", help="killed, unless told otherwise.")
@click.option("--kind", metavar="KIND", help="civilian, combatant, mixed or unknown, the default.")
@click.option("--group", metavar="GROUP", help="children, women, … where the words say so.")
@click.option("--scope", metavar="SCOPE", help="incident, unless told otherwise.")
@click.option("--polarity", metavar="POLARITY", help="asserted, unless told otherwise.")
@click.option("--place", metavar="NAME")
@click.option("--earliest", metavar="DAY", help="As 2017-05-31.")
@click.option("--latest", metavar="DAY")
@click.option("--actor", metavar="NAME", help="Who is said to have done it.")
@click.option("--means", metavar="MEANS")
@click.option("--claimant", metavar="NAME", help="Who says so; leave it out for the outlet itself.")
@_REASON
@_BY
@LEDGER
@click.pass_obj
def enter(
    config: Config, document: str, *, quote: str, reason: str, who: str, ledger: str | None, **said: str | None
) -> None:
    """Enter a claim that no engine gave: one that it missed, or that stands in a PDF, a post or a photograph.

    DOCUMENT is the beginning of a document's id, a report's own id, or a file that only people read; the file's bytes are kept. The quote
    must stand in the document's text where it has one.
    """
    from harmledger.cli.entering import enter_one

    enter_one(_of(config, ledger), document, quote=quote, said=said, who=who, reason=reason)


@click.group()
def victim() -> None:
    """People whom reports name: withheld until somebody releases them."""


@victim.command("add")
@click.argument("document", metavar="DOCUMENT")
@_QUOTE
@click.option("--name", "names", multiple=True, required=True, metavar="NAME", help="A spelling; give it for each.")
@click.option("--claim", "claims", multiple=True, metavar="CLAIM", help="A claim that counts this person; for each.")
@click.option("--age", metavar="AGE", help="In years, or as the report has it.")
@click.option("--sex", type=click.Choice(["female", "male", "unknown"]))
@click.option("--status", type=click.Choice(["civilian", "combatant", "mixed", "unknown"]))
@_BY
@LEDGER
@click.pass_obj
def victim_add(
    config: Config,
    document: str,
    *,
    quote: str,
    names: tuple[str, ...],
    claims: tuple[str, ...],
    who: str,
    ledger: str | None,
    **said: str | None,
) -> None:
    """Enter a victim whom a document names."""
    from harmledger.cli.entering import add_victim

    add_victim(_of(config, ledger), document, names=names, claims=claims, quote=quote, said=said, who=who)


@victim.command("release")
@click.argument("wanted", metavar="VICTIM")
@_REASON
@_BY
@LEDGER
@click.pass_obj
def victim_release(config: Config, wanted: str, *, reason: str, who: str, ledger: str | None) -> None:
    """Let a victim's names be shown; say why they may."""
    from harmledger.cli.entering import rule_victim
    from harmledger.domain import Verdict

    rule_victim(ledger or config.ledger, wanted, Verdict.RELEASE, who=who, reason=reason)


@victim.command("withhold")
@click.argument("wanted", metavar="VICTIM")
@_REASON
@_BY
@LEDGER
@click.pass_obj
def victim_withhold(config: Config, wanted: str, *, reason: str, who: str, ledger: str | None) -> None:
    """Withhold a victim's names again."""
    from harmledger.cli.entering import rule_victim
    from harmledger.domain import Verdict

    rule_victim(ledger or config.ledger, wanted, Verdict.WITHHOLD, who=who, reason=reason)


@victim.command("list")
@click.option("--claim", metavar="CLAIM", help="Only those whom this claim counts.")
@click.option("--with-names", is_flag=True, help="With the names of those released.")
@_LINES
@LEDGER
@click.pass_obj
def victim_list(config: Config, *, claim: str | None, with_names: bool, form: str, ledger: str | None) -> None:
    """List victims: only links of those withheld, and names of those released where asked for."""
    from harmledger.cli.entering import show_victims

    show_victims(ledger or config.ledger, claim=claim, with_names=with_names, form=form)


def _of(config: Config, ledger: str | None) -> Config:
    """The settings, with the ledger that was named."""
    return replace(config, ledger=ledger or config.ledger)


REVIEW_VERBS = (review, decide, log, agreement, enter, victim)
