"""What all pages are about: the network that ships, the clean validation faces, and its answer about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference.contract import Contract
from inference.training.dataset import LabelledFaces
from inference.training.framing import FoundFaces, find_pasted
from inference.training.served import Answer, Served


@dataclass(frozen=True)
class Study:
    """Faces with a majority label, and what ships. What takes long is done once."""

    faces: LabelledFaces
    served: Served
    data: Path  # where the faces were read from

    @property
    def contract(self) -> Contract:
        """The contract that was served."""
        return self.served.contract

    @cached_property
    def answer(self) -> Answer:
        """About the faces as FER2013 framed them."""
        return self.served.about(self.faces)

    @cached_property
    def pasted(self) -> FoundFaces:
        """The faces in camera frames, as far as the detector finds them."""
        return find_pasted(self.faces, self.contract)

    @property
    def first_half(self) -> NDArray[np.bool_]:
        """Every other face: what is chosen by these is reported on the rest."""
        return np.asarray(np.arange(len(self.faces)) % 2 == 0, dtype=bool)

    def facts(self) -> str:
        """One line under which conditions a page's figures hold."""
        version, count = self.contract.model_version, len(self.faces)
        return f"Network {version}, {count:,} clean validation faces with a majority label."


@dataclass(frozen=True)
class Page:
    """The parts of one Markdown file that are made by code: tables by name, and figures by file name."""

    tables: Mapping[str, str]
    figures: Mapping[str, bytes] = field(default_factory=dict)
