"""Who is one claimant, and who is one side: by the registry where it knows them, else by their names."""

from __future__ import annotations

from typing import Any

from harmledger.domain import Claimant, SpeakerType
from harmledger.reconcile.knowledge import load_knowledge
from harmledger.resources.registry import load_registry

Record = dict[str, Any]


def find_side(actor: str) -> str:
    """The one at the head of those that an actor belongs or answers to: an army's state, a coalition's leader."""
    led_by, passed = load_knowledge().led_by, {actor}
    while True:
        entry = load_registry().get(actor)
        above = led_by.get(actor) or (entry.parent if entry else None)
        if above is None or above in passed:
            return actor
        passed.add(above)
        actor = above


def read_claimant(speaker: Record) -> Claimant:
    """The claimant that a claim's innermost source is."""
    name = speaker["organisation"] or speaker["name"] or speaker["exact"]
    return Claimant(key=speaker["id"] or fold(name), name=name, type=SpeakerType(speaker["type"]))


def outlet_claimant(outlet: str | None, origin: str) -> Claimant:
    """An outlet that speaks in its own voice; one that isn't known is told from others by its report."""
    key = fold(outlet) if outlet else origin
    return Claimant(key=f"outlet {key}", name=outlet or "the outlet itself", type=SpeakerType.MEDIA)


def fold(name: str) -> str:
    """A name without what varies from mention to mention: case, white space, an article."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)
