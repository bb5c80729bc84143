"""Reports of our own, to learn from beside the marked ones: invented events told in many builds, with their marks.

Out come reports in the form of the marked sets. They teach that places, names, days and figures may be any: the marked reports
are of few wars. Every sentence here was written for this project (CC0); none is taken from a test or a corpus. A counted
expression stands in [brackets] with its harm before a bar; other values are marked by their words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SEED = 11
_MARK = re.compile(r"\[(\w+?)(?:/(part|cumulative))?(?:/(denied))?\|([^\]]+)\]")

LANDS = {
    "Sudan": ["El Fasher", "Nyala", "Kadugli", "Wad Madani", "Omdurman", "El Obeid", "Zalingei", "Kutum"],
    "Myanmar": ["Loikaw", "Sagaing", "Myawaddy", "Kyaukme", "Hpakant", "Mindat", "Lashio"],
    "Syria": ["Maarat Misrin", "Tell Abyad", "Hajin", "Arbin", "Khan Sheikhoun", "al-Bab", "as-Suwayda", "al-Shaddadi"],
    "Yemen": ["Hays", "al-Mokha", "Abs", "Zabid", "Sirwah", "ad-Dali", "Harad", "al-Hazm"],
    "Iraq": ["Hit", "al-Qaim", "Tal Afar", "Baiji", "Rawa", "Sinjar", "Hawija", "Jurf al-Sakhar"],
    "Ukraine": ["Kupiansk", "Bakhmut", "Orikhiv", "Lyman", "Okhtyrka", "Beryslav", "Kostiantynivka"],
    "Somalia": ["Baidoa", "Jowhar", "Kismayo", "Beledweyne", "Barawe", "Adado"],
    "Libya": ["Tarhuna", "Murzuq", "Sirte", "Gharyan", "Ubari", "Bani Walid"],
    "Gaza": ["Jabalia", "Deir al-Balah", "Khan Younis", "Beit Lahiya", "al-Nuseirat", "Rafah"],
    "Congo": ["Goma", "Bunia", "Rutshuru", "Beni", "Sake", "Minova"],
}
STRIKERS = [
    "the air force", "a coalition led by the United States", "the Saudi-led coalition", "Turkish jets", "Israeli warplanes", "Russian aircraft",
    "French fighter jets", "the Burmese military", "Ethiopian drones", "Emirati drones", "NATO planes", "American forces", "Iranian missiles", "regime helicopters",
]  # fmt: skip
GROUND = [
    "the Rapid Support Forces", "government troops", "the militia", "al-Shabaab", "ISIS fighters", "Boko Haram", "M23 rebels", "Houthi gunmen", "the junta's soldiers",
    "unidentified gunmen", "the Syrian Democratic Forces", "pro-Turkish factions", "the Wagner group", "Islamic State militants", "the national army",
]  # fmt: skip
SOURCES = [
    "the health ministry", "a hospital official", "local activists", "residents", "the United Nations", "the Red Crescent", "a rights monitor", "two witnesses", "state media", "a military spokesman",
    "the civil defence", "a village elder", "Doctors Without Borders", "the governor's office", "a police officer", "an aid worker", "the Network for Human Rights", "a medic", "security sources",
    "the mayor", "Amnesty International", "the Observatory", "the defence ministry", "opposition media", "a member of the local council", "the White Helmets", "Al Jazeera's correspondent",
]  # fmt: skip
NAMES = [
    "Hassan Idris", "Mariam Daoud", "Oleh Petrenko", "Aung Kyaw", "Fatuma Warsame", "Ibrahim al-Jasim", "Noura Haddad", "Jean Kabila Mwamba", "Tariq Salem", "Leila Osman", "Ko Min Thein", "Abdul Rahman Saleh",
    "Samir Khoury", "Olena Bondar", "Yusuf Ahmed", "Zeinab Mansour", "Karim Aziz", "Huda Nasser",
]  # fmt: skip
POSTS = [
    "spokesman for the health ministry",
    "spokeswoman of the foreign ministry",
    "head of the provincial council",
    "surgeon at the local hospital",
    "director of a rights group",
    "army spokesperson",
    "camp manager",
    "lawmaker",
]
PEOPLE = [
    ("civilians", "civilian", None), ("people", "unknown", None), ("children", "civilian", "children"), ("women", "civilian", "women"), ("villagers", "civilian", None), ("residents", "civilian", None),
    ("patients", "civilian", None), ("displaced people", "civilian", None), ("farmers", "civilian", None), ("passengers", "civilian", None), ("worshippers", "civilian", None), ("students", "civilian", None),
    ("medics", "civilian", "health workers"), ("aid workers", "civilian", "aid workers"), ("journalists", "civilian", "journalists"), ("members of one family", "civilian", "family"), ("persons", "unknown", None),
]  # fmt: skip
FIGHTERS = [
    "fighters",
    "soldiers",
    "militants",
    "rebels",
    "gunmen",
    "troops",
    "insurgents",
    "officers",
    "terrorists",
    "militiamen",
]
ONE = [("a woman", "civilian", "women"), ("a child", "civilian", "children"), ("a 12-year-old boy", "civilian", "children"), ("a shepherd", "civilian", None), ("an elderly man", "civilian", "elderly"), ("a nurse", "civilian", "health workers"), ("one person", "unknown", None), ("a young girl", "civilian", "children"), ("a cameraman", "civilian", "journalists")]  # fmt: skip
WORDS = "two three four five six seven eight nine ten eleven twelve fourteen fifteen sixteen eighteen nineteen twenty thirty forty".split()
HEDGES = [
    "at least ",
    "more than ",
    "about ",
    "some ",
    "nearly ",
    "over ",
    "as many as ",
    "up to ",
    "around ",
    "an estimated ",
]
NOISE = [
    "Trucks with flour reached the city for the first time in {m} weeks.", "The road has been closed since {year}.", "Negotiators met for {m} hours without result.", "About {m} houses and {m2} shops were burned down.",
    "The ministry has promised to repair {m} schools.", "The attack destroyed {m} vehicles and a fuel depot.", "The town had some {big} inhabitants before the war.", "Prices of bread have risen by {m} per cent.",
    "Both sides have accused each other of breaking the truce.", "Many civilians have been killed in the war, but no figures were given.", "Dozens of sheep were killed when a pen caught fire.", "It is the {m}th day of the siege.",
    "No one has claimed responsibility.", "The general is {m} years old and has led the brigade since {year}.", "If the dam breaks, {big} people could die, engineers warn.", "The injured were taken to a clinic.",
    "The league postponed {m} matches.", "Diplomats from {m} countries called for calm.", "A court has sentenced {m} smugglers for stealing copper.", "Rescuers were still searching at dusk.",
]  # fmt: skip

Claim = dict[str, Any]


@dataclass(slots=True)
class World:
    """One invented event: where, when, by whom, and who tells."""

    chance: random.Random
    land: str
    place: str
    other: str
    day: date
    later: date
    published: date
    striker: str
    ground: str
    source: str
    name: str
    post: str

    def n(self) -> str:
        c = self.chance
        return c.choice([str(c.randrange(2, 90)), c.choice(WORDS), str(c.randrange(2, 25))])

    def hedged(self) -> str:
        return (self.chance.choice(HEDGES) if self.chance.random() < 0.45 else "") + self.n()

    def vague(self) -> str:
        return self.chance.choice(
            ["dozens of", "several", "scores of", "hundreds of", "a number of", "many", "tens of"]
        )

    def people(self) -> tuple[str, str, str | None]:
        return self.chance.choice(PEOPLE)

    def fighters(self) -> str:
        return self.chance.choice(FIGHTERS)

    def told(self, when: date | None = None) -> str:
        """The event's day, or a later one, in words of the day of publication."""
        day = when or self.day
        back = (self.published - day).days
        plain = [f"on {day:%B} {day.day}", f"on {day.day} {day:%B %Y}", f"on {day:%A}"]
        return self.chance.choice([*plain, *({0: ["today"], 1: ["yesterday"]}.get(back, []))])


