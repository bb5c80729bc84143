"""Who is who in armed conflicts: actors and claimants, by every name they go by.

In comes a wording ("Russian warplanes", "the Observatory"), out comes the entry that it names, or None where it names nobody known.
Names that stand for several ("the coalition", "the army") are told apart by a state named in the wording, or by the countries
given; the registry doesn't look at the text around.
"""

from harmledger.resources.registry.entry import ActorKind, Entry, Mention, State
from harmledger.resources.registry.find import Registry
from harmledger.resources.registry.load import load_registry, make_registry

__all__ = ["ActorKind", "Entry", "Mention", "Registry", "State", "load_registry", "make_registry"]
