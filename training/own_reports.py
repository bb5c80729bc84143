"""Reports of our own, to learn from beside the marked ones: invented events told in many builds, with their marks.

Out come reports in the form of the marked sets. They teach that places, names, days and figures may be any: the marked reports
are of few wars. Every sentence here was written for this project (CC0); none is taken from a test or a corpus. How a sentence is
marked, and becomes part of a report, stands in `own_world`; the words are those of `own_words`.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from training.own_words import (
    FIGHTERS,
    GROUND,
    HEDGES,
    LANDS,
    NAMES,
    NOISE,
    ONE,
    PEOPLE,
    POSTS,
    SOURCES,
    STRIKERS,
    WORDS,
)
from training.own_world import SEED, Build, Cast, People, Sentence, World, claim, compose, make_world, marked

CAST = Cast(
    lands=LANDS,
    strikers=STRIKERS,
    ground=GROUND,
    sources=SOURCES,
    names=NAMES,
    posts=POSTS,
    later_days=(1, 2),
    published_days=range(3),
)


def _n(w: World) -> str:
    c = w.chance
    return c.choice([str(c.randrange(2, 90)), c.choice(WORDS), str(c.randrange(2, 25))])


def _hedged(w: World) -> str:
    return (w.chance.choice(HEDGES) if w.chance.random() < 0.45 else "") + _n(w)


def _vague(w: World) -> str:
    return w.chance.choice(["dozens of", "several", "scores of", "hundreds of", "a number of", "many", "tens of"])


def _people(w: World) -> People:
    return w.chance.choice(PEOPLE)


def _fighters(w: World) -> str:
    return w.chance.choice(FIGHTERS)


def _told(w: World, when: date | None = None) -> str:
    """The event's day, or a later one, in words of the day of publication."""
    day = when or w.day
    back = (w.published - day).days
    plain = [f"on {day:%B} {day.day}", f"on {day.day} {day:%B %Y}", f"on {day:%A}"]
    return w.chance.choice([*plain, *({0: ["today"], 1: ["yesterday"]}.get(back, []))])


def struck(w: World) -> Sentence:
    p, q = _people(w), ("", "unknown", None)
    kind, means = w.chance.choice(
        [
            ("Air strikes by", "airstrike"),
            ("Shelling by", "artillery/shelling"),
            ("A drone attack by", "drone strike"),
            ("Rockets fired by", "rocket/missile"),
            ("A raid of", None),
        ]
    )
    base = {"actor": w.striker, "source": w.source, "means": means}
    text = f"{kind} {w.striker} on {w.place} {_told(w)} killed [killed|{_hedged(w)} {p[0]}] and wounded [injured|{_n(w)}] others, {w.source} said."
    return text, [claim(w, p, **base), claim(w, q, **base)]


def left_dead(w: World) -> Sentence:
    p = _people(w)
    text = f"{w.source[0].upper()}{w.source[1:]} reported that an attack blamed on {w.ground} left [killed|{_hedged(w)} {p[0]}] dead in {w.place} {_told(w)}."
    return text, [claim(w, p, actor=w.ground, source=w.source, means=None)]


def died_when(w: World) -> Sentence:
    p, one = _people(w), w.chance.choice(ONE)
    what, means = w.chance.choice(
        [
            ("a roadside bomb went off", "bomb/IED/car bomb"),
            ("a land mine exploded under a bus", "mine/explosive remnant"),
            ("a car bomb exploded outside a bakery", "bomb/IED/car bomb"),
            ("mortar rounds hit a market", "artillery/shelling"),
            ("gunmen fired on a minibus", "shooting"),
        ]
    )
    told = _told(w)
    text = f"{told[0].upper()}{told[1:]}, [killed|{_hedged(w)} {p[0]}] died in {w.place} when {what}, and [injured|{one[0]}] was hurt."
    return text, [claim(w, p, means=means), claim(w, one, means=means)]


def with_parts(w: World) -> Sentence:
    p = ("people", "unknown", None)
    text = f"[killed|{_hedged(w)} people], including [killed/part|{_n(w)} children] and [killed/part|{_n(w)} women], were killed in {w.place} {_told(w)}, according to {w.source}."
    parts = [("children", "civilian", "children"), ("women", "civilian", "women")]
    return text, [claim(w, p, source=w.source), *(claim(w, x, source=w.source) for x in parts)]


def among_them(w: World) -> Sentence:
    one = w.chance.choice(ONE)
    text = f"The shelling of {w.place} {_told(w)} claimed the lives of [killed|{_n(w)} people], among them [killed/part|{one[0]}], {w.source} told reporters."
    base = {"source": w.source, "means": "artillery/shelling"}
    return text, [claim(w, ("people", "unknown", None), **base), claim(w, one, **base)]