Sentence = tuple[str, list[Claim]]
"""A sentence with its counted expressions in brackets, and the values of each claim, in order."""


def claim(w: World, people: tuple[str, str, str | None], **more: Any) -> Claim:
    own = {
        "victims": people[0],
        "kind": people[1],
        "group": people[2],
        "scope": "incident",
        "place": w.place,
        "when": True,
    }
    return {**own, "actor": None, "source": None, "means": None, "polarity": "asserted", **more}


def struck(w: World) -> Sentence:
    p, q = w.people(), ("", "unknown", None)
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
    text = f"{kind} {w.striker} on {w.place} {w.told()} killed [killed|{w.hedged()} {p[0]}] and wounded [injured|{w.n()}] others, {w.source} said."
    return text, [claim(w, p, **base), claim(w, q, **base)]


def left_dead(w: World) -> Sentence:
    p = w.people()
    text = f"{w.source[0].upper()}{w.source[1:]} reported that an attack blamed on {w.ground} left [killed|{w.hedged()} {p[0]}] dead in {w.place} {w.told()}."
    return text, [claim(w, p, actor=w.ground, source=w.source, means=None)]


def died_when(w: World) -> Sentence:
    p, one = w.people(), w.chance.choice(ONE)
    what, means = w.chance.choice(
        [
            ("a roadside bomb went off", "bomb/IED/car bomb"),
            ("a land mine exploded under a bus", "mine/explosive remnant"),
            ("a car bomb exploded outside a bakery", "bomb/IED/car bomb"),
            ("mortar rounds hit a market", "artillery/shelling"),
            ("gunmen fired on a minibus", "shooting"),
        ]
    )
    text = f"{w.told()[0].upper()}{w.told()[1:]}, [killed|{w.hedged()} {p[0]}] died in {w.place} when {what}, and [injured|{one[0]}] was hurt."
    return text, [claim(w, p, means=means), claim(w, one, means=means)]


