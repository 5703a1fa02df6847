"""Slices hold the faces they say, and their figures are right where they can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inference.contract import EXPRESSIONS, Contract
from inference.training.dataset import LabelledFaces
from inference.training.framing import find_pasted
from inference.training.intervals import Floats, wilson
from inference.training.judge import proxies_of
from inference.training.perturb import blur, exposure
from inference.training.proxies import Proxy, cheeks, detail, picture_proxies, pose_proxies
from inference.training.served import Answer, Served
from inference.training.slices import slices, threshold

CONTRACT = Contract.read()


@pytest.fixture(scope="module")
def served() -> Served:
    return Served(CONTRACT)


def neutral(scores: Floats) -> Answer:
    """Faces that everybody called neutral, and the network too."""
    shares = np.tile(np.eye(len(EXPRESSIONS))[0], (len(scores), 1))
    faces = LabelledFaces(
        np.zeros((len(scores), 48, 48), np.uint8),
        shares.astype(np.float32),
        np.zeros(len(scores), dtype=np.int64),
    )
    return Answer(shares, scores, faces)


def test_every_face_is_in_one_bin_of_a_proxy() -> None:
    proxy = Proxy(np.array([0.1, 0.5, 0.9, np.nan]), (0.5,))
    bins = proxy.bins()
    assert {words: rows.tolist() for words, rows in bins.items()} == {
        "under 0.5": [True, False, False, False],
        "0.5 and over": [False, True, True, False],
        "not known": [False, False, False, True],
    }


def test_over_all_neutral_faces_one_in_twenty_scores_over_the_threshold(served: Served) -> None:
    answer = neutral(np.random.default_rng(0).random(1000))
    (everybody,) = slices(served, answer, {})
    assert everybody.false_stress == pytest.approx(0.05, abs=0.001)
    assert threshold(served, answer) == pytest.approx(0.95, abs=0.02)


def test_a_slice_of_neutral_faces_with_high_scores_stands_out(served: Served) -> None:
    scores = np.concatenate([np.full(95, 0.3), np.full(5, 0.9)])
    halves = Proxy(np.arange(100.0), (90.0,))
    _, low, high = slices(served, neutral(scores), {"row": halves})
    assert (low.n, low.false_stress, high.n, high.false_stress) == (90, 0, 10, 0.5)
    assert high.false_stress_95 == wilson(5, 10)
    assert high.bias == pytest.approx(high.mean_score - 1 / 3)


def test_a_slice_without_a_neutral_face_has_no_rate_of_false_stress(served: Served) -> None:
    answer = neutral(np.array([0.2, 0.4]))
    faces = replace(answer.faces, majority=np.array([0, EXPRESSIONS.index("anger")]))
    *_, last = slices(served, replace(answer, faces=faces), {"row": Proxy(np.arange(2.0), (1.0,))})
    assert (last.neutral, last.false_stress, last.accuracy) == (0, None, 0)


def test_bright_cheeks_are_bright_and_blurred_faces_hold_less_detail(faces: LabelledFaces) -> None:
    assert (cheeks(exposure(0.5)(faces.images)) < cheeks(faces.images)).all()
    assert (detail(blur(1.5)(faces.images)) < detail(faces.images)).all()


def test_a_face_that_is_not_found_has_no_known_pose(faces: LabelledFaces) -> None:
    blank = replace(faces, images=np.stack([faces.images[0], np.full((48, 48), 127, np.uint8)]))
    for proxy in pose_proxies(find_pasted(blank, CONTRACT)).values():
        assert np.isnan(proxy.values).tolist() == [False, True]


def test_agreement_is_a_proxy_only_where_there_are_votes(faces: LabelledFaces) -> None:
    agreement = "raters who agree, of ten"
    assert agreement in picture_proxies(faces)
    assert agreement not in picture_proxies(replace(faces, has_votes=False))


def test_mirrored_a_face_is_in_the_same_bins_of_the_picture(served: Served, faces: LabelledFaces) -> None:
    proxies = proxies_of(faces, CONTRACT)
    for name in ("luminance, mean gray level", "contrast, standard deviation in gray levels"):
        values = proxies[name].values
        assert values[0] == pytest.approx(values[1])
    found = list(slices(served, served.about(faces), proxies))
    assert found[0].n == 2
    assert {each.proxy for each in found[1:]} == set(proxies)
