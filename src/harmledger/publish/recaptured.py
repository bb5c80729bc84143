"""Totals from overlapping lists, for people and programs: both models by name, with interval and assumptions, never one number alone.

Comes in: what capture–recapture found. Goes out: a record, or text. No name of a victim is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.domain import EstimatedTotal, LogLinear, Recaptured, VictimLists
from harmledger.publish.record import Record
from harmledger.publish.terminal import show
from harmledger.publish.wording import isolate, render_plain


def recaptured_record(found: Recaptured, *, seed: int) -> Record:
    """Everything as plain values."""
    lists = found.lists
    overlaps = [
        {"lists": [lists.names[place] for place in overlap.lists], "people": overlap.people}
        for overlap in lists.overlaps
    ]
    return {
        "named": lists.people,
        "lists": list(lists.names),
        "overlaps": overlaps,
        "log_linear": asdict(found.log_linear),
        "latent_classes": {**asdict(found.latent_classes), "seed": seed},
        "counts": found.counts,
    }


def render_recaptured(found: Recaptured, *, seed: int, width: int, color: bool = False) -> str:
    """The lists, both models, the best of the log-linear ones, and whom all of it counts."""
    latent = found.latent_classes
    parts: list[RenderableType] = [
        Text(_told_lists(found.lists)),
        _lists(found.lists),
        _totals((found.log_linear.estimate, latent.estimate)),
        *(_assumes(estimate) for estimate in (found.log_linear.estimate, latent.estimate)),
        Text(
            f"Latent classes: {latent.chains} chains agree (R-hat {latent.r_hat:.3f}, {latent.effective:,.0f} effective draws of "
            f"{latent.draws:,}); seed {seed}.\n"
        ),
        Text(_told_rivals(found.log_linear)),
        _models(found.log_linear),
        Text(found.counts),
    ]
    return show(Group(*parts), width=width, color=color)


def _told_lists(lists: VictimLists) -> str:
    shared = sum(overlap.people for overlap in lists.overlaps if len(overlap.lists) > 1)
    return f"{lists.people:,} people are named on {len(lists.names)} lists, {shared:,} of them on more than one."


def _told_rivals(found: LogLinear) -> str:
    low, high = found.rivals
    told = f"{found.tried:,} log-linear models were fitted"
    told += f", {found.left_out:,} of which have no finite total" if found.left_out else ""
    close = f"those about as good as the best (BIC within 2) say {low:,.0f} to {high:,.0f}"
    return f"{told}; {close if low < high else 'none is about as good as the best'}."


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for number, name in enumerate(columns):
        table.add_column(name, overflow="fold", justify="right" if number else "left")
    return table


def _lists(lists: VictimLists) -> Table:
    table = _table("list", "people", "also on another")
    for place, name in enumerate(lists.names):
        on = [overlap for overlap in lists.overlaps if place in overlap.lists]
        shared = sum(overlap.people for overlap in on if len(overlap.lists) > 1)
        table.add_row(_name(name), f"{sum(overlap.people for overlap in on):,}", f"{shared:,}")
    return table


def _totals(estimates: tuple[EstimatedTotal, ...]) -> Table:
    table = _table("model", "95 % interval", "total")
    for each in estimates:
        table.add_row(each.model, f"{each.low:,.0f} – {each.high:,.0f}", f"{each.best:,.0f}")
    return table


def _assumes(estimate: EstimatedTotal) -> Text:
    """The model's assumptions; names of lists in them are others' words."""
    heading = f"{estimate.model[0].upper()}{estimate.model[1:]}"
    return Text(isolate(render_plain(f"{heading}: {estimate.interval}. {estimate.assumes}")) + "\n")


def _models(found: LogLinear) -> Table:
    table = _table("pairs that depend", "BIC", "total", "standard error", "95 % interval")
    for model in found.best:
        interval = f"{model.low:,.0f} – {model.high:,.0f}"
        table.add_row(
            "; ".join(_pairs(model.pairs)) or "none",
            f"{model.bic:.2f}",
            f"{model.total:,.0f}",
            f"{model.standard_error:,.0f}",
            interval,
        )
    return table


def _pairs(pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for one, other in pairs:
        yield f"{_name(one)} × {_name(other)}"


def _name(name: str) -> str:
    return isolate(render_plain(name))