def with_parts(w: World) -> Sentence:
    p = ("people", "unknown", None)
    text = f"[killed|{w.hedged()} people], including [killed/part|{w.n()} children] and [killed/part|{w.n()} women], were killed in {w.place} {w.told()}, according to {w.source}."
    parts = [("children", "civilian", "children"), ("women", "civilian", "women")]
    return text, [claim(w, p, source=w.source), *(claim(w, x, source=w.source) for x in parts)]


def among_them(w: World) -> Sentence:
    one = w.chance.choice(ONE)
    text = f"The shelling of {w.place} {w.told()} claimed the lives of [killed|{w.n()} people], among them [killed/part|{one[0]}], {w.source} told reporters."
    base = {"source": w.source, "means": "artillery/shelling"}
    return text, [claim(w, ("people", "unknown", None), **base), claim(w, one, **base)]


def fighters_fell(w: World) -> Sentence:
    f = w.fighters()
    text = f"{w.source[0].upper()}{w.source[1:]} said [killed|{w.hedged()} {f}] were killed and [detained|{w.n()}] captured in fighting with {w.ground} around {w.place} {w.told()}."
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
    p = w.people()
    text = f"In all, [killed/cumulative|{w.n()} {p[0]}] were killed {w.told()} in {w.place}, {w.other} and the villages between them, {w.source} said."
    return text, [claim(w, p, source=w.source)]


def two_towns(w: World) -> Sentence:
    p, q = w.people(), w.people()
    text = f"[killed|{w.n()} {p[0]}] were killed in {w.place}, while in {w.other} [killed|{w.n()} {q[0]}] lost their lives {w.told()}."
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
    p, q, surname, there = w.people(), w.people(), w.name.split()[-1], _within(w)
    noun = "official" if "spokes" in w.post else w.post.split()[-1] if w.post.startswith("camp") else w.post.split()[0]
    raids = w.chance.choice(["raids", "air strikes", "attacks", "bombardment"])
    text = (
        f"{w.name}, {w.post}, spoke to journalists on {w.published:%A}. {surname} condemned the {raids} of {w.striker}. The {noun} pointed to one of them "
        f"{w.told()} in {w.place}, in which [killed|{w.hedged()} {p[0]}] were killed, and to another {w.told(w.later)} on {there} that "
        f"{w.chance.choice(['wounded', 'injured'])} [injured|{w.n()} {q[0]}]."
    )
    base = {"actor": w.striker, "source": f"The {noun}", "means": "airstrike" if raids == "air strikes" else None}
    return text, [claim(w, p, **base), claim(w, q, **{**base, "place": there, "when": "later"})]


def listed(w: World) -> Sentence:
    p, q, there = w.people(), w.people(), _within(w)
    land = w.source[0].upper() + w.source[1:]
    text = (
        f"{w.striker[0].upper()}{w.striker[1:]} must answer for what was done in {w.land}, {w.source} said. {land} listed two cases of many: one {w.told()} in {w.place}, where "
        f"[killed|{w.hedged()} {p[0]}] {w.chance.choice(['died', 'lost their lives', 'were killed'])}, and another that hit {there} {w.told(w.later)} and "
        f"left [killed|{w.n()} {q[0]}] dead."
    )
    base = {"actor": w.striker, "source": land}
    return text, [claim(w, p, **base), claim(w, q, **{**base, "place": there, "when": "later"})]


