"""Invented reports of drawn incidents, in English and Arabic, with what an engine would read in them: claims and statements with true offsets.

Sentences are templates of this file; names of sources are those of organisations that report, none of what they are made to say was ever said.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from world_drawn import Drawn

from harmledger.domain import (
    Blamed,
    Certainty,
    Claim,
    Count,
    Harm,
    Hedge,
    Means,
    MeansKind,
    Polarity,
    Scope,
    Source,
    Statement,
    StatementKind,
    VictimGroup,
    VictimKind,
    Victims,
    Words,
)

FIELD = re.compile(r"\{(\w+)\}")
CLAIMS_A_REPORT = 4
ARABIC_SHARE = 0.4
COPIED_SHARE = 0.06
"""Of further reports: word for word what an earlier one says."""

SOURCES = {
    "en": "the Syrian Observatory for Human Rights;the Syrian Network for Human Rights;the White Helmets;local doctors;residents;Shaam News Network;a hospital official;Raqqa is Being Slaughtered Silently;state media;Amnesty International;the Violations Documentation Center;relatives of the dead;activists;a local council".split(
        ";"
    ),
    "ar": "المرصد السوري لحقوق الإنسان;الشبكة السورية لحقوق الإنسان;الدفاع المدني السوري;مصدر طبي;سكان محليون;شبكة شام الإخبارية;ناشطون;وكالة سانا;المجلس المحلي;شهود عيان".split(
        ";"
    ),
}
OUTLETS = {
    "en": ("Levant Courier", "Northern Dispatch", "Orontes Post", "Euphrates Wire", "Harbour Daily"),
    "ar": ("صحيفة الفرات", "بريد الشمال", "أخبار العاصي", "يومية المرفأ"),
}
ACTORS = {
    "Russian Military": ("Russian forces", "القوات الروسية"),
    "U.S.-led Coalition": ("the US-led coalition", "التحالف الدولي"),
    "Turkish Military": ("Turkish forces", "القوات التركية"),
    "YPG": ("the YPG", "وحدات حماية الشعب"),
    "Israeli Military": ("Israeli forces", "القوات الإسرائيلية"),
    "Iranian Military": ("Iranian forces", "القوات الإيرانية"),
    "Syrian Regime": ("Syrian government forces", "قوات النظام السوري"),
    "Kurdish Forces": ("Kurdish forces", "القوات الكردية"),
    "Syrian Democratic Forces": ("the Syrian Democratic Forces", "قوات سوريا الديمقراطية"),
}
MEANS = {
    "Airstrike": (MeansKind.AIRSTRIKE, "an air strike", "غارة جوية"),
    "Drone Strike": (MeansKind.DRONE_STRIKE, "a drone strike", "غارة بطائرة مسيرة"),
    "Artillery": (MeansKind.SHELLING, "shelling", "قصف مدفعي"),
    "Ground operation": (MeansKind.GROUND_ATTACK, "a raid", "هجوم بري"),
}
KILLED, INJURED = Harm.KILLED, Harm.INJURED
SENTENCES = {
    ("en", KILLED): (
        "{source} {cue} that {count} {victims} were killed on {when} when {means} by {actor} hit {place}.",
        "On {when}, {count} {victims} died in {means} on {place}, {source} {cue}.",
        "{count} {victims} lost their lives in {place} after {means} on {when}, {source} {cue}, and {actor} was behind it.",
    ),
    ("en", INJURED): (
        "{source} {cue} that {count} {victims} were injured in {place} on {when}.",
        "{count} {victims} were wounded on {when} in {means} that struck {place}, {source} {cue}.",
    ),
    ("ar", KILLED): (
        "{cue} {source} إن {count} {victims} قتلوا في {when} جراء {means} نفذتها {actor} على {place}.",
        "قتل {count} {victims} في {place} يوم {when} إثر {means}، كما {cue} {source}.",
    ),
    ("ar", INJURED): ("وأصيب {count} {victims} في {place} في {when}، كما {cue} {source}.",),
}
CUES = {"en": ("said", "reported", "wrote"), "ar": ("قال", "ذكر", "أفاد")}
DENIALS = {"en": "{speaker} {cue} that it carried out any strike there.", "ar": "{cue} {speaker} تنفيذ أي ضربة هناك."}
ADMISSIONS = {"en": "{speaker} {cue} that its aircraft had struck there.", "ar": "{cue} {speaker} بتنفيذ الضربة."}
STATEMENT_CUES = {
    ("en", StatementKind.DENY): "denied",
    ("en", StatementKind.ADMIT): "admitted",
    ("ar", StatementKind.DENY): "نفى",
    ("ar", StatementKind.ADMIT): "أقر",
}
HEADLINES = {"en": "Deaths reported in {place}, {when}", "ar": "أنباء عن ضحايا في {place}، {when}"}
FILLERS = {
    "en": (
        "Ambulances worked through the night.",
        "The road to the town stayed closed.",
        "Power was out in several quarters.",
        "Shops did not open the next day.",
    ),
    "ar": ("عملت سيارات الإسعاف طوال الليل.", "بقيت الطريق مغلقة.", "انقطعت الكهرباء عن عدة أحياء."),
}
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
}
VICTIMS = {"en": ("civilians", "children", "women", "people"), "ar": ("مدنيين", "أطفال", "نساء", "أشخاص")}
GROUPS = (None, VictimGroup.CHILDREN, VictimGroup.WOMEN, None)
HEDGES = {
    "en": ((Hedge.AT_LEAST, "at least {n}"), (Hedge.ABOUT, "about {n}"), (Hedge.MORE_THAN, "more than {n}")),
    "ar": ((Hedge.AT_LEAST, "ما لا يقل عن {n}"), (Hedge.ABOUT, "نحو {n}"), (Hedge.MORE_THAN, "أكثر من {n}")),
}


@dataclass(slots=True)
class Report:
    """A report as it is being written, and what can be read in it."""

    language: str
    outlet: str
    published: int
    """Days after the incident."""
    title: str = ""
    text: str = ""
    claims: list[Claim] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    copy_of: int | None = None
    """Number of the report that it repeats, among those of the incident."""

    def write(self, template: str, values: dict[str, str]) -> tuple[Words, dict[str, Words]]:
        """Add a sentence; gives it, and where each value stands in it."""
        start, found = len(self.text), dict[str, Words]()
        sentence = ""
        for n, piece in enumerate(FIELD.split(template)):
            value = values[piece] if n % 2 else piece
            if not sentence:
                value = value[:1].upper() + value[1:]
            if n % 2:
                at = start + len(sentence)
                found[piece] = Words(exact=value, start=at, end=at + len(value))
            sentence += value
        self.text += sentence
        return Words(exact=sentence, start=start, end=start + len(sentence)), found


def write_reports(drawn: Drawn, seed: int) -> Iterator[Report]:
    """What is reported of an incident: as many claims as it has, in reports of a few each."""
    chance = random.Random(f"{seed}: reports of {drawn.number}")
    left, written = drawn.claims, list[Report]()
    while left > 0:
        originals = [n for n, r in enumerate(written) if r.copy_of is None and len(r.claims) <= left]
        if originals and chance.random() < COPIED_SHARE:
            report = _copy(written, chance.choice(originals), chance)
        else:
            report = _write(drawn, min(left, chance.randint(1, 2 * CLAIMS_A_REPORT - 1)), chance)
        written.append(report)
        left -= len(report.claims)
        yield report


def _copy(written: list[Report], of: int, chance: random.Random) -> Report:
    one = written[of]
    outlet = chance.choice(OUTLETS[one.language])
    return Report(one.language, outlet, one.published + 1, one.title, one.text, one.claims, one.statements, copy_of=of)


def _write(drawn: Drawn, claims: int, chance: random.Random) -> Report:
    arabic = drawn.place_ar is not None and chance.random() < ARABIC_SHARE
    language = "ar" if arabic else "en"
    report = Report(language, chance.choice(OUTLETS[language]), chance.randint(0, 3))
    place = (drawn.place_ar if arabic else drawn.place) or ("البلدة" if arabic else "the town")
    report.title = report.write(HEADLINES[language], {"place": place, "when": _day(drawn, language)})[0].exact
    report.text += "\n\n"
    for _ in range(claims):
        report.claims.append(_claim(report, drawn, place, chance))
        report.text += chance.choice(("\n\n", " ", " " + chance.choice(FILLERS[language]) + "\n\n"))
    report.statements.extend(_statements(report, drawn))
    report.text = report.text.rstrip() + "\n\n" + chance.choice(FILLERS[language])
    return report


def _claim(report: Report, drawn: Drawn, place: str, chance: random.Random) -> Claim:
    language, arabic = report.language, report.language == "ar"
    harm = INJURED if drawn.injured[1] and chance.random() < 0.35 else KILLED
    kind = chance.choices(range(4), (6, 2 if drawn.children else 0, 1, 2))[0]
    least, most = drawn.killed if harm is KILLED else drawn.injured
    people = chance.randint(least, most) if kind in {0, 3} else chance.randint(1, max(1, drawn.children))
    hedge, low, high, said = _count(max(1, people), language, chance)
    means, *named = MEANS.get(drawn.means.split(", ")[0].split(" and/or")[0], MEANS["Airstrike"])
    blamed = chance.choice(drawn.belligerents) if drawn.belligerents else "Syrian Regime"
    values = {
        "source": chance.choice(SOURCES[language]),
        "cue": chance.choice(CUES[language]),
        "count": said,
        "victims": VICTIMS[language][kind],
        "when": _day(drawn, language),
        "means": named[arabic],
        "actor": ACTORS[blamed][arabic],
        "place": place,
    }
    sentence, at = report.write(chance.choice(SENTENCES[language, harm]), values)
    return Claim(
        sentence=sentence,
        count=Count(words=at["count"], low=low, high=high, hedge=hedge),
        harm=harm,
        victims=Victims(
            words=at["victims"], kind=VictimKind.UNKNOWN if kind == 3 else VictimKind.CIVILIAN, group=GROUPS[kind]
        ),
        scope=Scope.INCIDENT,
        part_of=None,
        place=at["place"],
        when=at["when"],
        actor=Blamed(words=at["actor"], certainty=Certainty.STATED) if "actor" in at else None,
        means=Means(words=at["means"], kind=means) if "means" in at else None,
        attribution=(Source(words=at["source"], cue=at["cue"], said=None),),
        polarity=Polarity.ASSERTED,
        confidence=round(chance.betavariate(8, 2), 3),
        reasons=("count: drawn", "harm: drawn", "source: drawn"),
    )


def _count(people: int, language: str, chance: random.Random) -> tuple[Hedge, int | None, int | None, str]:
    if chance.random() < 0.7:
        return Hedge.EXACT, people, people, str(people)
    hedge, said = chance.choice(HEDGES[language])
    bounds = {Hedge.AT_LEAST: (people, None), Hedge.ABOUT: (people, people), Hedge.MORE_THAN: (people + 1, None)}
    return hedge, *bounds[hedge], said.format(n=people)


def _statements(report: Report, drawn: Drawn) -> Iterator[Statement]:
    if not drawn.belligerents or not (drawn.denied or drawn.conceded):
        return
    kind = StatementKind.ADMIT if drawn.conceded else StatementKind.DENY
    template = (ADMISSIONS if drawn.conceded else DENIALS)[report.language]
    speaker = ACTORS[drawn.belligerents[0]][report.language == "ar"]
    sentence, at = report.write(template, {"speaker": speaker, "cue": STATEMENT_CUES[report.language, kind]})
    yield Statement(
        sentence=sentence, speaker=Source(words=at["speaker"], cue=at["cue"], said=None), kind=kind, target=None
    )


def _day(drawn: Drawn, language: str) -> str:
    day = drawn.day
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
