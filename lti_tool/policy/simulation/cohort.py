"""One cohort under every policy. Returns figures; prints and keeps nothing."""

from collections.abc import Iterable, Mapping, Sequence

from lti_tool.policy.simulation.policies import CANDIDATES, Candidate
from lti_tool.policy.simulation.run import Student, Term, evenings, live_through
from lti_tool.policy.simulation.tally import Figures, Lived, figures_of

VERSION = 1
"""Goes up when the invented students change, so that old figures are not taken for new ones."""


def simulate(
    *, students: int, seed: int, candidates: Sequence[Candidate] = CANDIDATES
) -> Mapping[str, Figures]:
    """The figures of each policy, by its name, for the same students."""
    lived: dict[str, list[Lived]] = {candidate.name: [] for candidate in candidates}
    for number in range(students):
        student = Student.draw(seed, number)
        for name, term in _terms(student, candidates, seed):
            lived[name].append((student, term))
    return {name: figures_of(terms) for name, terms in lived.items()}


def _terms(student: Student, candidates: Sequence[Candidate], seed: int) -> Iterable[tuple[str, Term]]:
    """Sessions are judged once for each way of learning, and looked at under every policy."""
    reach = max(candidate.policy.reach for candidate in candidates)
    for learning in {candidate.learning: None for candidate in candidates}:
        days = list(evenings(student, learning, reach))
        for candidate in candidates:
            if candidate.learning == learning:
                yield candidate.name, live_through(student, days, candidate.policy, seed)