def fighters_fell(w: World) -> Sentence:
    f = _fighters(w)
    text = f"{w.source[0].upper()}{w.source[1:]} said [killed|{_hedged(w)} {f}] were killed and [detained|{_n(w)}] captured in fighting with {w.ground} around {w.place} {_told(w)}."
    base = {"actor": w.ground, "source": w.source, "means": "ground attack"}
    return text, [claim(w, (f, "combatant", None), **base), claim(w, (f, "combatant", None), **base)]


def since(w: World) -> Sentence:
    p = w.chance.choice(
        [("civilians", "civilian", None), ("people", "unknown", None), ("children", "civilian", "children")]
    )
    total = f"{w.chance.randrange(200, 20000):,}"
    when = w.chance.choice(
        [
            f"since {w.published.year - 2}",
            f"in {w.published.year - 1}",
            "since the war began",
            "over the past three months",
            "this year",
        ]
    )
    text = f"{w.chance.choice(['More than ', 'At least ', '', 'Some '])}{total} {p[0]}"
    return f"[killed/cumulative|{text}] have been killed in {w.land} {when}, {w.source} says.", [
        claim(w, p, place=w.land, when=None, source=w.source)
    ]


def day_total(w: World) -> Sentence:
    p = _people(w)
    text = f"In all, [killed/cumulative|{_n(w)} {p[0]}] were killed {_told(w)} in {w.place}, {w.other} and the villages between them, {w.source} said."
    return text, [claim(w, p, source=w.source)]


def two_towns(w: World) -> Sentence:
    p, q = _people(w), _people(w)
    text = f"[killed|{_n(w)} {p[0]}] were killed in {w.place}, while in {w.other} [killed|{_n(w)} {q[0]}] lost their lives {_told(w)}."
    return text, [claim(w, p), claim(w, q, place=w.other)]


def _within(w: World) -> str:
    """Words for a part of the other town, as its claim's place."""
    side = w.chance.choice(["north", "east", "west", "south"])
    return w.chance.choice(
        [
            f"the outskirts of {w.other}",
            f"the {side} of {w.other}",
            f"an area in the {side} of the town of {w.other}",
            f"{side}ern {w.other}",
            w.other,
        ]
    )


def carried(w: World) -> Sentence:
    p, q, surname, there = _people(w), _people(w), w.name.split()[-1], _within(w)
    noun = "official" if "spokes" in w.post else w.post.split()[-1] if w.post.startswith("camp") else w.post.split()[0]
    raids = w.chance.choice(["raids", "air strikes", "attacks", "bombardment"])
    text = (
        f"{w.name}, {w.post}, spoke to journalists on {w.published:%A}. {surname} condemned the {raids} of {w.striker}. The {noun} pointed to one of them "
        f"{_told(w)} in {w.place}, in which [killed|{_hedged(w)} {p[0]}] were killed, and to another {_told(w, w.later)} on {there} that "
        f"{w.chance.choice(['wounded', 'injured'])} [injured|{_n(w)} {q[0]}]."
    )
    base = {"actor": w.striker, "source": f"The {noun}", "means": "airstrike" if raids == "air strikes" else None}
    return text, [claim(w, p, **base), claim(w, q, **{**base, "place": there, "when": "later"})]


def listed(w: World) -> Sentence:
    p, q, there = _people(w), _people(w), _within(w)
    land = w.source[0].upper() + w.source[1:]
    text = (
        f"{w.striker[0].upper()}{w.striker[1:]} must answer for what was done in {w.land}, {w.source} said. {land} listed two cases of many: one {_told(w)} in {w.place}, where "
        f"[killed|{_hedged(w)} {p[0]}] {w.chance.choice(['died', 'lost their lives', 'were killed'])}, and another that hit {there} {_told(w, w.later)} and "
        f"left [killed|{_n(w)} {q[0]}] dead."
    )
    base = {"actor": w.striker, "source": land}
    return text, [claim(w, p, **base), claim(w, q, **{**base, "place": there, "when": "later"})]


def two_days(w: World) -> Sentence:
    p, q = _people(w), _people(w)
    text = (
        f"Mortars killed [killed|{_n(w)} {p[0]}] in {w.place} {_told(w)}, and a drone strike by {w.striker} {_told(w, w.later)} killed [killed|{_hedged(w)} {q[0]}] in {w.other}, "
        f"{w.source} said."
    )
    first = {"source": w.source, "means": "artillery/shelling"}
    second = {"source": w.source, "means": "drone strike", "actor": w.striker, "place": w.other, "when": "later"}
    return text, [claim(w, p, **first), claim(w, q, **second)]


