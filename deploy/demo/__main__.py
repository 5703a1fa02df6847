"""Run the demonstration until Ctrl-C: `python -m deploy.demo`. `--check` does the main job once."""

import argparse
import fcntl
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from deploy.demo.broker import BrokerMissing
from deploy.demo.stack import ROOT, Say, Stack, StepFailed, running_stack
from deploy.demo.supervisor import PartLost

FOLDER = ROOT / "var" / "demo"
CHECK_INTERVAL_S = 4

LINKS = """
Attune is running. Begin here: {platform}/
It shows what to look at as a student, a counselor, an instructor and an administrator. Or go straight in as
    a student     {student}
    a counselor   {counselor}
    an instructor {instructor}
(Ctrl-C stops everything)
"""


class Stopped(BaseException):
    """Somebody asked us to stop."""


def main() -> int:
    """Run what was asked for; the result is the exit status."""
    os.umask(0o077)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    check = _arguments().check
    try:
        _check() if check else _run_until_stopped()
    except (BrokerMissing, PartLost, StepFailed) as error:
        _say(f"Stopped: {error}")
        return 1
    except Stopped:
        _say("Stopped. Nothing is left running.")
        return int(check)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.demo", description=__doc__)
    parser.add_argument("--check", action="store_true", help="do the main job once in a headless browser")
    return parser.parse_args()


def _run_until_stopped() -> None:
    with _alone(FOLDER), running_stack(FOLDER, _progress(), fixed_ports=True) as stack:
        print(_links(stack), flush=True)  # noqa: T201 -- standard output is this program's interface
        stack.supervisor.watch()


def _check() -> None:
    # Here and not above: whoever only looks at the demonstration needs no browser driver.
    from deploy.demo.check import CheckFailed, main_job

    say = _progress()
    with (
        tempfile.TemporaryDirectory(prefix="attune-check-") as folder,
        running_stack(
            Path(folder), say, outer=_without_a_database(os.environ), snippet_interval_s=CHECK_INTERVAL_S
        ) as stack,
    ):
        try:
            print(main_job(stack, say), flush=True)  # noqa: T201
        except CheckFailed as error:
            raise StepFailed(f"the main job was not done. {error}") from error


def _without_a_database(outer: Mapping[str, str]) -> dict[str, str]:
    """A check makes its own: its keys go with its folder, and files in another database could not be read."""
    return {name: value for name, value in outer.items() if name not in ("DATABASE_URL", "DATABASE_URL_FILE")}


def _links(stack: Stack) -> str:
    people = {name: stack.page(name) for name in ("student", "instructor", "counselor")}
    return LINKS.format(platform=stack.platform_url, **people)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One demonstration at a time in one folder. Raises StepFailed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StepFailed("the demonstration is already running in this folder.") from None
        yield


def _progress() -> Say:
    started = time.monotonic()
    return lambda text: _say(f"{time.monotonic() - started:5.1f} s  {text} ...")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _stop(number: int, frame: FrameType | None) -> None:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
