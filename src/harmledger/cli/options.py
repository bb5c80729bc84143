"""Options that verbs share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from harmledger.domain import Rule

Verb = TypeVar("Verb", bound=Callable[..., Any])

_FOLDER = click.option("--ledger", metavar="DIR", help="Folder of the ledger; ./ledger unless told otherwise.")


def _remember(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    """The address goes into the command's settings, where whatever opens the ledger finds it."""
    if value is not None:
        ctx.obj = replace(ctx.obj, database=value)


_DATABASE = click.option(
    "--database",
    metavar="URL",
    expose_value=False,
    callback=_remember,
    help="PostgreSQL database of the ledger's rows; the folder then keeps captured bytes alone.",
)


def LEDGER(verb: Verb) -> Verb:  # noqa: N802  a constant of options, as click's own
    """Where the ledger is: its folder, and its database where that is no file in it."""
    return _FOLDER(_DATABASE(verb))


RULE = click.option(
    "--rule",
    type=click.Choice([rule.value for rule in Rule]),
    default=Rule.RANGE.value,
    show_default=True,
    help="How several claimants' figures become one range.",
)
