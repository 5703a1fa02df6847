"""`python -m tests.bench.queues [CASES]`: a counselor's queue of so many cases, one in five of them open.

In a database of its own. Exits 1 when a page takes longer than it may.
"""

import os
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command


def main(cases: int) -> int:
    """SQLite in a folder that goes afterwards, or the empty database that DATABASE_URL names."""
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'attune.sqlite3'}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        django.setup()
        call_command("migrate", verbosity=0)
        from tests.bench import queue_page

        return queue_page.run(cases)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
