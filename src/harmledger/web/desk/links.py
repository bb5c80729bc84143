"""Pairs of which it is doubtful whether they tell of one event, each with what speaks for and against it; a lead decides."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from harmledger.deciding import link_saids
from harmledger.domain import Verdict
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.link.compare import load_weights
from harmledger.review.decide import SubjectKind
from harmledger.store.desk import find_home
from harmledger.store.desk_incidents import count_unlinked_decisions, list_proposals
from harmledger.web.desk.shared import Ruling
from harmledger.web.desk.sides import find_sides
from harmledger.web.desk.told import keep, leads, sentence, status_of
from harmledger.web.respond import page
from harmledger.web.visit import Visit

WITHIN = 0.2
"""Pairs so far from the threshold are doubtful."""
ON_A_PAGE = 25
TAKEN = {"merge": Verdict.MERGE, "split": Verdict.SPLIT}


def show_links(visit: Visit) -> Response:
    """The most doubtful pairs."""
    return _show(visit)


def decide_link(visit: Visit) -> Response:
    """Two claims are of one incident, or of two."""
    left, right = visit.form.get("left", ""), visit.form.get("right", "")
    homes = [find_home(visit.connection, visit.viewer, claim) for claim in (left, right)]
    verdict = TAKEN.get(visit.form.get("verdict", ""))
    if verdict is None or not all(homes):
        raise HTTPException(400, "Choose whether they tell of one event, or of two.")
    entered = frozenset(home.claim_id for home in homes if home and home.entered)
    who, reason = visit.me.name, visit.form.get("reason", "")
    saids = link_saids(
        verdict, [(left, right)], kinds=dict.fromkeys(entered, SubjectKind.ENTRY), who=who, reason=reason
    )
    try:
        keep(visit, saids)
    except (BadInput, NotFound, Inconsistent) as e:
        return _show(visit, wrong=sentence(e), status=status_of(e))
    ruling = Ruling(groups=(), entered=entered, who=who, reason=reason)
    pending = visit.site.desk.relink(visit.site.ledger, ruling, now=visit.site.now)
    done = "They tell of one event now." if verdict is Verdict.MERGE else "They are kept apart now."
    return _show(visit, notice=pending or done)


def _show(visit: Visit, *, notice: str = "", wrong: str = "", status: int = 200) -> Response:
    near = load_weights().threshold
    with visit.site.ledger.reading() as connection:  # what was decided just now is in it
        found = list_proposals(connection, visit.viewer, near=near, within=WITHIN, most=ON_A_PAGE)
        unlinked = count_unlinked_decisions(connection)
    sides = find_sides(visit, [claim for each in found for claim in (each.left, each.right)])
    return page(
        visit,
        "desk/links.html",
        status=status,
        proposals=[(p, sides[p.left], sides[p.right]) for p in found if p.left in sides and p.right in sides],
        leads=leads(visit),
        notice=notice,
        wrong=wrong,
        typed=visit.form,
        unlinked=unlinked,
    )
