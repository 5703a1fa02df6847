"""Command line: `python -m tests.platform --tool-url http://localhost:8000`."""

import argparse
import contextlib
import json
import signal

from tests.platform.platform import Platform
from tests.platform.server import address_of, listen, make_server


def main() -> None:
    arguments = _parser().parse_args()
    # uvicorn shuts down first and then raises the signal again: end on it as on Ctrl-C, without a trace.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), listen(arguments.host, arguments.port) as taken:
        platform = Platform(address_of(taken), arguments.tool_url.rstrip("/"))
        if arguments.share_names:
            platform.share_names()
        _announce(platform, as_json=arguments.json)
        make_server(platform, log_level=arguments.log_level).run([taken])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.platform", description=__doc__)
    parser.add_argument("--tool-url", required=True, help="the tool, for example http://localhost:8000")
    parser.add_argument("--host", default="127.0.0.1", help="not the tool's site (default %(default)s)")
    parser.add_argument("--port", type=int, default=9000, help="0 takes a free one (default %(default)s)")
    parser.add_argument("--share-names", action="store_true", help="tell the tool who people are")
    parser.add_argument("--json", action="store_true", help="announce address and registration as JSON")
    parser.add_argument("--log-level", default="warning", choices=("debug", "info", "warning", "error"))
    return parser


def _announce(platform: Platform, *, as_json: bool) -> None:
    if as_json:
        line = json.dumps({"url": platform.base_url, "registration": platform.registration()})
    else:
        line = f"Demonstration platform: {platform.base_url}/ (Ctrl-C stops it)"
    print(line, flush=True)  # noqa: T201 -- standard output is this program's interface


if __name__ == "__main__":
    main()
