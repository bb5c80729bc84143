"""Every incident given is on the map or listed as without place, and hostile words stay words."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from harmledger.domain import DrawnMap, Mark
from harmledger.publish.map import draw_map, fit_view
from harmledger.publish.map.projection import SOUTHERNMOST, Projection
from harmledger.resources.outline import Level, Outline, Town, load_outline

SVG = "{http://www.w3.org/2000/svg}"
NO_GROUND = Outline(
    coarse=Level(land=(), borders=(), disputed=()), fine=Level(land=(), borders=(), disputed=()), towns=()
)
MAX_COMPRESSED_BYTES = 20_000


def mark(number: int = 1, lat: float | None = 36.2, lon: float | None = 37.1, **changes: object) -> Mark:
    values = {"title": f"Strike {number}", "href": f"/incidents/i{number}", "radius_m": 500, **changes}
    return Mark(incident_id=f"i{number}", lat=lat, lon=lon, **values)


def draw(*marks: Mark, outline: Outline = NO_GROUND) -> DrawnMap:
    return draw_map(marks, outline, title="Incidents", group_href=lambda view: f"?west={view.west:.3f}")


def parsed(drawn: DrawnMap) -> etree._Element:
    return etree.fromstring(drawn.svg.encode())


degrees = st.one_of(st.none(), st.floats(-200, 200), st.just(float("nan")), st.just(float("inf")))
marks = st.lists(
    st.builds(
        Mark,
        incident_id=st.uuids().map(str),
        title=st.text(max_size=300),
        href=st.one_of(st.text(max_size=30), st.just("/incidents/i1")),
        lat=degrees,
        lon=degrees,
        radius_m=st.one_of(st.none(), st.integers(0, 2_000_000)),
    ),
    max_size=30,
)


@given(marks)
def test_no_incident_vanishes(given_marks: list[Mark]) -> None:
    """Each incident is once in a circle, or once among those without a place, whatever its title, link and coordinates are."""
    drawn = draw(*given_marks)
    shown = [each.incident_id for group in drawn.groups for each in group.marks]
    listed = [each.incident_id for each in drawn.without_place]
    assert sorted(shown + listed) == sorted(each.incident_id for each in given_marks)
    circles = [element for element in parsed(drawn).iter() if "mark" in element.get("class", "").split()]
    assert len(circles) == len(drawn.groups)


@given(marks)
def test_every_circle_lies_on_the_drawing(given_marks: list[Mark]) -> None:
    """What has a place between the map's edges is drawn between them."""
    drawn = draw(*given_marks)
    within = [
        group
        for group in drawn.groups
        if all((each.lat or 0) > SOUTHERNMOST and (each.lat or 0) < 84 for each in group.marks)
    ]
    assert all(-1 <= group.x <= 1601 and -1 <= group.y <= 961 for group in within)


@pytest.mark.parametrize(
    "title", ["</title><script>alert(1)</script>", '"><a href="x">', "&lt;b&gt;", "a\x00b\x1b[31m", "\u202egnp.exe"]
)
def test_hostile_titles_stay_words(title: str) -> None:
    """A title is text of the drawing: no element, no attribute, no control character, no turned direction comes of it."""
    drawn = draw(mark(title=title))
    assert {element.tag.removeprefix(SVG) for element in parsed(drawn).iter()} <= {
        *("svg", "title", "desc", "rect", "path", "g", "a", "circle", "text")
    }
    assert not {"\x00", "\x1b", "\u202e"} & set(drawn.svg)
    assert "<script" not in drawn.svg


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "/\\elsewhere.example",
        "\t/x",
        "/a b",
        "data:text/html,x",
        "",
    ],
)
def test_links_stay_on_the_site(href: str) -> None:
    """A link that leads elsewhere, or runs something, is left out; the incident stays."""
    drawn = draw(mark(href=href))
    assert parsed(drawn).findall(f".//{SVG}a") == []
    assert len(drawn.groups) == 1


def test_a_circle_leads_to_its_incident() -> None:
    """One incident's circle is a link to its page, named by its title."""
    (link,) = parsed(draw(mark())).findall(f".//{SVG}a")
    assert link.get("href") == "/incidents/i1"
    assert "Strike 1" in (link.findtext(f"{SVG}title") or "")


def test_neighbours_share_a_circle_that_tells_them() -> None:
    """Incidents at one place are one circle, which says how many and which they are and leads to a nearer view."""
    drawn = draw(*(mark(number) for number in range(7)), mark(8, lat=30.0))
    several, single = drawn.groups
    assert (len(several.marks), len(single.marks)) == (7, 1)
    link = parsed(drawn).find(f".//{SVG}a[@class='mark several']")
    assert link is not None
    assert (link.get("href") or "").startswith("?west=")
    told = link.findtext(f"{SVG}title") or ""
    assert told.startswith("7 incidents: ")
    assert told.endswith("and 2 more")


def test_uncertainty_is_an_area() -> None:
    """A place known to twenty kilometres is drawn as a disc of twenty kilometres at its latitude."""
    drawn = draw(mark(radius_m=20_000))
    area = parsed(drawn).find(f".//{SVG}circle[@class='area']")
    assert area is not None
    assert float(area.get("r", "0")) == pytest.approx(Projection(drawn.view).length(20_000, 36.2), abs=1)
    assert parsed(draw(mark(radius_m=None))).find(f".//{SVG}circle[@class='area']") is None


def test_the_drawing_can_be_listened_to() -> None:
    """It has a title and tells how many incidents it shows and leaves out; its role doesn't hide its links."""
    root = parsed(draw(mark(1), mark(2, lat=None)))
    assert (root.get("role"), root.findtext(f"{SVG}desc")) == (
        "group",
        "1 incident on the map, 1 incident without a known place",
    )
    assert "Incidents" in (root.findtext(f"{SVG}title") or "")


def test_the_policy_of_the_site_allows_it() -> None:
    """No style, script or handler is written into the drawing, and nothing is fetched for it."""
    drawn = draw(mark(), outline=load_outline())
    attributes = {name for element in parsed(drawn).iter() for name in map(str, element.attrib)}
    assert not {name for name in attributes if name.startswith("on") or name == "style" or "href" in name} - {"href"}


@pytest.mark.parametrize("spread", [0.1, 1.0, 4.0, 25.0])
def test_a_map_is_small(spread: float) -> None:
    """However wide the view, three hundred incidents on their ground are under 20 kB compressed."""
    chance = random.Random(7)
    around = [mark(n, lat=chance.gauss(34, spread / 2), lon=chance.gauss(38, spread)) for n in range(300)]
    assert len(gzip.compress(draw(*around, outline=load_outline()).svg.encode())) < MAX_COMPRESSED_BYTES


def test_an_empty_map_is_the_world() -> None:
    """Without a place to show, the view is the whole width of the earth."""
    assert (fit_view([]).west, fit_view([]).east) == (-180, 180)


def test_names_of_towns_are_escaped() -> None:
    """A gazetteer that a user adds may hold anything."""
    outline = Outline(
        coarse=NO_GROUND.coarse, fine=NO_GROUND.fine, towns=(Town(name="<b>&", lat=36.0, lon=36.5, zoom=1),)
    )
    assert "<b>&" in [element.text for element in parsed(draw(mark(), outline=outline)).iter(f"{SVG}text")]


def test_one_drawing_for_the_same_incidents() -> None:
    """The same incidents give the same bytes."""
    around = [mark(n, lat=33 + n / 10) for n in range(20)]
    assert draw(*around, outline=load_outline()).svg == draw(*around, outline=load_outline()).svg
