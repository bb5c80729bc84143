"""Replies written for this project (CC0), with what they are: `training/replies/*.txt`, the lines of `start.txt` filled in several ways.

Every name, number, host and mailbox is made up; hosts end in `.example`, which nobody can have. `start.txt` is learnt from (`training/fit_spam.py`), `held.txt`,
written apart from it, only measured on (`evals/spam.py`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harmledger.domain import SpamDecision

FOLDER = Path(__file__).parent / "replies"
SEED = 1
COPIES = 6
"""How often a line with slots is filled; one without stands as often, so that it counts as much."""
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
_WORDS = "nova delta prime coral lucky swift orbit pixel amber cedar river north".split()
_PLACES = (
    "Al-Qasr;Tell Abyad;Hawija;Douma;Bani Walid;Zinjibar;Kutum;Marib;Izium;Al-Bab;the old city;the industrial district"
)
_ARABIC_PLACES = "القصر;تل أبيض;الحويجة;دوما;بني وليد;زنجبار;كتم;مأرب;الباب;المدينة القديمة;المنطقة الصناعية"
_PEOPLE = "Ahmad Saleh;Maryam Haddad;Omar al-Jabouri;Olena Koval;Hassan Idris;Layla Nasser;Peter Okoye;Anna Brandt"
_ARABIC_PEOPLE = "أحمد صالح;مريم حداد;عمر الجبوري;حسن إدريس;ليلى ناصر;خالد العلي"
_CITIES = "London;Dubai;Lagos;Toronto;Riyadh;Berlin;Sydney"
_MONTHS = "January February March April May June July August September October November December".split()
_ARABIC_MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()


@dataclass(frozen=True, slots=True)
class OwnReply:
    text: str
    label: SpamDecision
    language: str
    line: str
    """What it was filled from: texts of one line are never learnt from and measured on at once."""


def read_replies(name: str, copies: int = COPIES) -> list[OwnReply]:
    """The replies of a file, each line filled so many times, in the file's order."""
    chance = random.Random(SEED)
    return [
        OwnReply(fill(line, chance).replace("\\n", "\n"), SpamDecision(label), language, line)
        for label, language, line in _lines(FOLDER / f"{name}.txt")
        for _ in range(copies)
    ]


def _lines(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(" | ", 2)


def fill(line: str, chance: random.Random) -> str:
    """The line with one of each choice and something in each slot."""
    chosen = _CHOICE.sub(lambda found: chance.choice(found[1].split("|")), line)
    return _SLOT.sub(lambda found: _word(found[1], chance), chosen)


def _word(slot: str, c: random.Random) -> str:
    host = f"{c.choice(_WORDS)}-{c.choice(_WORDS)}{c.choice(['', c.randrange(99)])}.example"
    month, day, year = c.randrange(12), c.randrange(1, 29), c.randrange(2011, 2025)
    words = {
        "n": str(c.choice([c.randrange(2, 10), c.randrange(10, 90), c.randrange(100, 300)])),
        "money": c.choice(["500", "1,200", "5000", "$3,400", "10,000", "25000", "1.5"]),
        "year": str(year),
        "day": c.choice([f"{day} {_MONTHS[month]}", f"{_MONTHS[month]} {day}, {year}", f"{day}.{month + 1}.{year}"]),
        "arday": f"{day} {_ARABIC_MONTHS[month]}" + c.choice(["", f" {year}"]),
        "place": c.choice(_PLACES.split(";")),
        "arplace": c.choice(_ARABIC_PLACES.split(";")),
        "person": c.choice(_PEOPLE.split(";")),
        "arperson": c.choice(_ARABIC_PEOPLE.split(";")),
        "city": c.choice(_CITIES.split(";")),
        "news": c.choice(["https://", "http://www.", "https://www."]) + host + c.choice(
            [f"/{year}/{month + 1:02}/{c.choice(_WORDS)}-{c.choice(_WORDS)}", f"/news/{c.randrange(10**6)}", f"/report.pdf#{day}"]
        ),
        "ad": c.choice(["http://", "https://", "www.", ""]) + host + c.choice(["", f"/?ref={c.randrange(999)}", f"/{c.choice(_WORDS)}"]),
        "mail": f"{c.choice(_WORDS)}{c.choice(_WORDS)}{c.randrange(99)}@{c.choice(_WORDS)}.example",
        "phone": c.choice(["+1 202 555 01", "+234 80 0000 00", "+44 7700 9001", "00966 50 000 00"]) + f"{c.randrange(10, 99)}",
        "handle": c.choice(_WORDS) + c.choice(_WORDS) + c.choice(["", "_fx", str(c.randrange(99))]),
        "wallet": "bc1q" + "".join(c.choice("023456789acdefghjklmnpqrstuvwxyz") for _ in range(30)),
    }  # fmt: skip
    return words[slot]