def then_there(w: World) -> Sentence:
    p, q = _people(w), _fighters(w)
    text = f"In {w.place}, [killed|{_n(w)} {p[0]}] were shot dead by {w.ground} {_told(w)}; {_told(w, w.later)}, [killed|{_n(w)} {q}] fell in an ambush near {w.other}."
    return text, [
        claim(w, p, actor=w.ground, means="shooting"),
        claim(w, (q, "combatant", None), place=w.other, when="later", means="ground attack"),
    ]


def he_said(w: World) -> Sentence:
    p, surname = _people(w), w.name.split()[-1]
    text = f"{w.name}, {w.post}, blamed {w.ground}. “They came {_told(w)},” {surname} said, adding that [killed|{_n(w)} {p[0]}] had been shot dead in {w.place}."
    return text, [claim(w, p, actor=w.ground, source=surname, means="shooting")]


def denied(w: World) -> Sentence:
    p = _people(w)
    verb = w.chance.choice(
        ["denied having killed", "rejected claims that it killed", "denies killing", "dismissed reports of killing"]
    )
    who = w.striker
    text = f"{who[0].upper()}{who[1:]} {verb} [killed/denied|{_n(w)} {p[0]}] in {w.place}, saying the target was an arms depot."
    return text, [claim(w, p, actor=who, when=None, means=None, polarity="denied", source=None)]


def nested(w: World) -> Sentence:
    p = _people(w)
    text = f"The state news agency quoted {w.source} as saying that [injured|{_n(w)} {p[0]}] were wounded by {w.striker} in {w.place} {_told(w)}."
    return text, [claim(w, p, actor=w.striker, source=w.source)]


def rubble(w: World) -> Sentence:
    p = _people(w)
    text = f"[missing|{_hedged(w)} {p[0]}] are still under the rubble of a house in {w.place}, and [displaced|{w.chance.randrange(2, 90)},000 people] have fled the town, said {w.source}."
    return text, [
        claim(w, p, source=w.source, when=None),
        claim(w, ("people", "unknown", None), source=w.source, when=None),
    ]


def toll_rises(w: World) -> Sentence:
    text = f"The death toll from the strike on {w.place} has risen to [killed|{_n(w)}], with [injured|{_hedged(w)}] injured, {w.source} said."
    return text, [claim(w, ("", "unknown", None), source=w.source, when=None, victims=None) for _ in range(2)]


def dead_or_hurt(w: World) -> Sentence:
    p = _people(w)
    text = (
        f"[killed_or_injured|{_hedged(w)} {p[0]}] were killed or wounded when {w.striker} bombed {w.place} {_told(w)}."
    )
    return text, [claim(w, p, actor=w.striker, means=None)]


def vague_number(w: World) -> Sentence:
    p = _people(w)
    text = f"{w.source[0].upper()}{w.source[1:]} said [killed|{_vague(w)} {p[0]}] were massacred by {w.ground} in {w.place} {_told(w)} and [detained|{_vague(w)} {p[0]}] were arrested."
    base = {"actor": w.ground, "source": w.source}
    return text, [claim(w, p, **base, means="execution"), claim(w, p, **base)]


def named(w: World) -> Sentence:
    names = w.chance.sample(NAMES, 2)
    text = f"[killed|{names[0]}, {w.chance.randrange(8, 60)}, and {names[1]}] were shot dead by {w.ground} at a checkpoint near {w.place} {_told(w)}."
    return text, [
        claim(w, (f"{names[0]}", "civilian", None), actor=w.ground, means="shooting", victims=None, names=True)
    ]


def headline(w: World) -> Sentence:
    p = _people(w)
    text = w.chance.choice(
        [
            f"[killed|{_n(w)} {p[0]}] killed in {w.place}",
            f"{w.place}: [killed|{_n(w)} {p[0]}] die in shelling",
            f"[injured|{_n(w)} {p[0]}] hurt in attack on {w.place}",
        ]
    )
    return text, [claim(w, p, when=None)]


BUILDS: tuple[Build, ...] = (
    struck, left_dead, died_when, with_parts, among_them, fighters_fell, since, day_total, two_towns, listed, two_days, then_there, carried, he_said, denied, nested, rubble, toll_rises,
    dead_or_hurt, vague_number, named, headline,
)  # fmt: skip


def reports(count: int) -> list[dict[str, Any]]:
    """So many English reports, the same on every run."""
    return [compose(make_world(random.Random(SEED + n), CAST), BUILDS, _noise, f"own-{n}") for n in range(count)]


def _noise(w: World) -> str:
    c = w.chance
    return c.choice(NOISE).format(
        m=c.randrange(2, 40), m2=c.randrange(2, 40), year=c.randrange(2005, 2020), big=f"{c.randrange(5, 300)},000"
    )


if __name__ == "__main__":
    print(*map(marked, reports(20)), sep="\n\n---\n\n")
