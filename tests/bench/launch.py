"""Measure the CPU time of launches: `python -m tests.bench.launch`, or `make bench-launch`.

Real logins, launches and pages go through the web process' ASGI application in this process, with its
middleware and a real database: an SQLite file, or the empty one that DATABASE_URL names (`python -m
tests.postgres python -m tests.bench.launch`). One returning person takes turns with people never seen before.
The parts of one column come from the same requests; as medians they need not add up to the last digit.

Not counted: uvicorn's reading and writing of HTTP, TLS, the proxy, the static files of a page, the fetch of
the platform's keys (once an hour), whatever PostgreSQL does in its own processes, and any waiting.
"""

import argparse
import asyncio
import json

from tests.bench.house import open_house


def main() -> None:
    arguments = _parser().parse_args()
    with open_house() as platform:
        from tests.bench.measure import measure
        from tests.bench.report import as_table, report

        found = report(asyncio.run(measure(platform, rounds=arguments.rounds)))
    print(json.dumps(found, indent=2) if arguments.json else as_table(found))  # noqa: T201 - the interface


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.launch", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=300, help="visits of each kind (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


if __name__ == "__main__":
    main()
