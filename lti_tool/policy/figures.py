"""The committed figures of the simulation, and whether they still belong to the rules. Simulates nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from lti_tool.domain import baseline, stress
from lti_tool.domain.predictive import Share
from lti_tool.policy.simulation.cohort import VERSION, simulate
from lti_tool.policy.simulation.policies import CANDIDATES
from lti_tool.policy.simulation.tally import Figures

COMMITTED = Path(__file__).with_name("figures.json")
SAMPLE, SAMPLE_SEED = 40, 7
_SHARES = ("sensitivity", "sensitivity_long_visible", "specificity", "predictive_value")


@dataclass(frozen=True, slots=True)
class Simulated:
    """What one run came to: figures by the name of the policy, and how to get them again.

    `sample`: the figures of a few other students, quick to make again. When they differ, a rule has changed
    that has no value to be found in the fingerprint.
    """

    command: str
    fingerprint: str
    students: int
    seed: int
    policies: Mapping[str, Figures]
    sample: Mapping[str, Any]

    @property
    def is_current(self) -> bool:
        """Whether the rules and the invented students are still those that made it."""
        return self.fingerprint == fingerprint()

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for json.dumps."""
        policies = {name: figures.to_json() for name, figures in self.policies.items()}
        return {name: getattr(self, name) for name in self.__slots__} | {"policies": policies}


def fingerprint() -> str:
    """Of everything that the figures depend on and that has a value: rules, candidates, version."""
    learning = (baseline.SESSIONS_NEEDED, baseline.SESSIONS_KEPT, baseline.MAD_FLOOR)
    return sha256(repr((VERSION, CANDIDATES, stress.DEFAULT, learning)).encode()).hexdigest()[:16]


def sample() -> dict[str, Any]:
    """The figures of SAMPLE students of another seed."""
    figures = simulate(students=SAMPLE, seed=SAMPLE_SEED)
    return {name: found.to_json() for name, found in figures.items()}


@cache
def committed() -> Simulated:
    """The run whose figures the page shows."""
    body = json.loads(COMMITTED.read_text("utf-8"))
    return Simulated(**body | {"policies": {name: _figures(v) for name, v in body["policies"].items()}})


def _figures(values: Mapping[str, Any]) -> Figures:
    shares = {name: Share(*values[name]) if values[name] else None for name in _SHARES}
    return Figures(**{**values, **shares})
