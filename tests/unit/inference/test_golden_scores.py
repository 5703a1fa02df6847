"""Scores that every implementation must give for the same probabilities; the browser's reads the file too."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inference.contract import Contract
from inference.scoring import Scorer

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "scores.json").read_text())


def test_the_golden_file_was_written_for_this_contract() -> None:
    contract = Contract.read()
    assert GOLDEN["score_version"] == contract.score.version
    assert GOLDEN["weights"] == contract.score.weights
    assert tuple(GOLDEN["expressions"]) == contract.expressions


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_probabilities_give_the_golden_score(case: dict[str, Any]) -> None:
    contract = Contract.read()
    scorer = Scorer(contract.score, contract.expressions)
    shares = np.array(case["frames"])
    assert astuple(scorer.score(shares)) == pytest.approx(
        [case[key] for key in ("score", "low", "high")], abs=1e-9
    )
    assert scorer.robust_mean(shares).tolist() == pytest.approx(case["mean"], abs=1e-9)
