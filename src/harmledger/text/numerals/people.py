"""English words for one person: kin, ages of life, and what people are in reports of harm."""

from __future__ import annotations

_KIN = (
    "wife husband spouse mother father son daughter brother sister uncle aunt cousin nephew niece grandson granddaughter "
    "grandchild grandmother grandfather child baby infant toddler girl boy teenager youth man woman male female fiancee "
    "fiance relative neighbour neighbor friend parent newborn bride groom stepson stepdaughter orphan"
)
_ROLES = (
    "driver bodyguard colleague assistant companion member guard civilian person individual worker leader commander fighter "
    "soldier teacher doctor nurse medic paramedic surgeon pharmacist journalist reporter photographer cameraman activist "
    "lawyer engineer farmer shepherd student pupil officer policeman militant rebel official resident villager spokesman "
    "spokesperson deputy aide citizen employee pilot captain lieutenant sergeant general colonel operative terrorist "
    "gunman witness victim martyr passenger passer-by bystander pedestrian imam cleric priest bishop professor volunteer "
    "rescuer refugee prisoner detainee hostage conscript trooper serviceman paratrooper contractor diplomat national "
    "journalist correspondent protester demonstrator elder sheikh emir insurgent jihadist attacker bomber"
)
TITLES = "Dr|Mr|Mrs|Ms|Capt|Gen|Col|Lt|Sgt|Eng"
"""Titles that a point follows, as alternatives of a pattern."""
BOUND_ARTICLE = r"(?:al|el|ad|an|ar|as|ash|at|az)[-‐]"
"""The Arabic article as it is written onto a name."""
PARTICLES = "bin|bint|ibn|abu|umm|um|al|el|von|van|de"
"""Small words within a name, as alternatives of a pattern."""
KIN = "|".join(_KIN.split())
"""Kin and ages of life as alternatives of a pattern."""
SINGULAR = "|".join(sorted({*_KIN.split(), *_ROLES.split()}, key=lambda w: (-len(w), w)))
"""Kin and roles as alternatives of a pattern, longest first."""
