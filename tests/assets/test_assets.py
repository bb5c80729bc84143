"""What the site serves is what its builder says: pinned, complete, and asking nobody else."""

from __future__ import annotations

import json
import re
import tarfile
from itertools import pairwise
from pathlib import Path

import pytest
from atlas import Atlas, read_disputes
from libraries import Library, fetch, integrity, keep, read_libraries
from places import only_name
from styles import DARK, LIGHT, render_style

STATIC = Path(__file__).resolve().parents[2] / "src" / "harmledger" / "web" / "static"
SQUARES = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "A"}},
                {"type": "Polygon", "arcs": [[2, -1]], "properties": {"name": "B"}},
            ]
        },
        "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[2, 1]]]}]},
    },
}


def test_every_library_is_there() -> None:
    """Each file that the list names is served, and every package has its licence beside it."""
    kept = [name for library in read_libraries() for name in library.files.values()]
    assert [name for name in kept if not (STATIC / "vendor" / name).is_file()] == []
    assert {"maplibre-gl", "pmtiles", "fflate", "htmx"} == {
        path.name.split(".")[0] for path in (STATIC / "vendor").glob("*.LICENSE.txt")
    }


def test_a_changed_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What npm brings under a listed version must be, byte for byte, what was listed."""
    (tmp_path / "thing-1.tgz").write_bytes(b"other bytes")
    printed = type("Printed", (), {"stdout": json.dumps([{"filename": "thing-1.tgz"}])})
    monkeypatch.setattr("libraries.subprocess.run", lambda *_, **__: printed)
    listed = Library(name="thing", version="1", integrity=integrity(b"the bytes"), licence="MIT", files={})
    with pytest.raises(SystemExit, match="refused"):
        fetch(listed, tmp_path)


def test_kept_scripts_ask_for_no_source_map(tmp_path: Path) -> None:
    """A library's file is kept as it is but for the note of a map that isn't kept, and the exports that its build lacks."""
    (tmp_path / "a.js").write_text("var a = 1;\n//# sourceMappingURL=a.js.map", encoding="utf-8")
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as archive:
        archive.add(tmp_path / "a.js", "package/a.js")
    library = Library(
        name="a", version="1", integrity="", licence="MIT", files={"a.js": "b.js"}, append="export { a };\n"
    )
    keep(library, tmp_path / "a.tgz", tmp_path)
    assert (tmp_path / "b.js").read_text(encoding="utf-8") == "var a = 1;\nexport { a };\n"


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_styles_are_what_their_module_makes(name: str, colours: dict[str, str]) -> None:
    """The committed style is the one that `styles` renders, and names nothing that another host would have to send."""
    text = (STATIC / f"style-{name}.json").read_text(encoding="utf-8")
    assert json.loads(text) == render_style(colours, name)
    assert "http" not in text
    assert not {"glyphs", "sprite"} & json.loads(text).keys()


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("label", "land", 4.5),
        ("country", "land", 4.5),
        ("mark_text", "mark", 4.5),
        ("mark", "land", 3),
        ("mark", "water", 3),
    ],
)
def test_the_map_can_be_read(colours: dict[str, str], front: str, back: str, least: float) -> None:
    """Words stand out from their ground by 4.5 to 1, marks by 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    bright, dark = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= least


def test_our_scripts_name_no_other_host() -> None:
    """The map's own script and style sheet hold no address of another host and need nothing that the policy forbids."""
    for path in (STATIC / "map.js", STATIC / "map.css"):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text) == []
        assert re.findall(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text) == []


def test_the_tiles_tell_nothing_of_their_maker() -> None:
    """The tiles are a PMTiles file of the third version, and no path of the machine that made them is in it."""
    content = (STATIC / "basemap.pmtiles").read_bytes()
    assert content[:8] == b"PMTiles\x03"
    assert b"/tmp" not in content
    assert len(content) < 5_000_000


def test_a_border_is_drawn_once() -> None:
    """Two features that share a line have one border, dashed where the list says that it is disputed."""
    (border,) = Atlas(SQUARES).borders(())
    assert (border.points, border.disputed) == (((1, 0), (1, 1)), False)


def test_land_that_lies_across_the_meridian_is_on_both_sides() -> None:
    """A ring across the 180th meridian comes twice, whole, a turn of the earth apart."""
    jumping = [[(x - 360 if x > 180 else x), y] for x, y in ((170, 0), (190, 0), (190, 10), (170, 10), (170, 0))]
    steps = [jumping[0], *([x - a, y - b] for (a, b), (x, y) in pairwise(jumping))]
    land = {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}
    atlas = Atlas({**SQUARES, "arcs": [steps], "objects": {"countries": {"geometries": []}, "land": land}})
    xs = [sorted({x for ring in polygon for x, _ in ring}) for polygon in atlas.polygons()]
    assert xs == [[170, 190], [-190, -170]]


def test_disputes_are_reviewed_lines() -> None:
    """Each entry of the list names two sides and says what is disputed."""
    assert len(read_disputes()) > 20
    assert all(
        len(dispute.between) == 2 and dispute.west < dispute.east and dispute.south < dispute.north
        for dispute in read_disputes()
    )


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["Mosul", "الموصل", "موصل"], "الموصل"),
        (["غزة", "غزه", "Gaza"], "غزة"),
        (["طَرَابُلُس", "طرابلس"], "طرابلس"),
        (["خرطوم", "خارطوم"], None),
        (["موصل", "موصول"], None),
        (["ھلپ", "Aleppo"], None),
    ],
)
def test_an_arabic_name_is_given_only_where_there_is_no_choice(names: list[str], chosen: str | None) -> None:
    """Spellings of one name give its fullest, without vowel signs; names that differ in more give none."""
    assert only_name(names) == chosen
