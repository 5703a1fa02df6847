"""Find out what labelled data a path holds, and read it: the sheet, class folders, or an .npz file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.contract import EXPRESSIONS
from inference.errors import UnreadableInput
from inference.training.dataset import (
    FACE_SIZE,
    NO_LABEL,
    LabelledFaces,
    load_sheet,
    shares_of_faces,
    strict_majority,
)

SYNONYMS = {
    "neutral": "neutral calm normal",
    "happiness": "happiness happy joy smile",
    "surprise": "surprise surprised",
    "sadness": "sadness sad",
    "anger": "anger angry",
    "disgust": "disgust disgusted",
    "fear": "fear fearful afraid scared",
    "contempt": "contempt contemptuous",
}
_EXPRESSION_OF = {word: name for name, words in SYNONYMS.items() for word in words.split()}
FER2013_ORDER = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"})


def read_labelled(path: Path) -> LabelledFaces:
    """The faces to evaluate on: of the sheet, its clean validation rows. Raises UnreadableInput."""
    if (path / "labels.csv").is_file():
        return load_sheet(path).clean_validation()
    if path.is_dir():
        return read_class_folders(path)
    if path.suffix == ".npz" and path.is_file():
        return read_npz(path)
    raise UnreadableInput(f"{path}: neither a folder with labels.csv, nor class folders, nor an .npz file")


def read_class_folders(path: Path) -> LabelledFaces:
    """One folder per expression, any usual name, each holding pictures of faces already cut out."""
    folders = {entry: expression_named(entry.name) for entry in sorted(path.iterdir()) if entry.is_dir()}
    found = [
        (picture, name)
        for folder, name in folders.items()
        if name is not None
        for picture in sorted(folder.rglob("*"))
        if picture.suffix.lower() in PICTURES
    ]
    if not found:
        raise UnreadableInput(f"{path}: no folder named after an expression holds a picture")
    images = np.stack([_read_picture(picture) for picture, _ in found])
    return labelled(images, np.array([EXPRESSIONS.index(name) for _, name in found]))


def read_npz(path: Path) -> LabelledFaces:
    """`images` (N, H, W) or (N, H, W, 3), `label`, and if there, `ferplus_votes`, which wins over it."""
    try:
        opened = np.load(path, allow_pickle=False)
    except (ValueError, EOFError, BadZipFile) as error:
        raise UnreadableInput(f"{path}: not an .npz file that can be read") from error
    with opened as arrays:
        missing = {"images", "label"} - set(arrays.files)
        if missing:
            raise UnreadableInput(f"{path}: no array named {' or '.join(sorted(missing))}")
        images = np.stack([framed(image) for image in arrays["images"]])
        original = np.array([_fer2013_index(label) for label in arrays["label"]], dtype=np.int64)
        if "ferplus_votes" in arrays.files:
            faces = _voted(images, np.asarray(arrays["ferplus_votes"], dtype=np.int64))
        else:
            faces = labelled(images, np.array([_label_index(label, path) for label in arrays["label"]]))
        return replace(faces, original=original)


def labelled(images: NDArray[np.uint8], majority: NDArray[np.int64]) -> LabelledFaces:
    """Faces with one label each and no votes behind it."""
    return LabelledFaces(
        images, np.eye(len(EXPRESSIONS), dtype=np.float32)[majority], majority, has_votes=False
    )


def expression_named(word: str) -> str | None:
    """The expression that a folder or label names, or None."""
    letters = "".join(char for char in word.lower() if char.isalpha())
    return _EXPRESSION_OF.get(letters)


def framed(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring a face crop of any size to FER2013's: gray, 48 by 48."""
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) if image.ndim == 3 and image.shape[2] == 3 else image
    gray = gray.reshape(gray.shape[:2])
    if gray.shape == (FACE_SIZE, FACE_SIZE):
        return np.asarray(gray, dtype=np.uint8)
    method = cv2.INTER_AREA if min(gray.shape) > FACE_SIZE else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(gray, (FACE_SIZE, FACE_SIZE), interpolation=method), dtype=np.uint8)


def _voted(images: NDArray[np.uint8], votes: NDArray[np.int64]) -> LabelledFaces:
    missing = len(EXPRESSIONS) + 2 - votes.shape[1]
    votes = np.pad(votes, ((0, 0), (0, max(0, missing))))
    return LabelledFaces(images, shares_of_faces(votes), strict_majority(votes))


def _label_index(label: np.generic, path: Path) -> int:
    """A word, or a number in FER2013's own order."""
    if isinstance(label, np.integer) and 0 <= int(label) < len(FER2013_ORDER):
        return EXPRESSIONS.index(FER2013_ORDER[int(label)])
    name = expression_named(str(label))
    if name is None:
        raise UnreadableInput(f"{path}: {label!r} is not an expression")
    return EXPRESSIONS.index(name)


def _fer2013_index(label: np.generic) -> int:
    """The same label in FER2013's order; `NO_LABEL` for what it has no word for."""
    if isinstance(label, np.integer):
        return int(label) if 0 <= int(label) < len(FER2013_ORDER) else NO_LABEL
    name = expression_named(str(label))
    return FER2013_ORDER.index(name) if name in FER2013_ORDER else NO_LABEL


def _read_picture(path: Path) -> NDArray[np.uint8]:
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise UnreadableInput(f"{path}: not a picture that can be read")
    return framed(np.asarray(picture, dtype=np.uint8))
