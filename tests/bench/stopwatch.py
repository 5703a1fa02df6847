"""CPU time of one request after another, split into parts. Knows nothing of what the parts are."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Spent:
    """Seconds in each part, without the parts inside of it, and how often each began."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    times: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Spent") -> "Spent":
        seconds = {part: self.seconds[part] + other.seconds[part] for part in {*self.seconds, *other.seconds}}
        return Spent(defaultdict(float, seconds), self.times + other.times)

    @property
    def whole(self) -> float:
        return sum(self.seconds.values())


class Stopwatch:
    """Charges the process' CPU time to the innermost part under way.

    One stack serves all threads: while Django's thread works for a request, the event loop waits for it.
    """

    def __init__(self) -> None:
        self._spent = Spent()
        self._under_way: list[str] = []
        self._since = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._charge()
        self._under_way.append(name)
        self._spent.times[name] += 1
        try:
            yield
        finally:
            self._charge()
            self._under_way.pop()

    def timed(self, name: str, function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def in_part(*args: P.args, **kwargs: P.kwargs) -> R:
            with self.part(name):
                return function(*args, **kwargs)

        return in_part

    def take(self) -> Spent:
        """What was spent since this was last asked."""
        spent, self._spent = self._spent, Spent()
        return spent

    def _charge(self) -> None:
        now = time.process_time()
        if self._under_way:
            self._spent.seconds[self._under_way[-1]] += now - self._since
        self._since = now
