"""A PostgreSQL cluster that lives as long as it is needed. Knows nothing of tables.

`python -m tests.postgres COMMAND...` runs a command with DATABASE_URL pointing at one.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.demo.broker import free_port


def _tool(name: str) -> str:
    """`initdb` and friends; Debian keeps them off the PATH."""
    found = shutil.which(name) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None
    )
    if found is None:
        raise RuntimeError(f"{name} is missing: sudo apt-get install -y postgresql")
    return found


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to its own user then."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def running_cluster() -> Iterator[str]:
    """The URL of an empty database in a fresh cluster on a free loopback port."""
    with tempfile.TemporaryDirectory(prefix="attune-postgres-") as name:
        folder, port = Path(name), free_port()
        prefix, data = _unprivileged(folder), folder / "data"
        control = [*prefix, _tool("pg_ctl"), "-D", str(data), "-w", "-s"]
        _run([*prefix, _tool("initdb"), "-D", str(data), "-A", "trust", "-U", "attune", "--no-sync"])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
        _run([*control, "-o", options, "-l", str(folder / "log"), "start"])
        try:
            yield f"postgres://attune@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def empty_database(cluster: str) -> str:
    """The URL of one more database in the cluster. It goes when the cluster does."""
    name = f"empty_{uuid.uuid4().hex}"
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return cluster.rpartition("/")[0] + f"/{name}"


def _run(argv: list[str]) -> None:
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, cwd="/")


if __name__ == "__main__":
    with running_cluster() as database_url:
        environment = {**os.environ, "DATABASE_URL": database_url}
        sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
