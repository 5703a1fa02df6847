"""Try the alert policies on simulated students, and say what they do. Not a validation: nobody is real."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import BaseCommand

from lti_tool.domain.predictive import Share
from lti_tool.policy.figures import COMMITTED, Simulated, fingerprint, sample
from lti_tool.policy.simulation.cohort import simulate

COLUMNS = ("policy", "sensitivity", "long & visible", "specificity", "predictive", "days", "p90", "alerts")


class Command(BaseCommand):
    """Takes minutes for thousands of students. The same seed gives the same figures."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and how to say it."""
        parser.add_argument("--students", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1)
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--json", action="store_true", help="as JSON")
        how.add_argument("--table", action="store_true", help="as a table (this is what happens anyway)")
        how.add_argument("--write", action="store_true", help="into the file that the policy page reads")

    def handle(self, *, students: int, seed: int, **options: object) -> None:
        """One run."""
        run = Simulated(
            command=f"manage.py simulate_cohort --students {students} --seed {seed} --write",
            fingerprint=fingerprint(),
            students=students,
            seed=seed,
            policies=simulate(students=students, seed=seed),
            sample=sample(),
        )
        body = json.dumps(run.to_json(), indent=1) + "\n"
        if options["write"]:
            COMMITTED.write_text(body, "utf-8")
        self.stdout.write(body if options["json"] else "\n".join(_table(run)))


def _table(run: Simulated) -> Iterator[str]:
    yield f"{run.students} simulated students, seed {run.seed}, rules {run.fingerprint}. Not a validation."
    yield _line(COLUMNS)
    for name, figures in run.policies.items():
        shares = (
            figures.sensitivity,
            figures.sensitivity_long_visible,
            figures.specificity,
            figures.predictive_value,
        )
        delays = (f"{figures.median_days}", f"{figures.p90_days}")
        yield _line((name, *map(_share, shares), *delays, f"{figures.alerts_per_counselor_week:.2f}"))


def _line(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(20 if number < 5 else 6) for number, cell in enumerate(cells)).rstrip()


def _share(share: Share | None) -> str:
    return f"{share.value:.3f} ({share.low:.3f}-{share.high:.3f})" if share else "-"
