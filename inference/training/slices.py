"""Whether the network does as well for some faces as for others, by what can be measured on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from inference.training.evaluate import macro_f1
from inference.training.intervals import wilson
from inference.training.proxies import Proxy
from inference.training.served import Answer, Served

NEUTRAL = "neutral"
ALARMING = 0.95  # of all neutral faces score lower than the threshold


@dataclass(frozen=True, slots=True)
class Slice:
    """The faces of one bin. Intervals are Wilson's, 95 %.

    bias: mean of the frame's score minus the score of the raters' own votes: unlike the mean score it can be
    compared between slices that hold other expressions. false_stress: the share of faces most people called
    neutral whose score exceeds the threshold that one in twenty of all neutral faces exceeds.
    """

    proxy: str
    bin: str
    n: int
    accuracy: float
    accuracy_95: tuple[float, float]
    macro_f1: float
    mean_score: float
    bias: float
    neutral: int
    false_stress: float | None  # None where no face is neutral
    false_stress_95: tuple[float, float]


def slices(served: Served, answer: Answer, proxies: Mapping[str, Proxy]) -> Iterator[Slice]:
    """All faces first, then every bin of every proxy that holds any. answer: about faces with a majority."""
    everybody = {"all": np.ones(len(answer.scores), dtype=bool)}
    limit = threshold(served, answer)
    for name, bins in {
        "all faces": everybody,
        **{name: proxy.bins() for name, proxy in proxies.items()},
    }.items():
        for words, rows in bins.items():
            if rows.any():
                yield _slice(served, answer.where(rows), name, words, limit)


def threshold(served: Served, answer: Answer) -> float:
    """The score under which 95 % of the majority-neutral faces lie. By construction the rate over all of
    them is 5 %, so a slice's rate reads as how many times more often than usual it would be wrong.
    """
    scores = answer.scores[_neutral(served, answer)]
    return float(np.quantile(scores, ALARMING)) if len(scores) else 1.0


def _slice(served: Served, answer: Answer, proxy: str, words: str, limit: float) -> Slice:
    neutral = answer.scores[_neutral(served, answer)]
    alarms = int((neutral > limit).sum())
    votes = answer.faces.votes.astype(np.float64)
    return Slice(
        proxy=proxy,
        bin=words,
        n=len(answer.scores),
        accuracy=float(answer.right.mean()),
        accuracy_95=wilson(int(answer.right.sum()), len(answer.right)),
        macro_f1=macro_f1(answer.top, answer.faces.majority),
        mean_score=float(answer.scores.mean()),
        bias=float(np.mean(answer.scores - served.scorer.frame_scores(votes))),
        neutral=len(neutral),
        false_stress=alarms / len(neutral) if len(neutral) else None,
        false_stress_95=wilson(alarms, len(neutral)),
    )


def _neutral(served: Served, answer: Answer) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    index = served.contract.expressions.index(NEUTRAL)
    return np.asarray(answer.faces.majority == index, dtype=bool)
