"""A whole stack for tests in another language: its addresses in one line of JSON, and it ends with its input.

python -m tests.e2e.serve
"""

import json
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from deploy.demo.stack import running_stack


def main() -> None:
    """A snippet every three seconds, as in the other tests with a browser."""
    with (
        TemporaryDirectory(prefix="attune-served-") as folder,
        running_stack(Path(folder) / "stack", partial(_tell, sys.stderr), snippet_interval_s=3) as stack,
    ):
        _tell(sys.stdout, json.dumps({"tool": stack.tool_url, "platform": stack.platform_url}))
        sys.stdin.read()


def _tell(whom: TextIO, line: str) -> None:
    whom.write(f"{line}\n")
    whom.flush()


if __name__ == "__main__":
    main()
