"""The verb that estimates from overlapping lists how many victims there are; it loads its code only when it is called."""

from __future__ import annotations

import click


@click.command()
@click.argument("file", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    metavar="N",
    help="Where chance starts: one seed, one result.",
)
def recapture(file: str, *, form: str, seed: int) -> None:
    """Estimate how many victims there are in all from three or more lists of names that overlap.

    FILE is a CSV with a line a person: an id, then a column a list that holds 0 or 1, or the list's own record id. Lists must be
    deduplicated and matched. Two models answer side by side, each with its interval and what it assumes; where chains that start apart
    disagree there is no answer. It takes ten seconds, or a minute or two where the lists make it hard.
    """
    from harmledger.cli.recapturing import recapture_and_print

    recapture_and_print(file, form=form, seed=seed)


RECAPTURE_VERBS = (recapture,)
