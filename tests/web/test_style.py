"""The style sheet: what is written can be read, in both themes, and nothing is loaded from elsewhere."""

from __future__ import annotations

import re

import pytest

from harmledger.web.assets import FOLDER

SHEET = (FOLDER / "site.css").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^(:root[^{]*?)\s*\{([^}]*)\}", SHEET, re.MULTILINE))
READABLE = 4.5
"""WCAG 2.2, 1.4.3: text against its ground."""
SEEN = 3.0
"""1.4.11: edges of what one uses."""
PAIRS = [
    *((ink, ground, READABLE) for ink in ("ink", "soft", "link") for ground in ("paper", "raised", "sunken")),
    ("on-accent", "accent", READABLE),
    ("on-mark", "mark", READABLE),
    ("paper", "bad", READABLE),
    *(("ink", f"{kind}-ground", READABLE) for kind in ("good", "warn", "bad")),
    *((kind, "paper", READABLE) for kind in ("good", "warn", "bad")),
    ("edge", "raised", SEEN),
    ("edge", "paper", SEEN),
    ("accent", "paper", SEEN),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


THEMES = {"light": tokens(BLOCKS[":root"]), "dark": tokens(BLOCKS[':root[data-theme="dark"]'])}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_what_is_written_can_be_read(theme: str, front: str, back: str, least: float) -> None:
    """Every pair of colours that stand on one another has the contrast that WCAG asks for."""
    light, dark = sorted((luminance(THEMES[theme][front]), luminance(THEMES[theme][back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_dark_is_dark_whoever_chooses_it() -> None:
    """The system's choice and a person's give the same colours, and the same names as light has."""
    system = re.search(r'not\(\[data-theme="light"\]\) \{([^}]*)\}', SHEET)
    assert system
    assert tokens(system[1]) == THEMES["dark"]
    assert THEMES["dark"].keys() == THEMES["light"].keys()


def test_the_sheet_turns_right_to_left_by_itself() -> None:
    """Directions are logical, so that Arabic needs no sheet of its own; and nothing comes from another host."""
    assert not re.search(
        r"(margin|padding|border)-(left|right)|text-align: (left|right)|float:|[{;]\s*(left|right):", SHEET
    )
    assert not re.search(r"url\(|@import|//", SHEET)
