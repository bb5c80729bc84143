"""Incidents on a map that the server draws: for readers without JavaScript or WebGL, and for print."""

from harmledger.publish.map.draw import draw_map
from harmledger.publish.map.projection import fit_view

__all__ = ["draw_map", "fit_view"]
