"""The registry that ships: `actors/*.tsv`, each with its source, licence and date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from harmledger.resources.registry.entry import ActorKind, Entry, State
from harmledger.resources.registry.find import Registry
from harmledger.resources.registry.names import index_names


@cache
def load_registry() -> Registry:
    """The registry that ships, read once."""
    states = [_read_state(row) for row in _read_rows("states.tsv")]
    others = [_read_entry(row) for name in ("belligerents.tsv", "claimants.tsv") for row in _read_rows(name)]
    return make_registry(states, others)


def make_registry(states: Iterable[State], entries: Iterable[Entry]) -> Registry:
    """A registry of these states and entries, its names indexed."""
    by_state = {state.entry.id: state for state in states}
    every = {slug: state.entry for slug, state in by_state.items()} | {entry.id: entry for entry in entries}
    return Registry(entries=every, states=by_state, names=index_names(every, by_state))


def _read_rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("harmledger.resources") / "actors" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    columns = next(lines).split("\t")
    for line in lines:
        cells = line.split("\t")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def _read_state(row: Mapping[str, str]) -> State:
    entry = Entry(
        id=row["id"],
        name=row["name"],
        kind=ActorKind.STATE,
        countries=(row["code"],),
        aliases=_split(row["aliases"]),
        wikidata=row["wikidata"] or None,
    )
    return State(entry=entry, adjectives=_split(row["adjectives"]), places=_split(row["places"]))


def _read_entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        id=row["id"],
        name=row["name"],
        kind=ActorKind(row["kind"]),
        countries=tuple(row["countries"].split()),
        parent=row["parent"] or None,
        aliases=_split(row["aliases"]),
        shared=_split(row["shared"]),
        wikidata=row["wikidata"] or None,
        until=row["until"] or None,
        successor=row["successor"] or None,
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("; ")) if cell else ()
