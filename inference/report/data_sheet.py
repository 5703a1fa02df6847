"""data-sheet.md: how many faces of which kind the network was fitted on."""

from __future__ import annotations

from inference.report.study import Page, Study
from inference.training.corpora import read_corpus
from inference.training.datasheet import data_table


def page(study: Study) -> Page:
    """Counts of rows, duplicates, votes and majorities."""
    return Page({"data": "\n".join(data_table(read_corpus(study.data)))})
