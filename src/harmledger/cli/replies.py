"""What `harmledger replies …` does."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import write
from harmledger.domain import Reply, ReplyState
from harmledger.ids import plain
from harmledger.publish.wording import render_json, render_plain
from harmledger.replying import count_states, forget_old, list_queue, list_sources


def list_some(folder: str, states: Sequence[str], *, most: int, form: str) -> None:
    """One line each."""
    with opened(folder) as ledger, ledger.reading() as connection:
        found = list_queue(connection, states=[ReplyState(state) for state in states], most=most)
    for reply in found:
        write(f"{render_json(plain(reply)) if form == 'jsonl' else _line(reply)}\n")
    if not found:
        tell("no reply is in this state")


def count_all(folder: str) -> None:
    """One line a state."""
    with opened(folder) as ledger, ledger.reading() as connection:
        for state, number in count_states(connection).items():
            write(f"{state}  {number}\n")


def list_queued(folder: str, *, form: str) -> None:
    """One address a line."""
    with opened(folder) as ledger, ledger.reading() as connection:
        found = list_sources(connection)
    for each in found:
        line = (
            render_json(plain(each)) if form == "jsonl" else f"{each.reference}  {each.state}  {render_plain(each.url)}"
        )
        write(f"{line}\n")
    if not found:
        tell("the reading queue is empty")


def forget(folder: str) -> None:
    """All of which the time is over."""
    with opened(folder) as ledger, ledger.writing() as connection:
        rows = forget_old(connection, utc_now())
    tell(f"{rows} rows were kept long enough, and are deleted")


def _line(reply: Reply) -> str:
    about = (reply.kind, f"to {reply.subject.kind} {reply.subject.id[:10]}", f"{reply.made:%Y-%m-%d %H:%M}")
    return "  ".join((reply.reference, reply.state, *about, render_plain(", ".join(reply.holds)))).rstrip()