def two_days(w: World) -> Sentence:
    p, q = w.people(), w.people()
    text = (
        f"Mortars killed [killed|{w.n()} {p[0]}] in {w.place} {w.told()}, and a drone strike by {w.striker} {w.told(w.later)} killed [killed|{w.hedged()} {q[0]}] in {w.other}, "
        f"{w.source} said."
    )
    first = {"source": w.source, "means": "artillery/shelling"}
    second = {"source": w.source, "means": "drone strike", "actor": w.striker, "place": w.other, "when": "later"}
    return text, [claim(w, p, **first), claim(w, q, **second)]


def then_there(w: World) -> Sentence:
    p, q = w.people(), w.fighters()
    text = f"In {w.place}, [killed|{w.n()} {p[0]}] were shot dead by {w.ground} {w.told()}; {w.told(w.later)}, [killed|{w.n()} {q}] fell in an ambush near {w.other}."
    return text, [
        claim(w, p, actor=w.ground, means="shooting"),
        claim(w, (q, "combatant", None), place=w.other, when="later", means="ground attack"),
    ]


def he_said(w: World) -> Sentence:
    p, surname = w.people(), w.name.split()[-1]
    text = f"{w.name}, {w.post}, blamed {w.ground}. “They came {w.told()},” {surname} said, adding that [killed|{w.n()} {p[0]}] had been shot dead in {w.place}."
    return text, [claim(w, p, actor=w.ground, source=surname, means="shooting")]


def denied(w: World) -> Sentence:
    p = w.people()
    verb = w.chance.choice(
        ["denied having killed", "rejected claims that it killed", "denies killing", "dismissed reports of killing"]
    )
    who = w.striker
    text = f"{who[0].upper()}{who[1:]} {verb} [killed/denied|{w.n()} {p[0]}] in {w.place}, saying the target was an arms depot."
    return text, [claim(w, p, actor=who, when=None, means=None, polarity="denied", source=None)]


def nested(w: World) -> Sentence:
    p = w.people()
    text = f"The state news agency quoted {w.source} as saying that [injured|{w.n()} {p[0]}] were wounded by {w.striker} in {w.place} {w.told()}."
    return text, [claim(w, p, actor=w.striker, source=w.source)]


def rubble(w: World) -> Sentence:
    p = w.people()
    text = f"[missing|{w.hedged()} {p[0]}] are still under the rubble of a house in {w.place}, and [displaced|{w.chance.randrange(2, 90)},000 people] have fled the town, said {w.source}."
    return text, [
        claim(w, p, source=w.source, when=None),
        claim(w, ("people", "unknown", None), source=w.source, when=None),
    ]


def toll_rises(w: World) -> Sentence:
    text = f"The death toll from the strike on {w.place} has risen to [killed|{w.n()}], with [injured|{w.hedged()}] injured, {w.source} said."
    return text, [claim(w, ("", "unknown", None), source=w.source, when=None, victims=None) for _ in range(2)]


def dead_or_hurt(w: World) -> Sentence:
    p = w.people()
    text = (
        f"[killed_or_injured|{w.hedged()} {p[0]}] were killed or wounded when {w.striker} bombed {w.place} {w.told()}."
    )
    return text, [claim(w, p, actor=w.striker, means=None)]


def vague_number(w: World) -> Sentence:
    p = w.people()
    text = f"{w.source[0].upper()}{w.source[1:]} said [killed|{w.vague()} {p[0]}] were massacred by {w.ground} in {w.place} {w.told()} and [detained|{w.vague()} {p[0]}] were arrested."
    base = {"actor": w.ground, "source": w.source}
    return text, [claim(w, p, **base, means="execution"), claim(w, p, **base)]


def named(w: World) -> Sentence:
    names = w.chance.sample(NAMES, 2)
    text = f"[killed|{names[0]}, {w.chance.randrange(8, 60)}, and {names[1]}] were shot dead by {w.ground} at a checkpoint near {w.place} {w.told()}."
    return text, [
        claim(w, (f"{names[0]}", "civilian", None), actor=w.ground, means="shooting", victims=None, names=True)
    ]


