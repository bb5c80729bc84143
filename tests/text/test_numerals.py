"""Counted expressions give the bounds and hedge that a coder would set down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.text.numerals import ParsedCount, find_counts, find_named, parse_count, parse_number
from harmledger.text.numerals.named import MAX_NAMED

NUMBERS = {
    "35": 35,
    "3 000": 3000,
    "250,000": 250_000,
    "1.5 million": 1_500_000,
    "twenty-three": 23,
    "one hundred and twenty-three": 123,
    "half a dozen": 6,
    "two dozen": 24,
    "a quarter of a million": 250_000,
    "one million and a half": 1_500_000,
    "one and a half million": 1_500_000,
    "two hundred thousand": 200_000,
    "ninety two": 92,
}


@pytest.mark.parametrize(("words", "value"), NUMBERS.items())
def test_a_number_has_one_value(words: str, value: int) -> None:
    """Figures and words for a number give the same integer."""
    assert parse_number(words) == value


def test_a_number_that_is_no_whole_one_has_none() -> None:
    """A fraction counts nobody."""
    assert parse_number("2.5") is None


ENGLISH = {
    "35": (35, 35, "exact"),
    "eleven farmers": (11, 11, "exact"),
    "one guard": (1, 1, "exact"),
    "another seven people": (7, 7, "exact"),
    "all five": (5, 5, "exact"),
    "a couple of shepherds": (2, 2, "exact"),
    "the 31st reporter": (31, 31, "exact"),
    "at least 20": (20, None, "at_least"),
    "no fewer than 20 recruits": (20, None, "at_least"),
    "upwards of 60": (60, None, "at_least"),
    "40 or more": (40, None, "at_least"),
    "300+ residents": (300, None, "at_least"),
    "two drivers at least": (2, None, "at_least"),
    "at least a boy": (1, None, "at_least"),
    "an estimated at least 20": (20, None, "at_least"),
    "over 20": (21, None, "more_than"),
    "more than a dozen": (13, None, "more_than"),
    "well over 80 people": (81, None, "more_than"),
    "over one million and a half": (1_500_001, None, "more_than"),
    "up to 20": (None, 20, "at_most"),
    "as many as nine": (None, 9, "at_most"),
    "fewer than 30 men": (None, 29, "at_most"),
    "20 to 25": (20, 25, "range"),
    "2-2": (2, 2, "range"),
    "between four and five": (4, 5, "range"),
    "between seven to eight": (7, 8, "range"),
    "minimum of two and maximum of three": (2, 3, "range"),
    "three or four": (3, 4, "range"),
    "around 20": (20, 20, "about"),
    "nearly 7000": (7000, 7000, "about"),
    "some 30 men": (30, 30, "about"),
    "close to two hundred": (200, 200, "about"),
    "dozens of civilians": (24, None, "vague"),
    "several": (3, None, "vague"),
    "a number of": (3, None, "vague"),
    "a large number of women": (3, None, "vague"),
    "many others": (3, None, "vague"),
    "tens": (20, None, "vague"),
    "scores of villagers": (40, None, "vague"),
    "hundreds": (200, None, "vague"),
    "thousands": (2000, None, "vague"),
    "tens of thousands": (20_000, None, "vague"),
    "hundreds of thousands of people": (200_000, None, "vague"),
    "several dozen": (36, None, "vague"),
    "up to dozens of recruits": (24, None, "vague"),
    "a woman": (1, 1, "article"),
    "Woman": (1, 1, "article"),
    "another boy": (1, 1, "article"),
    "a 12-year-old boy": (1, 1, "article"),
    "his wife": (1, 1, "article"),
    "the head of the town's clinic": (1, 1, "article"),
    "Israeli soldiers": None,
    "villagers": None,
}


@pytest.mark.parametrize(("wording", "expected"), ENGLISH.items())
def test_an_english_wording_has_its_bounds(wording: str, expected: tuple[int | None, int | None, str] | None) -> None:
    """Bounds and hedge follow the contract's rules for numbers; a bare plural gives no number."""
    assert _flat(parse_count(wording)) == expected


