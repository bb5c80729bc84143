"""Figures as pictures, drawn without a script: `rows` says what is drawn, `strip` draws a claimant's figures, `course` how they grew."""

from harmledger.publish.plot.course import draw_course
from harmledger.publish.plot.rows import list_rows
from harmledger.publish.plot.scale import Scale, make_scale
from harmledger.publish.plot.strip import draw_axis, draw_strip

__all__ = ["Scale", "draw_axis", "draw_course", "draw_strip", "list_rows", "make_scale"]
