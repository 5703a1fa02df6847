"""Measure snippets: the whole pipeline at a glance. Knows nothing of Django, storage or persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self

from inference.contract import WEIGHTS_DIR, Contract
from inference.measurement import Measurement
from inference.runtimes import Runtime

if TYPE_CHECKING:
    from inference.expressions import Shares
    from inference.frames import Gray
    from inference.quality import Reason
    from inference.stages import Stages


class Analyser:
    """Decode, find the face, judge the frame, cut the face out, ask the network, score.

    Not for several threads at once: each worker process loads its own, after it was forked.
    """

    def __init__(self, contract: Contract, stages: Stages) -> None:
        self.contract = contract
        self.stages = stages

    @classmethod
    def load(cls, weights_dir: Path | None = None, *, runtime: Runtime = Runtime.LITERT) -> Self:
        """Verify, then open OpenCV, MediaPipe and the runtime. Raises what `verify` raises."""
        contract = cls.verify(weights_dir, runtime=runtime)
        from inference.stages import Stages  # heavy, and not before the hashes are right

        return cls(contract, Stages.open(contract, weights_dir or WEIGHTS_DIR, runtime))

    @staticmethod
    def verify(weights_dir: Path | None = None, *, runtime: Runtime = Runtime.LITERT) -> Contract:
        """Compare every model file with the contract, and look for the runtime. Opens nothing heavy.

        Raises ModelFileMissing, ModelFileChanged, RuntimeNotInstalled.
        """
        contract = Contract.read()
        contract.verify(weights_dir or WEIGHTS_DIR)
        runtime.require()
        return contract

    def measure(self, frames: Sequence[bytes], *, least_valid_frames: int | None = None) -> Measurement:
        """Measure the JPEG frames of one snippet.

        Frames that cannot be used are counted by reason. With fewer valid frames than the contract asks for
        (or than `least_valid_frames`) the score is None: not enough data is an answer, not an error.
        """
        (measured,) = self.measure_many([frames], least_valid_frames=least_valid_frames)
        return measured

    def measure_many(
        self, snippets: Sequence[Sequence[bytes]], *, least_valid_frames: int | None = None
    ) -> list[Measurement]:
        """Measure each snippet as `measure` does, asking the network once for all of them."""
        judged = [self.stages.crops(frames) for frames in snippets]
        valid = [[crop for crop in crops if not isinstance(crop, str)] for crops in judged]
        # All crops in a row: between two runs of the detector the network's weights would leave the cache.
        shares = self.stages.network.shares(list(chain.from_iterable(valid)))
        bounds = pairwise(accumulate(map(len, valid), initial=0))
        least = least_valid_frames or self.contract.score.least_valid_frames
        return [
            self._measurement(crops, shares[start:end], least)
            for crops, (start, end) in zip(judged, bounds, strict=True)
        ]

    def close(self) -> None:
        """Stop the detector's threads; the analyser cannot be used afterwards."""
        self.stages.finder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _measurement(self, crops: Sequence[Gray | Reason], valid: Shares, least: int) -> Measurement:
        """crops: one for each frame. valid: (valid frames, expressions)."""
        score = self.stages.scorer.score(valid) if len(valid) >= least else None
        return Measurement(
            score=score.value if score else None,
            low=score.low if score else None,
            high=score.high if score else None,
            frames=len(crops),
            valid_frames=len(valid),
            coverage=len(valid) / len(crops) if crops else 0.0,
            reasons=dict(Counter(str(crop) for crop in crops if isinstance(crop, str))),
            expressions=self._expressions(valid),
            model_version=self.contract.model_version,
            score_version=self.contract.score.version,
        )

    def _expressions(self, valid: Shares) -> dict[str, float] | None:
        if not len(valid):
            return None
        means = self.stages.scorer.robust_mean(valid)
        return dict(zip(self.contract.expressions, means.tolist(), strict=True))