def headline(w: World) -> Sentence:
    p = w.people()
    text = w.chance.choice(
        [
            f"[killed|{w.n()} {p[0]}] killed in {w.place}",
            f"{w.place}: [killed|{w.n()} {p[0]}] die in shelling",
            f"[injured|{w.n()} {p[0]}] hurt in attack on {w.place}",
        ]
    )
    return text, [claim(w, p, when=None)]


Build = Callable[[World], Sentence]
BUILDS: tuple[Build, ...] = (
    struck, left_dead, died_when, with_parts, among_them, fighters_fell, since, day_total, two_towns, listed, two_days, then_there, carried, he_said, denied, nested, rubble, toll_rises,
    dead_or_hurt, vague_number, named, headline,
)  # fmt: skip


def reports(count: int) -> list[dict[str, Any]]:
    """So many English reports, the same on every run."""
    return [compose(_world(random.Random(SEED + n)), BUILDS, _noise, f"own-{n}") for n in range(count)]


def compose(w: World, builds: Sequence[Build], noise: Callable[[World], str], doc: str) -> dict[str, Any]:
    """A report of some sentences that claim something about the world, and some that claim nothing."""
    chance = w.chance
    sentences: list[Sentence] = [b(w) for b in chance.sample(builds, chance.randrange(1, 4))]
    sentences += [(noise(w), []) for _ in range(chance.randrange(1, 5))]
    chance.shuffle(sentences)
    text, claims = "", []
    for marked, values in sentences:
        text += ("\n\n" if chance.random() < 0.5 else " ") if text else ""
        said, own = _unmark(marked, values, len(text), w)
        text, claims = text + said, claims + own
    return {"doc": doc, "published": w.published.isoformat(), "title": None, "text": text, "claims": claims}


def _world(chance: random.Random) -> World:
    land = chance.choice(sorted(LANDS))
    place, other = chance.sample(LANDS[land], 2)
    day = date(2012 + chance.randrange(14), 1 + chance.randrange(12), 1 + chance.randrange(28))
    later = day + timedelta(days=1 + chance.randrange(2))
    published = later + timedelta(days=chance.randrange(3))
    pick = chance.choice
    return World(
        chance,
        land,
        place,
        other,
        day,
        later,
        published,
        pick(STRIKERS),
        pick(GROUND),
        pick(SOURCES),
        pick(NAMES),
        pick(POSTS),
    )


def _noise(w: World) -> str:
    c = w.chance
    return c.choice(NOISE).format(
        m=c.randrange(2, 40), m2=c.randrange(2, 40), year=c.randrange(2005, 2020), big=f"{c.randrange(5, 300)},000"
    )


def _unmark(marked: str, values: list[Claim], offset: int, w: World) -> tuple[str, list[Claim]]:
    """The sentence without its brackets, begun with a capital, and its claims with their spans in the report."""
    said, claims, at = "", [], 0
    for m, value in zip(_MARK.finditer(marked), values, strict=True):
        said += marked[at : m.start()]
        start = offset + len(said)
        said, at = said + m[4], m.end()
        claims.append(_flat(value, m, (start, offset + len(said)), w))
    said += marked[at:]
    return said[:1].upper() + said[1:], claims


def _flat(value: Claim, m: re.Match[str], span: tuple[int, int], w: World) -> Claim:
    day = {True: w.day.isoformat(), "later": w.later.isoformat()}.get(value["when"])
    return {
        "start": span[0], "end": span[1], "count_wording": None if value.get("names") else m[4], "low": None, "high": None, "harm": m[1],
        "victims_wording": value["victims"] or None, "kind": value["kind"], "group": value["group"], "scope": m[2] or value["scope"],
        "place_wording": value["place"], "earliest": day, "latest": day, "actor_wording": value["actor"],
        "means": value["means"], "source_wording": value["source"], "polarity": m[3] or value["polarity"],
        "unsure": [role for role in ("when", "actor", "victims") if not value[role]],
    }  # fmt: skip


def marked(report: dict[str, Any]) -> str:
    """For looking it over: a report with its counted words in brackets."""
    text = report["text"]
    for c in reversed(report["claims"]):
        text = f"{text[: c['start']]}[{c['harm']}|{text[c['start'] : c['end']]}]{text[c['end'] :]}"
    return text


if __name__ == "__main__":
    print(*map(marked, reports(20)), sep="\n\n---\n\n")
