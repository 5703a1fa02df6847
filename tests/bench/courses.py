"""`python -m tests.bench.courses [STUDENTS...]`: courses of so many students, in a database of its own.

Exits 1 when the page of one student's term takes longer than it may.
"""

import os
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command


def main(students: list[int]) -> int:
    """SQLite in a folder that goes afterwards, or the empty database that DATABASE_URL names."""
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'attune.sqlite3'}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        django.setup()
        call_command("migrate", verbosity=0)
        from tests.bench import vault

        return vault.run(students)


if __name__ == "__main__":
    sys.exit(main([int(count) for count in sys.argv[1:]] or [20, 100, 200]))
