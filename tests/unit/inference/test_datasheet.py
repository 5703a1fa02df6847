"""What the data sheet counts."""

from __future__ import annotations

import numpy as np
import pytest

from inference.training.dataset import FER2013_LABELS, Sheet
from inference.training.datasheet import data_table, one_against_the_rest


@pytest.mark.parametrize(
    ("votes", "agreement"),
    [
        ([[10, 0, 0]], 1.0),
        ([[5, 5, 0]], 0.0),  # the nine others chose the other one more often
        ([[6, 4, 0]], 0.6),
        ([[1, 1, 1]], 0.0),
        ([[2, 1, 1]], 2 / 4 * 1 / 3),
    ],
)
def test_one_rater_against_the_others(votes: list[list[int]], agreement: float) -> None:
    assert one_against_the_rest(np.array(votes)) == pytest.approx(agreement)


def test_the_table_counts_rows_duplicates_and_majorities() -> None:
    votes = np.zeros((5, 10), np.int64)
    votes[[0, 1, 2], 1] = 10  # happiness
    votes[3, [0, 4]] = 5  # a tie
    votes[4, 4] = 10  # anger
    sheet = Sheet(
        images=np.arange(5, dtype=np.uint8)[:, None, None] * np.ones((1, 48, 48), np.uint8),
        votes=votes,
        in_training=np.array([True, True, True, False, False]),
        same_image_group=np.array([0, 0, 2, 3, 4]),
        original=np.full(5, FER2013_LABELS.index("happy")),
    )
    table = "\n".join(data_table(sheet))
    assert "| rows that share their pixels with another row | 2 |" in table
    assert "| training rows used | 2 |" in table
    assert "| validation rows used, with a majority | 2, 1 |" in table
    assert "| rows without a majority | 1 |" in table
    assert "| FER2013's label is the FER+ majority | 75.0 % of the rows with one |" in table
    assert "| happiness | 2 | 0 |" in table
    assert "| anger | 0 | 1 |" in table
