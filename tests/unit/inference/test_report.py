"""The pages of figures: tables go where the prose has a place for them, plots are the same each time."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from inference.contract import EXPRESSIONS, Contract
from inference.errors import UnreadableInput
from inference.report import markdown
from inference.report.figures import drawing
from inference.report.markdown import PageDiffers, fill, percent, points, table
from inference.report.study import Study
from inference.report.write import PAGES, PLACES, write
from inference.training.dataset import LabelledFaces
from inference.training.intervals import Change
from inference.training.served import Served

DOCS = Path(__file__).parents[3] / "docs" / "model"


def file_of(name: str) -> Path:
    return PLACES.get(name, DOCS / f"{name}.md")


drawn = pytest.mark.training  # plots need matplotlib, which comes with the full requirement set


def test_a_table_replaces_what_stood_in_its_place_and_the_prose_stays() -> None:
    text = "Before.\n<!-- table: one -->\nold\n<!-- end -->\nAfter.\n"
    filled = fill(text, {"one": "new"})
    assert filled == "Before.\n<!-- table: one -->\n\nnew\n\n<!-- end -->\nAfter.\n"
    assert fill(filled, {"one": "new"}) == filled


@pytest.mark.parametrize("tables", [{}, {"one": "", "two": ""}, {"two": ""}])
def test_a_table_without_a_place_or_a_place_without_a_table_is_named(tables: dict[str, str]) -> None:
    with pytest.raises(PageDiffers, match=r"one|two"):
        fill("<!-- table: one -->\n<!-- end -->", tables)


def test_numbers_are_written_as_people_read_them() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert (percent(0.1234), percent(None)) == ("12.3 %", "-")
    assert points(Change(-0.0123, -0.02, 0.001)) == "-1.2 (-2.0 to +0.1)"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_there_and_shows_only_figures_that_are_there(name: str) -> None:
    text = file_of(name).read_text()
    figures = [part.split(")")[0] for part in text.split("](figures/")[1:]]
    assert all((DOCS / "figures" / figure).is_file() for figure in figures)
    assert "<!-- table: " in text


def test_a_page_that_is_not_known_is_named_before_anything_is_measured(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="weather"):
        write(tmp_path, tmp_path, pages=["weather"])


@drawn
def test_a_drawing_of_the_same_data_is_the_same_file_and_names_no_date() -> None:
    files = []
    for _ in range(2):
        with drawing(2) as figure:
            figure.axes[0].plot([0, 1], [1, 0])
        files.append(figure.svg)
    assert files[0] == files[1]
    assert b"<dc:date>" not in files[0]


@drawn
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_few_faces_fills_the_committed_text(
    name: str, faces: LabelledFaces, tmp_path: Path
) -> None:
    """The same two pictures, said to show each of the expressions."""
    (tmp_path / "happy").mkdir()
    for number, image in enumerate(faces.images):
        cv2.imwrite(str(tmp_path / "happy" / f"{number}.png"), image)
    majority = np.repeat(np.arange(len(EXPRESSIONS)), len(faces))
    votes = np.eye(len(EXPRESSIONS), dtype=np.float32)[majority]
    faces = LabelledFaces(np.tile(faces.images, (len(EXPRESSIONS), 1, 1)), votes, majority)
    page = PAGES[name](Study(faces, Served(Contract.read()), tmp_path))
    assert markdown.fill(file_of(name).read_text(), page.tables)
    assert all(len(svg) < 100_000 and svg.startswith(b"<?xml") for svg in page.figures.values())
