"""Measure the spam filter for replies, and how it learns.

    python evals/spam.py [--sms FILE] [--raise]

Always: on replies written for this project (`training/replies/held.txt`, apart from those that are learnt from). They are tidier than what the public writes, and of one hand with what the start
model learnt: that tests the plumbing, not the quality. Floors hold these figures; exits non-zero below them.
With `--sms` (a file that `evals/fetch_sms.py` gets): how the filter learns what spam is in messages of strangers, from 20 to 500 of them as moderators' decisions, beginning from the start model and
from nothing; each a mean over five draws, measured on all messages that no draw holds.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from gate import FLOORS, floor_of, holds, raised, write_floors
from measures import Figure
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))

from training.fit_spam import blank, fit_start  # noqa: E402
from training.own_replies import OwnReply, read_replies  # noqa: E402

from harmledger.domain import SpamDecision  # noqa: E402
from harmledger.reply.learn import Labelled, Texts, learn, score_all  # noqa: E402
from harmledger.reply.model import SpamModel, count_whole, dump_model, load_start_model  # noqa: E402

CORPUS = "replies_held"
SIZES = (20, 50, 100, 200, 500)
DRAWS = 5
RESAMPLES = 500
FALSE_ALARMS = 0.01
AROUND = 8
"""Ham texts before and after the spam that is hidden among them."""
Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print; 0 where all floors hold and the model that ships is the one that is learnt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sms", type=Path, help="the SMS Spam Collection")
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="lift floors to what was measured")
    options = parser.parse_args(arguments)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    figures = measure_held(load_start_model(), read_replies("held", 1))
    if options.raise_floors:
        floors = raised(floors, figures)
        write_floors(floors)
    for f in figures:
        verdict = "" if holds(f, floors) else "  BELOW"
        print(f"{f.measure:44} {f.value:.3f}  ({f.low:.3f} to {f.high:.3f})  floor {floor_of(f, floors)}{verdict}")
    ships = dump_model(fit_start()) == dump_model(load_start_model())
    print(f"the model that ships is {'' if ships else 'NOT '}the one that training/fit_spam.py makes here")
    if options.sms is None:
        print("learning not measured: no messages (python evals/fetch_sms.py FOLDER gets them, over the network)")
    else:
        messages = read_sms(options.sms)
        print_curve(messages)
        print_verdicts(messages)
    return 0 if all(holds(f, floors) for f in figures) else 1


def measure_held(model: SpamModel, replies: Sequence[OwnReply]) -> list[Figure]:
    """The start model on the held replies: how well it ranks, and what its verdicts are."""
    scores = np.array([model.score(reply.text) for reply in replies])
    is_spam = np.array([reply.label is SpamDecision.SPAM for reply in replies])
    hidden = np.array([model.score(text) for text in hide_spam(replies)])
    verdicts: dict[str, Callable[[Scores, Labels], float]] = {
        "AUC": auc,
        "recall at 1 % false alarms": recall,
        "ham that passes": lambda s, y: float((s[~y] < model.ham_below).mean()),
        "spam that does not pass": lambda s, y: float((s[y] >= model.ham_below).mean()),
        "spam called spam": lambda s, y: float((s[y] >= model.spam_from).mean()),
        "ham not called spam": lambda s, y: float((s[~y] < model.spam_from).mean()),
    }
    figures = [interval(name, measure, scores, is_spam) for name, measure in verdicts.items()]
    kept = interval(
        "spam among ham that does not pass", lambda s, _: float((s >= model.ham_below).mean()), hidden, hidden > -1
    )
    return [*figures, kept]


def hide_spam(replies: Sequence[OwnReply]) -> list[str]:
    """Each spam text in the midst of sixteen texts of ham."""
    rng = np.random.default_rng(1)
    ham = np.array([reply.text for reply in replies if reply.label is SpamDecision.HAM])
    texts = [reply.text for reply in replies if reply.label is SpamDecision.SPAM]
    around = [rng.permutation(ham)[: 2 * AROUND].tolist() for _ in texts]
    return ["\n".join([*some[:AROUND], text, *some[AROUND:]]) for some, text in zip(around, texts, strict=True)]


def auc(scores: Scores, is_spam: Labels) -> float:
    """How often a spam text scores higher than a ham one; a tie is half."""
    ham = np.sort(scores[~is_spam])
    below = np.searchsorted(ham, scores[is_spam], "left") + np.searchsorted(ham, scores[is_spam], "right")
    return float(below.mean() / (2 * ham.size))


def recall(scores: Scores, is_spam: Labels) -> float:
    """The share of spam that scores above all but one in a hundred of the ham texts."""
    limit = np.quantile(scores[~is_spam], 1 - FALSE_ALARMS, method="higher")
    return float((scores[is_spam] > limit).mean())


def interval(name: str, measure: Callable[[Scores, Labels], float], scores: Scores, is_spam: Labels) -> Figure:
    """A figure with its 95 % interval over texts."""
    rng = np.random.default_rng(0)
    spam, ham = np.flatnonzero(is_spam), np.flatnonzero(~is_spam)
    drawn = [
        np.concatenate([rng.choice(some, some.size) for some in (spam, ham) if some.size]) for _ in range(RESAMPLES)
    ]
    low, high = np.quantile([measure(scores[d], is_spam[d]) for d in drawn], [0.025, 0.975])
    value = measure(scores, is_spam)
    return Figure(corpus=CORPUS, measure=name, value=value, low=float(low), high=float(high), of=scores.size)


def read_sms(path: Path) -> list[Labelled]:
    """The messages, each once, in an order that is always the same."""
    lines = (line.split("\t", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    kinds = {"ham": SpamDecision.HAM, "spam": SpamDecision.SPAM}
    messages = {line[1]: kinds[line[0]] for line in lines if len(line) == 2 and line[0] in kinds}
    every = list(messages.items())
    return [every[i] for i in np.random.default_rng(0).permutation(len(every))]


def print_curve(messages: list[Labelled]) -> None:
    """The table of learning."""
    held = messages[DRAWS * SIZES[-1] :]
    texts = Texts.of([count_whole(text) for text, _ in held])
    is_spam = np.array([label is SpamDecision.SPAM for _, label in held])
    print(f"\n{len(messages):,} messages, {len(held):,} of them measured on, {is_spam.mean():.1%} of these spam")
    print("decisions    from the start model: AUC, recall at 1 %    from nothing: AUC, recall at 1 %")
    for size in (0, *SIZES):
        row: list[float] = []
        for start in (load_start_model(), blank()):
            models = [learn(start, messages[d * SIZES[-1] :][:size]) for d in range(DRAWS)]
            scores = [score_all(model, texts) for model in models]
            row += [float(np.mean([measure(s, is_spam) for s in scores])) for measure in (auc, recall)]
        print(f"{size:9}    {row[0]:24.3f} {row[1]:8.3f} {row[2]:26.3f} {row[3]:8.3f}", flush=True)


def print_verdicts(messages: list[Labelled]) -> None:
    """What becomes of ham and spam by the thresholds that were chosen while learning."""
    held = messages[DRAWS * SIZES[-1] :]
    texts = Texts.of([count_whole(text) for text, _ in held])
    is_spam = np.array([label is SpamDecision.SPAM for _, label in held])
    shares: list[list[float]] = []
    for draw in range(DRAWS):
        model = learn(load_start_model(), messages[draw * SIZES[-1] :][: SIZES[-1]])
        scores = score_all(model, texts)
        passes, accused = scores < model.ham_below, scores >= model.spam_from
        shares.append(
            [float(x.mean()) for x in (passes[~is_spam], accused[~is_spam], passes[is_spam], accused[is_spam])]
        )
    means = [float(x) for x in np.mean(shares, axis=0)]
    print(f"\nafter {SIZES[-1]} decisions {means[0]:.1%} of the ham passes, {means[1]:.1%} is called spam;", end=" ")
    print(f"{means[2]:.1%} of the spam passes, {means[3]:.1%} is called so; the rest is held")


if __name__ == "__main__":
    sys.exit(main())
