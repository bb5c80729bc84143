"""A pair is weighed by features that each give their reason."""

from __future__ import annotations

from datetime import date

import pytest
from fake_tellings import spot, telling

from harmledger.domain import Figure, Harm, MeansKind, Telling, VictimGroup
from harmledger.link.compare import FEATURES, Known, Pair, explain_pair, load_weights, score_pair
from harmledger.link.rarity import count_words


def pair(left: Telling, right: Telling, originals: dict[str, str] | None = None) -> Pair:
    return Pair(left, right, Known(count_words([left, right], {}), originals or {}, {}))


def values(left: Telling, right: Telling, **more: dict[str, str]) -> dict[str, float]:
    both = pair(left, right, **more)
    return {feature.name: feature.measure(both) for feature in FEATURES}


def killed(low: int | None, high: int | None) -> tuple[Figure, ...]:
    return (Figure(harm=Harm.KILLED, low=low, high=high),)


@pytest.mark.parametrize(
    ("name", "other", "value"),
    [
        ("days apart", {"day": date(2018, 5, 5)}, 1.0),
        ("days shared", {}, 1.0),
        ("days shared", {"latest": date(2017, 5, 8)}, 0.25),
        ("day not known", {"day": None}, 1.0),
        ("same weekday", {"day": None, "weekdays": frozenset({4, 5})}, 1.0),
        ("other weekday", {"day": None, "weekdays": frozenset({0})}, 1.0),
        ("other weekday", {"weekdays": frozenset({0})}, 0.0),
        ("within both radii", {"spot": spot(km=16)}, 0.5),
        ("within both radii", {"spot": spot(36.5, km=4)}, 0.0),
        ("beyond both radii", {}, 0.0),
        ("same place", {}, 1.0),
        ("place not known", {"spot": None}, 1.0),
        ("same actor", {"actors": frozenset({"syria", "russia"})}, 1.0),
        ("other actor", {"actors": frozenset({"turkey"})}, 1.0),
        ("other actor", {"actors": frozenset()}, 0.0),
        ("other means", {"means": frozenset({MeansKind.SHOOTING})}, 1.0),
        ("figures apart", {"figures": killed(3, None)}, 0.0),
        ("figures apart", {"figures": killed(39, 39)}, 1.0),
        ("same victims", {"groups": frozenset({VictimGroup.CHILDREN})}, 1.0),
        ("names", {"names": frozenset({"hamdan"})}, 1.0),
        ("words for the places", {"places": frozenset({"zarqan"})}, 1.0),
        ("other language", {"language": "ar"}, 1.0),
        ("one report", {"document_id": "report of a"}, 1.0),
        ("one report says another", {"document_id": "report of a", "another": True}, 1.0),
    ],
)
def test_what_a_feature_measures(name: str, other: dict, value: float) -> None:
    """Each feature is 0 where it can't be told, and speaks of its own matter only."""
    stated = {
        "actors": frozenset({"syria"}),
        "means": frozenset({MeansKind.SHELLING}),
        "groups": frozenset({VictimGroup.CHILDREN}),
        "places": frozenset({"zarqan"}),
    }
    left = telling("a", names=frozenset({"hamdan"}), **stated)
    assert values(left, telling("b", **{**stated, **other}))[name] == pytest.approx(value)


def test_features_measure_both_ways_alike() -> None:
    """Which of two tellings comes first doesn't matter."""
    a = telling("a", words="bakery market x", figures=killed(4, None), spot=spot(36.2, km=1))
    b = telling("b", words="bakery queue", day=date(2017, 5, 7), figures=killed(9, 9))
    assert values(a, b) == values(b, a)


def test_copies_are_told() -> None:
    """Reports of one text are said to be copies; a report is none of itself."""
    a, b = telling("a"), telling("b")
    assert values(a, b, originals={"report of b": "report of a"})["copies of one text"] == 1
    assert values(a, a)["copies of one text"] == 0


def test_rare_words_count_more_than_common_ones() -> None:
    """A name in common means more than a word that every report holds."""
    corpus = [telling(f"t{n}", words="killed people") for n in range(20)]
    left, rare, common = (
        telling(n, words=w) for n, w in (("l", "killed zarqan"), ("r", "zarqan hurt"), ("c", "killed hurt"))
    )
    known = Known(count_words([*corpus, left, rare, common], {}), {}, {})
    assert Pair(left, rare, known).cosine("words") > 2 * Pair(left, common, known).cosine("words")


def test_what_is_shared_counts_whatever_else_is_said() -> None:
    """A long report that names the victim once shares as much by it as a short one; words of two languages are never compared."""
    corpus = [telling(f"t{n}", words="killed people") for n in range(40)]
    short, long = (telling(n, words=f"zarqan {w}") for n, w in (("s", ""), ("l", "court trial judge plea")))
    known = Known(count_words([*corpus, short, long], {}), {}, {})
    weight = next(f for f in FEATURES if f.name == "weight of words").measure
    assert weight(Pair(short, long, known)) == weight(Pair(short, short, known)) > 0
    assert weight(Pair(short, telling("x", words="zarqan", language="ar"), known)) == 0


def test_weights_keep_their_sense() -> None:
    """Every feature has a weight, and none speaks for what its name speaks against."""
    weights = load_weights()
    assert set(weights.features) == {feature.name for feature in FEATURES}
    assert all(weights.features[f.name] * f.speaks >= 0 for f in FEATURES)
    assert "gva_reports" in weights.learned


def test_reasons_add_up_to_the_score() -> None:
    """What a link's reasons add, with the intercept, gives its score: nothing is weighed that isn't told."""
    a = telling("a", words="bakery market hamdan", names=frozenset({"hamdan"}))
    b = telling("b", words="bakery queue hamdan", names=frozenset({"hamdan"}), day=date(2017, 5, 6))
    weights, both = load_weights(), pair(a, b)
    link = explain_pair(both, weights)
    odds = weights.intercept + sum(reason.adds for reason in link.reasons)
    assert 1 / (1 + 2.718281828**-odds) == pytest.approx(link.score, abs=0.005)
    assert link.score == score_pair(both, weights)
    assert "3 and 3 killed" in {reason.told for reason in link.reasons}
    assert any("hamdan" in reason.told for reason in link.reasons)


def test_one_event_is_likelier_than_two() -> None:
    """Same place, day, figures and names: surely one event; another place and month: surely not."""
    names, words = frozenset({"hamdan", "rumaila"}), "bakery hamdan rumaila queue noon"
    same = score_pair(
        pair(telling("a", names=names, words=words), telling("b", names=names, words=words)), load_weights()
    )
    far = telling("b", day=date(2017, 6, 9), spot=spot(33.5, 36.3, admin1="Damascus"), figures=killed(40, 40))
    assert same > 0.9
    assert score_pair(pair(telling("a", words="bakery"), far), load_weights()) < 0.05
