"""Learns a spam model from labelled texts: logistic regression that stays near what it began from.

Comes in: the model to begin from and texts with their labels, such as moderators' decisions. Goes out: a new model. The same texts in the same
order give the same model. With few decisions it is nearly the one begun from; the more there are, the less that weighs.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from harmledger.domain import SpamDecision
from harmledger.reply.grams import COLUMNS, Columns, Counted, Values
from harmledger.reply.model import SpamModel, count_whole, weighed

MOST_LEARNT = 2_000
"""The last so many decisions are learnt from, in ten seconds of one core and 85 MB: what spam looks like changes."""
FEWEST_EACH = 3
"""Of either label; with fewer nothing is learnt: a model that saw ham alone would soon take all for it."""
FADE = 200
"""After so many decisions the model begun from counts half. Of 20 to 200 this keeps what it knows best, and costs least elsewhere (docs/spam.md)."""
PULL = 0.05
"""Of a weight's squared distance to the one begun from, beside one for each text; 0.2 learns more slowly, less is no better."""
STEPS = 200
FOLDS, FEWEST_TO_CHOOSE = 5, 25
"""Texts of either label from which on thresholds are chosen anew."""
PASSED, ACCUSED = 0.005, 0.005
"""Of the spam so much may score below `ham_below`, of the ham so much above `spam_from`: of texts that weren't learnt from."""
SUREST_HAM, SUREST_SPAM = 0.05, 0.95
"""Thresholds never go beyond these: a model that is never sure is of no use."""
Labelled = tuple[str, SpamDecision]
Labels = NDArray[np.bool_]


def learn(start: SpamModel, decisions: Iterable[Labelled]) -> SpamModel:
    """The model that begins from `start` and takes in these decisions, the oldest first; the start itself where they are too few, or of one label."""
    known = [(text, label) for text, label in decisions if label is not SpamDecision.UNSURE][-MOST_LEARNT:]
    is_spam = np.array([label is SpamDecision.SPAM for _, label in known], dtype=np.bool_)
    if _fewer_label(is_spam) < FEWEST_EACH:
        return start
    texts = Texts.of([count_whole(text) for text, _ in known])
    faded = fade(start, len(known))
    scores = score_unseen(faded, texts, is_spam, [text for text, _ in known])
    model = replace(fit(faded, texts, is_spam), name=f"{start.name}+{len(known)}")
    return set_thresholds(model, scores, is_spam)


def fade(start: SpamModel, decisions: int) -> SpamModel:
    """The model begun from, surer of less the more decisions there are."""
    share = FADE / (FADE + decisions)
    return replace(start, weights=(start.weights * np.float32(share)), bias=start.bias * share)


def _fewer_label(is_spam: Labels) -> int:
    return min(int(is_spam.sum()), int((~is_spam).sum()))


@dataclass(frozen=True, slots=True)
class Texts:
    """Many texts in numbers: a value for each text (by place) and column."""

    places: Columns
    columns: Columns
    values: Values
    size: int

    @classmethod
    def of(cls, counted: Sequence[Counted]) -> Texts:
        """Texts as models weigh them."""
        rows = [weighed(each) for each in counted]
        sizes = [columns.size for columns, _ in rows]
        return cls(
            np.repeat(np.arange(len(rows)), sizes),
            np.concatenate([columns for columns, _ in rows]),
            np.concatenate([values for _, values in rows]),
            len(rows),
        )

    def only(self, places: Columns) -> Texts:
        """These of them, in this order."""
        new = np.full(self.size, -1)
        new[places] = np.arange(places.size)
        kept = new[self.places] >= 0
        return Texts(new[self.places[kept]], self.columns[kept], self.values[kept], int(places.size))

    def times(self, weights: Values) -> Values:
        """Of each text the sum of its values times weights."""
        summed = np.bincount(self.places, weights=self.values * weights[self.columns], minlength=self.size)
        return summed.astype(np.float64)

    def turned_times(self, errors: Values) -> Values:
        """Of each column the sum of its values times what is given for each text."""
        summed = np.bincount(self.columns, weights=self.values * errors[self.places], minlength=COLUMNS)
        return summed.astype(np.float64)


def fit(start: SpamModel, texts: Texts, is_spam: Labels, pull: float = PULL) -> SpamModel:
    """The weights that tell the texts best, less the pull towards those begun from; both labels weigh the same together."""
    target, share = is_spam.astype(np.float64), _balance(is_spam)
    first = np.append(start.weights.astype(np.float64), start.bias)
    step = 1 / (0.25 * _steepest(texts, share) + pull)
    point, before, momentum = first.copy(), first.copy(), 1.0
    for _ in range(STEPS):  # Nesterov's gradient descent
        odds = texts.times(point[:-1]) + point[-1]
        errors = share * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - target)
        slope = np.append(texts.turned_times(errors), errors.sum()) + pull * (point - first)
        now = point - step * slope
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        point, before, momentum = now + (momentum - 1) / following * (now - before), now, following
    return replace(start, weights=before[:-1].astype(np.float32), bias=float(before[-1]))


def _balance(is_spam: Labels) -> Values:
    """What each text weighs, one on average: half of all for either label, where there are both."""
    spam = int(is_spam.sum())
    if spam in {0, is_spam.size}:
        return np.ones(is_spam.size)
    return np.where(is_spam, is_spam.size / (2 * spam), is_spam.size / (2 * (is_spam.size - spam)))


def _steepest(texts: Texts, share: Values) -> float:
    """A bound of the texts' largest squared stretch, by ten rounds of the power method and some room."""
    vector = np.ones(COLUMNS + 1)
    size = 1.0
    for _ in range(10):
        vector /= np.linalg.norm(vector)
        seen = share * (texts.times(vector[:-1]) + vector[-1])
        vector = np.append(texts.turned_times(seen), seen.sum())
        size = float(np.linalg.norm(vector))
    return 1.2 * size


def score_unseen(start: SpamModel, texts: Texts, is_spam: Labels, groups: Sequence[str], pull: float = PULL) -> Values:
    """Scores of texts by models that learnt from the others; texts of one group stay together."""
    fold = np.array([zlib.crc32(group.encode("utf-8", "surrogatepass")) % FOLDS for group in groups])
    scores = np.full(texts.size, 0.5)
    for each in range(FOLDS):
        held, others = np.flatnonzero(fold == each), np.flatnonzero(fold != each)
        if held.size and others.size:
            model = fit(start, texts.only(others), is_spam[others], pull)
            scores[held] = score_all(model, texts.only(held))
    return scores


def score_all(model: SpamModel, texts: Texts) -> Values:
    """How likely each text is spam, as a whole."""
    return 1 / (1 + np.exp(-np.clip(texts.times(model.weights.astype(np.float64)) + model.bias, -30, 30)))


def set_thresholds(model: SpamModel, scores: Values, is_spam: Labels) -> SpamModel:
    """From which score on the model is sure, by scores of texts that weren't learnt from; as it is where there are few."""
    if _fewer_label(is_spam) < FEWEST_TO_CHOOSE:
        return model
    below = float(np.clip(np.quantile(scores[is_spam], PASSED), SUREST_HAM, 0.5))
    above = float(np.clip(np.quantile(scores[~is_spam], 1 - ACCUSED), 0.5, SUREST_SPAM))
    return replace(model, ham_below=below, spam_from=above)