NAMES = {
    "Karim Salloum": 1,
    "Karim and his wife": 2,
    "Karim Salloum, a baker": 1,
    "the baker Karim Salloum": 1,
    "Karim Salloum (41), his wife Huda al-Jamil (38) and their daughter Rim": 3,
    "Huda al-Jamil\n, 38, and her son,\nOmar Salloum": 2,
    "Dr. Nabil Kassar was killed with his two sons, Adel and Wadih": 3,
    "Nabil Kassar, his wife and their four children": 6,
    "the mother and brother of the reporter Samir Adham": 2,
    "Samir Adham’s father\nYousef Adham": 1,
    "16-year-old\nLayan Harb\nand 3-year-old\nSami Harb": 2,
    "a man and his son": 2,
    "Abu Taher al-Homsi the commander of the brigade": 1,
    "SDF member": 1,
}


@pytest.mark.parametrize(("wording", "people"), NAMES.items())
def test_names_are_counted_as_persons(wording: str, people: int) -> None:
    """A list of names and descriptions counts persons; a description beside a name is the same person."""
    count = parse_count(wording)
    assert count is not None
    assert (count.low, count.high) == (people, people)


def test_an_unnumbered_plural_in_a_list_is_two_or_more() -> None:
    """Children without a number are at least two, and the upper end is open."""
    assert _flat(parse_count("Karim, his wife and children")) == (4, None, "names")


ARABIC = {
    "٣٥ مدنياً": (35, 35, "exact"),
    "12 شخصاً": (12, 12, "exact"),
    "ثلاثة مزارعين": (3, 3, "exact"),
    "خمسة عشر عنصراً": (15, 15, "exact"),
    "سبعة وعشرون قتيلاً": (27, 27, "exact"),
    "ثلاثمئة ألف نازح": (300_000, 300_000, "exact"),
    "مدنيان": (2, 2, "exact"),
    "طفلين": (2, 2, "exact"),
    "امرأتان": (2, 2, "exact"),
    "ابنيه": (2, 2, "exact"),
    "مدني": (1, 1, "article"),
    "طفلة": (1, 1, "article"),
    "سيدةٌ": (1, 1, "article"),
    "عدد من المزارعين": (3, None, "vague"),
    "عدة جرحى": (3, None, "vague"),
    "العديد من الأهالي": (3, None, "vague"),
    "عشرات القتلى": (20, None, "vague"),
    "مئات العائلات": (200, None, "vague"),
    "عشرات الآلاف من السكان": (20_000, None, "vague"),
    "أكثر من 40 شخصاً": (41, None, "more_than"),
    "ما لا يقل عن عشرة عمال": (10, None, "at_least"),
    "ثمانية عمال على الأقل": (8, None, "at_least"),
    "نحو 60 شخصاً": (60, 60, "about"),
    "ما يصل إلى تسعة": (None, 9, "at_most"),
    "بين أربعة وستة عناصر": (4, 6, "range"),
    "مدنيون": None,
    "سعيد قاسم (٣٠ عاماً)، ونادر قاسم، وهالة العلي": (3, 3, "names"),
    "المزارع وابنه": (2, 2, "names"),
}


@pytest.mark.parametrize(("wording", "expected"), ARABIC.items())
def test_an_arabic_wording_has_its_bounds(wording: str, expected: tuple[int | None, int | None, str] | None) -> None:
    """Duals are two, bare singulars one; figures of both scripts, number words and hedges are read."""
    assert _flat(parse_count(wording)) == expected


PROPOSED = {
    "Shelling killed at least 20 people and a young woman on May 25, 2017.": ["at least 20", "a young woman"],
    "An F-16 fired 122 mm rockets from 5 km at 9 p.m.; nobody died.": [],
    "In 2014 some 30 men, aged 18 to 40, were led away.": ["some 30"],
    "Between four and five farmers died; 12 houses burnt down.": ["Between four and five"],
    "The $3 million aid reached 40% of them.": [],
    "A 12-year-old boy and his sister were wounded.": ["A 12-year-old boy", "his sister"],
    "أصيب ثلاثة مدنيين وطفلان في ٢٥ أيار عند الساعة 5:30": ["ثلاثة", "طفلان"],
}


@pytest.mark.parametrize(("text", "expected"), PROPOSED.items())
def test_proposals_count_people_only(text: str, expected: list[str]) -> None:
    """Years, days, ages, calibres, money, distances and times of day are not proposed."""
    assert [text[c.start : c.end] for c in find_counts(text)] == expected


