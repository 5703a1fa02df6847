"""Read what the running stack has stored, from outside: the tool's own code runs in another process."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.demo.stack import Stack

FILE_OF_STUDENT = """
import json
from lti_tool.records.models import MentalHealthFile, StressRecord
from lti_tool.vault import services as vault
from lti_tool.vault.errors import KeyDestroyed
file = MentalHealthFile.objects.filter(student__sub={sub!r}).latest("opened_at")
try:
    vault.open_data_key(file.data_key)
    opens = True
except KeyDestroyed:
    opens = False
print(json.dumps({{
    "closed": file.closed_at is not None,
    "key_opens": opens,
    "wrapped_key": bytes(file.data_key.wrapped).hex(),
    "records": [bytes(r.sealed).hex() for r in StressRecord.objects.filter(file=file)],
}}))
"""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A student's file as the database holds it."""

    closed: bool
    key_opens: bool
    wrapped_key: str
    records: list[str]


def file_of(stack: Stack, sub: str) -> StoredFile:
    said = stack.manage("shell", "--verbosity", "0", "-c", FILE_OF_STUDENT.format(sub=sub))
    answer: dict[str, Any] = json.loads(said.strip().splitlines()[-1])
    return StoredFile(**answer)


def on_disk(stack: Stack, *secrets_in_hex: str) -> list[str]:
    """Which of these byte strings are still in the database's files, free pages and journal included."""
    database = Path(stack.env["DATABASE_URL"].removeprefix("sqlite:///"))
    held = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    return [secret for secret in secrets_in_hex if bytes.fromhex(secret) in held]


def resident_mb(pid: int) -> float:
    """The resident memory of one process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *map(int, children)]
