"""The lists of the desk: what waits for whoever is signed in, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from harmledger.review.fold import State
from harmledger.review.queue import find_waiting
from harmledger.store.assignments import Assignment, list_assignments
from harmledger.store.desk import Queued, count_untouched, get_queued, list_touched, list_untouched
from harmledger.web.visit import Visit

LISTS = {
    "waiting": "Waiting",
    "mine": "Given to me",
    "second": "Second coding",
    "held": "Held",
    "disputed": "Disputed",
}
"""By name in addresses, with the words that people see."""


MOST_COUNTED = 1000
"""A longer list isn't counted to its end: that would read the whole ledger for a number that nobody needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One person at the desk: how the log stands, and what was given to whom."""

    visit: Visit
    state: State
    assigned: dict[str, Assignment]

    @property
    def mine(self) -> list[str]:
        """Subjects given to this person."""
        me = self.visit.me.account_id
        return [subject for subject, each in self.assigned.items() if each.account_id == me]

    @property
    def others(self) -> frozenset[str]:
        """Subjects given to somebody else."""
        return frozenset(self.assigned).difference(self.mine)


def sit_down(visit: Visit) -> Sitting:
    """The desk as it is now."""
    return Sitting(
        visit=visit,
        state=visit.site.decided.read(visit.connection).state,
        assigned=list_assignments(visit.connection, now=visit.site.now()),
    )


def chosen_list(said: str | None) -> str:
    """The list that a request names.

    Raises:
        HTTPException: 400, there is no such list.
    """
    name = said or "waiting"
    if name not in LISTS:
        raise HTTPException(400, "The desk has no such list.")
    return name


def list_waiting(
    sitting: Sitting, name: str, *, most: int, skipped: int = 0, behind: Queued | None = None
) -> list[Queued]:
    """A part of a list, what matters most first."""
    if name != "waiting":
        every = _few(sitting, name)
    else:
        fresh = list_untouched(
            sitting.visit.connection, sitting.visit.viewer, most=most + skipped, behind=behind, but=sitting.others
        )
        every = sorted([*fresh, *_reopened(sitting)], key=lambda each: each.order)
    later = [each for each in every if behind is None or each.order > behind.order]
    return later[skipped : skipped + most]


def count_lists(sitting: Sitting) -> dict[str, int]:
    """How many claims are in each list, of those that this person may see."""
    connection, viewer = sitting.visit.connection, sitting.visit.viewer
    histories = sitting.state.histories
    given = get_queued(connection, viewer, list(sitting.others))
    taken = [
        g for g in given if not g.waiting.entered and not {g.waiting.claim_id, g.waiting.document_id} & set(histories)
    ]
    waiting = count_untouched(connection, viewer, most=MOST_COUNTED + len(taken)) - len(taken) + len(_reopened(sitting))
    return {
        "waiting": min(waiting, MOST_COUNTED),
        **{name: len(_few(sitting, name)) for name in LISTS if name != "waiting"},
    }


def find_next(sitting: Sitting, name: str, after: str | None) -> Queued | None:
    """The claim behind another in a list, else the first one that isn't that."""
    behind = next(iter(get_queued(sitting.visit.connection, sitting.visit.viewer, [after] if after else [])), None)
    found = behind and next(iter(list_waiting(sitting, name, most=1, behind=behind)), None)
    first = found or next(iter(list_waiting(sitting, name, most=1)), None)
    return None if first and first.waiting.claim_id == after else first


def _reopened(sitting: Sitting) -> list[Queued]:
    """Claims that wait although something was decided or entered: what was decided was undone, or is only of links."""
    every = list_touched(sitting.visit.connection, sitting.visit.viewer)
    return [each for each in _fitting(sitting, every) if each.waiting.claim_id not in sitting.others]


def _few(sitting: Sitting, name: str) -> list[Queued]:
    """The lists of which nobody has very many."""
    connection, viewer = sitting.visit.connection, sitting.visit.viewer
    if name == "mine":
        given = get_queued(connection, viewer, sitting.mine)
        waits = {each.waiting.claim_id for second in (False, True) for each in _fitting(sitting, given, second=second)}
        return [each for each in given if each.waiting.claim_id in waits]
    every = list_touched(connection, viewer)
    found = _fitting(sitting, every, **{name: True})
    return [each for each in found if name != "second" or each.waiting.claim_id not in sitting.others]


def _fitting(sitting: Sitting, queued: Iterable[Queued], **list_: bool) -> list[Queued]:
    by_id = {each.waiting.claim_id: each for each in queued}
    claims = [each.waiting for each in by_id.values()]
    found = find_waiting(claims, sitting.state, who=sitting.visit.me.name, **list_)
    return [by_id[each.claim_id] for each in found]