def test_proposals_keep_to_their_stretch() -> None:
    """Only the given stretch is read, in the offsets of the whole text."""
    text = "Five died. At least six fled. Seven stayed."
    assert [(c.start, c.end) for c in find_counts(text, 11, 29)] == [(11, 23)]


@given(st.text(alphabet="a n1,.0-andthousmil ثلاةوعشرنمد٣'’(\n", max_size=80))
def test_any_wording_is_read_or_refused(text: str) -> None:
    """No wording breaks the reader, bounds are ordered, and proposals slice."""
    count = parse_count(text)
    assert count is None or count.low is None or count.high is None or count.low <= count.high
    assert all(text[c.start : c.end].strip() for c in find_counts(text))


def _flat(count: ParsedCount | None) -> tuple[int | None, int | None, str] | None:
    return None if count is None else (count.low, count.high, count.hedge.value)


def test_vowel_marks_keep_their_offsets() -> None:
    """An Arabic proposal covers the marks of its words and slices to them."""
    text = "قُتِلَ ثَلاثَةُ مدنيينَ وشخصٌ آخر"
    assert [text[c.start : c.end] for c in find_counts(text)] == ["ثَلاثَةُ", "شخصٌ", "آخر"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "A strike killed Sami Harb (42), his wife Lina and their son.",
            ["Sami Harb (42), his wife Lina and their son"],
        ),
        (
            "34 year old\nOmar Issa\nand 24-year-old\nAli Issa\n, two brothers",
            ["34 year old\nOmar Issa\nand 24-year-old\nAli Issa"],
        ),
        ("Omar Issa was killed alongside his son Ali Issa.", ["Omar Issa was killed alongside his son Ali Issa"]),
        ("Omar Issa was killed alongside his two sons, Ali and Adam.", ["Omar Issa", "his two sons, Ali and Adam"]),
        ("On Monday Dr. Huda al-Masri died (aged 40).", ["Dr. Huda al-Masri"]),
        ("The matriarch and 12 others were hurt in the south.", []),
        ("Omar’s sister\nMariam Issa\nlives.", ["Omar’s sister\nMariam Issa"]),
    ],
)
def test_persons_named_are_found_in_runs(text: str, named: list[str]) -> None:
    """Names, ages, kin and brackets between them are one run; who was harmed beside whom is one run, unless a number says how many they were."""
    assert [text[a:b] for a, b in find_named(text)] == named


@pytest.mark.parametrize(
    "unit", ["Ab ", "his ", "Ali (x ", "Ali, ", "al-", "a 5 year old ", "Ali was killed ", "Ali’s son "]
)
def test_a_hostile_run_of_names_has_an_end(unit: str) -> None:
    """No pattern goes back over a long run again and again, and none is proposed that no report could mean."""
    assert all(b - a <= MAX_NAMED for a, b in find_named(unit * 20_000))


@pytest.mark.parametrize(
    ("wording", "low", "high"),
    [
        ("a boy of nine", 1, 1),
        ("a woman of 71 years", 1, 1),
        ("a mother of four", 1, 1),
        ("(9)", 9, 9),
        ("1- Omar Issa\n2- his wife Huda\n3- Ali Issa", 3, 3),
        ("Omar Issa\nHuda Issa\nAli Issa", 3, 3),
        ("واحد وثلاثون قتيلاً", 31, 31),
        ("أربعاً وثلاثين جثة", 34, 34),
        ("أحد وعشرين جريحاً", 21, 21),
        ("أكتر من عشرين مدني", 21, None),
        ("٧٠ إلى ٨٠ إصابة", 70, 80),
        ("فوق الستين", 61, None),
        ("(٧)", 7, 7),
        ("عائلتان", 2, 2),
        ("قائدان ميدانيان", 2, 2),
        ("جثتي طفلين", 2, 2),
        ("رجل في الخمسين من عمره", 1, 1),
        ("أم وثلاثة من أبنائها", 4, 4),
        ("أم وأطفالها الثلاثة", 4, 4),
        ("حالة وفاة واحدة", 1, 1),
        ("1- عمر عيسى\n2- زوجته هدى\n3- علي عيسى", 3, 3),
    ],
)
def test_ages_lists_and_compounds_are_read(wording: str, low: int, high: int | None) -> None:
    """An age counts nobody, lines of a list count one each, Arabic compounds and duals have their value."""
    parsed = parse_count(wording)
    assert parsed is not None
    assert (parsed.low, parsed.high) == (low, high)
