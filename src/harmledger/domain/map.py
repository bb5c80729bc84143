"""What a map shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An incident as a map shows it, or all that lie at one point: the point, and how far about it the place's name leaves the event open."""

    incident_id: str
    title: str
    href: str
    """Where its page is."""
    lat: float | None
    lon: float | None
    """None where no place is known."""
    radius_m: int | None
    incidents: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The stretch of the earth that a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkGroup:
    """Incidents so near one another that a map draws them as one circle, with the view that shows them apart."""

    marks: tuple[Mark, ...]
    x: float
    y: float
    """In pixels of the drawing."""
    view: View


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """A drawing, and what it shows: every incident is in a group or without a place."""

    svg: str
    view: View
    groups: tuple[MarkGroup, ...]
    without_place: tuple[Mark, ...]
