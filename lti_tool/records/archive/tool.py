"""Open, check and read an archive of mental-health files that a counselor exported from Attune.

This one file is enough: it needs Python 3.11 and the package pyrage (`pip install pyrage`), or the program
age before it. It knows neither Django nor any installation, asks nobody, and changes nothing.

    python attune_archive.py attune-STAT-1.age --identity key.txt
    python attune_archive.py attune-STAT-1.age --passphrase --csv tables
    age --decrypt --identity key.txt attune-STAT-1.age | python attune_archive.py -
"""

import argparse
import csv
import getpass
import hashlib
import io
import json
import os
import re
import sys
import tarfile
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

FORMAT = "attune-archive"
VERSION = 3
"""The one that is written. Those before it are read as well."""
ROOT = f"{FORMAT}-{VERSION}/"
MANIFEST = "manifest.json"
PEOPLE = "people.jsonl"
FILES = "files/"
MEMBER_MAX = 256 * 2**20  # a term of whole days at the camera is under 200 MB

AGE_CHUNK = 64 * 1024
"""An archive's inside fills whole chunks of age, so that one that was cut off shows by its size."""
_EXCESSIVE = "Excessive work"
_AGE_BEGIN, _AGE_NONCE, _AGE_TAG, _GZIP = b"age-encryption.org/v1\n", 16, 16, b"\x1f\x8b"
_PATH = re.compile(rf"{FORMAT}-([0-9]{{1,9}})/(.+)")
_NAME = re.compile(r"manifest\.json|people\.jsonl|files/[0-9a-f-]{36}\.jsonl")

Json = Mapping[str, Any]


class Fault(Enum):
    """What is wrong with an archive: the exit status for machines, the words for people."""

    NO_ARCHIVE = 3, "This is not an archive of Attune."
    CUT_OFF = 4, "The archive is cut off: its end is missing. Copy it again from where it was."
    CHANGED = 5, "The archive was changed after it was made. Do not use it."
    WRONG_KEY = 6, "This key or passphrase does not open the archive: it was locked for another one."
    UNKNOWN_VERSION = (
        7,
        "The archive has another version than this tool knows. Use the tool that came with it.",
    )
    NOT_AS_LISTED = 8, "What is inside is not what the archive itself lists. Do not use it."
    MALFORMED = 9, "Something inside is not written as an archive of this version is."
    TOO_SLOW = (
        11,
        "This machine is too slow, or too busy now, for the work that the passphrase was made to cost. "
        "Nothing is wrong with the archive: try again when it is idle, or on a faster machine.",
    )
    NO_OPENER = 10, "To open it, install pyrage (pip install pyrage), or let age decrypt it and hand it over."

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        self.words = words


class ArchiveFault(Exception):
    """An archive that is not to be used. `detail` says where; it holds nothing of what is inside."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        self.fault = fault
        super().__init__(f"{fault.words} {detail}".strip())


# ---- opening


def open_archive(data: bytes, *, identity: str = "", passphrase: str = "", tries: int = 3) -> bytes:
    """What is inside, still packed. `identity` is the text of a key file. Raises ArchiveFault.

    For a passphrase age measures how fast the machine is at this moment, and refuses what would take a busy
    one too long: hence the tries.
    """
    if data.startswith(_GZIP):
        return data  # age opened it already
    payload = len(data) - _payload_begin(data)
    try:
        import pyrage
    except ImportError:
        raise ArchiveFault(Fault.NO_OPENER) from None
    try:
        if passphrase:
            return bytes(pyrage.passphrase.decrypt(data, passphrase))
        keys = [line.strip() for line in identity.splitlines() if line.strip() and line[0] != "#"]
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key) for key in keys]))
    except pyrage.IdentityError:
        raise ArchiveFault(Fault.WRONG_KEY, "The key file holds no secret key of age.") from None
    except pyrage.DecryptError as error:
        if str(error).startswith(_EXCESSIVE) and tries > 1:
            return open_archive(data, passphrase=passphrase, tries=tries - 1)
        raise _why_closed(str(error), payload) from None


def _payload_begin(data: bytes) -> int:
    """Where age's header ends."""
    if not data.startswith(_AGE_BEGIN):
        raise ArchiveFault(Fault.CUT_OFF if _AGE_BEGIN.startswith(data) else Fault.NO_ARCHIVE)
    last_line = data.find(b"\n--- ")
    end = data.find(b"\n", last_line + 1)
    if last_line < 0 or end < 0:
        raise ArchiveFault(Fault.CUT_OFF)
    return end + 1


def _why_closed(said: str, payload: int) -> ArchiveFault:
    if said in {"No matching keys found", "Decryption failed"}:
        return ArchiveFault(Fault.WRONG_KEY, "Or its first lines were changed.")
    if said.startswith(_EXCESSIVE):
        return ArchiveFault(Fault.TOO_SLOW)
    whole = payload > _AGE_NONCE and (payload - _AGE_NONCE) % (AGE_CHUNK + _AGE_TAG) == 0
    return ArchiveFault(Fault.CHANGED if whole else Fault.CUT_OFF)


# ---- reading


class Member(NamedTuple):
    """One file of the archive. `version` is that of the form in which it is written."""

    name: str
    body: bytes
    version: int = VERSION

    def lines(self) -> Iterator[Json]:
        """Its JSON lines. Raises ArchiveFault."""
        for number, line in enumerate(self.body.splitlines(), start=1):
            yield read_json(line, f"{self.name}, line {number}")


def read_json(text: bytes, where: str) -> Json:
    """One JSON object. Raises ArchiveFault."""
    try:
        found = json.loads(text)
    except ValueError:
        raise ArchiveFault(Fault.MALFORMED, f"{where}: no JSON.") from None
    if not isinstance(found, dict):
        raise ArchiveFault(Fault.MALFORMED, f"{where}: no JSON object.")
    return found


def members(opened: bytes) -> Iterator[Member]:
    """Every member, in its order; one at a time in memory. Raises ArchiveFault."""
    try:
        with tarfile.open(fileobj=io.BytesIO(opened), mode="r|gz") as tar:
            for entry in tar:
                body = tar.extractfile(entry) if entry.size <= MEMBER_MAX else None
                if body is None:
                    raise ArchiveFault(
                        Fault.MALFORMED, "There is something in it that is no file, or too long."
                    )
                name, version = _place_of(entry.name)
                yield Member(name, body.read(), version)
    except (tarfile.TarError, zlib.error, EOFError, OSError):
        raise ArchiveFault(Fault.MALFORMED, "It does not unpack.") from None


def _place_of(path: str) -> tuple[str, int]:
    """A member's name, and the version under which it lies."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise ArchiveFault(Fault.NO_ARCHIVE, "It opens, and something else is in it.")
    version = int(found[1])
    if not 1 <= version <= VERSION:
        raise ArchiveFault(Fault.UNKNOWN_VERSION, f"Its version is {version}; this knows 1 to {VERSION}.")
    if not _NAME.fullmatch(found[2]):
        raise ArchiveFault(Fault.MALFORMED, "There is something in it that no archive holds.")
    return found[2], version


# ---- what each line must hold: every field, and no other


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 1000


def _is_plain(value: object) -> bool:
    """Text as a person's own words are kept: lines, without other control characters or blanks around."""
    return (
        isinstance(value, str)
        and _is_text(value)
        and value == value.strip()
        and all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"} for c in value)
    )


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _is_language(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[a-z]{2,3}(-[a-z0-9]{2,6})?", value) is not None


def _one_of(*values: object) -> Callable[[object], bool]:
    return lambda value: any(value == known and type(value) is type(known) for known in values)


def _or_none(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or check(value)


def _each(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _is_counts(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value)) and all(map(_is_count, value.values()))


def _is_sessions(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_id(key) and isinstance(own, list) and len(own) == 2 and _is_moment(own[0]) and _is_share(own[1])
        for key, own in value.items()
    )


def _has(fields: Mapping[str, Callable[[object], bool]]) -> Callable[[object], bool]:
    return lambda value: (
        isinstance(value, dict)
        and value.keys() == fields.keys()
        and all(check(value[name]) for name, check in fields.items())
    )


_CONSENT = {
    "kind": _one_of("consent"), "purposes": _each(_one_of("camera", "counselor", "class")),
    "text_version": _is_text, "text_hash": _is_hash, "adult_confirmed": _one_of(True, False),
    "age_asked": _is_count, "shown_by_own_act": _one_of(True, False), "answered_at": _is_moment,
}  # fmt: skip
_LANGUAGE_SINCE = 3
"""Before it every text was in English, and an answer said nothing of its language."""
_BASELINE = _has({"kind": _one_of("baseline"), "updated_at": _is_moment, "sessions": _is_sessions})
_RECORD = _has({
    "kind": _one_of("record"), "id": _is_id, "session_id": _is_id, "recorded_at": _is_moment,
    "origin": _one_of("measured", "generated"), "schema_version": _one_of(1),
    "score": _or_none(_is_share), "low": _or_none(_is_share), "high": _or_none(_is_share),
    "level": _one_of("unknown", "lower", "usual", "raised", "high"),
    "doubt": _or_none(_one_of("no_score", "too_wide", "calibrating")),
    "frames": _is_count, "valid_frames": _is_count, "coverage": _is_share, "reasons": _is_counts,
    "model_version": _is_text, "score_version": _is_text,
})  # fmt: skip
_REMARK = _has({
    "kind": _one_of("remark"), "session_id": _is_id, "written_at": _is_moment, "text": _is_plain,
    "does_not_fit": _one_of(True, False),
})  # fmt: skip


def _is_remark(line: object) -> bool:
    return isinstance(line, dict) and _REMARK(line) and bool(line["text"] or line["does_not_fit"])


class Counted(NamedTuple):
    """A kind of line that a file may have many of: its form, what tells two apart, since which version."""

    conforms: Callable[[object], bool]
    told_apart_by: str
    since: int


COUNTED = {
    "record": Counted(_RECORD, "id", 1),
    "remark": Counted(_is_remark, "session_id", 2),
}
"""Another kind is one more row here, one more version, and one more row in Attune's own `carrying`."""


def kinds_of(version: int) -> tuple[str, ...]:
    """The kinds that an archive of this version counts; `record` is counted under `records`."""
    return tuple(kind for kind, counted in COUNTED.items() if counted.since <= version)


def _numbers_of(version: int) -> dict[str, Callable[[object], bool]]:
    return {f"{kind}s": _is_count for kind in kinds_of(version)}


def _head(version: int) -> Callable[[object], bool]:
    fields = {"kind": _one_of("file"), "id": _is_id, "student": _is_id, "opened_at": _is_moment}
    return _has(fields | _numbers_of(version))


def _consent(version: int) -> Callable[[object], bool]:
    language = {"text_language": _is_language} if version >= _LANGUAGE_SINCE else {}
    return _has(_CONSENT | language)


def _manifest(version: int) -> Callable[[object], bool]:
    return _has({**_MANIFEST, "version": _one_of(version), **_numbers_of(version)})


_PERSON = _has({"student": _is_id, "sub": _is_text, "name": _is_text})
_MANIFEST = {
    "format": _one_of(FORMAT), "exported_at": _is_moment, "exported_by": _is_id, "purpose": _is_text,
    "platform": _has({"issuer": _is_text}), "course": _has({"context_id": _is_text, "title": _is_text}),
    "files": _is_count, "contents": _is_hash, "audit": _has({"sequence": _is_count, "hash": _is_hash}),
    "members": _each(_has({"name": _is_text, "sha256": _is_hash, "bytes": _is_count})),
}  # fmt: skip


def _lines_of(version: int) -> dict[str, Callable[[object], bool]]:
    """How each kind of line is written in this version."""
    counted = {kind: COUNTED[kind].conforms for kind in kinds_of(version)}
    return {"file": _head(version), "consent": _consent(version), "baseline": _BASELINE, **counted}


_LINES = {version: _lines_of(version) for version in range(1, VERSION + 1)}


@dataclass(frozen=True)
class ArchivedFile:
    """One student's file in one course. `baseline` is None where nothing was learned yet."""

    head: Json
    consents: tuple[Json, ...]
    baseline: Json | None
    held: Mapping[str, tuple[Json, ...]]
    """The lines of each kind in COUNTED, whether the archive's version knows it or not."""

    @property
    def records(self) -> tuple[Json, ...]:
        """What was measured."""
        return self.held["record"]


def read_file(member: Member) -> ArchivedFile:
    """One file, believed in nothing. Raises ArchiveFault."""
    forms = _LINES[member.version]
    by_kind: dict[str, list[Json]] = {kind: [] for kind in (*forms, *COUNTED)}
    for number, line in enumerate(member.lines(), start=1):
        conforms = forms.get(str(line.get("kind")))
        if conforms is None or not conforms(line) or (number == 1) != (line["kind"] == "file"):
            raise ArchiveFault(Fault.MALFORMED, f"{member.name}, line {number}: not as it must be.")
        by_kind[line["kind"]].append(line)
    if not by_kind["file"] or len(by_kind["baseline"]) > 1:
        raise ArchiveFault(Fault.MALFORMED, f"{member.name}: not one file with one usual.")
    held = {kind: tuple(by_kind[kind]) for kind in COUNTED}
    head, baseline = by_kind["file"][0], next(iter(by_kind["baseline"]), None)
    file = ArchivedFile(head, tuple(by_kind["consent"]), baseline, held)
    _require_as_listed(member, file)
    return file


def _require_as_listed(member: Member, file: ArchivedFile) -> None:
    """Its name and its numbers are those of its first line, and nothing in it is there twice."""
    if member.name != f"{FILES}{file.head['id']}.jsonl":
        raise ArchiveFault(Fault.NOT_AS_LISTED, f"{member.name}: another name.")
    for kind in kinds_of(member.version):
        own = file.held[kind]
        different = {line[COUNTED[kind].told_apart_by] for line in own}
        if not file.head[f"{kind}s"] == len(own) == len(different):
            raise ArchiveFault(Fault.NOT_AS_LISTED, f"{member.name}: another number of {kind}s.")
    sessions = {record["session_id"] for record in file.records}
    if not sessions.issuperset(remark["session_id"] for remark in file.held["remark"]):
        raise ArchiveFault(Fault.NOT_AS_LISTED, f"{member.name}: a remark on a session that is not in it.")


def files(opened: bytes) -> Iterator[ArchivedFile]:
    """Every file, one at a time in memory. Raises ArchiveFault."""
    return (read_file(member) for member in members(opened) if member.name.startswith(FILES))


# ---- checking


@dataclass(frozen=True)
class Contents:
    """What an archive holds, once everything in it was read and fits. `people` by pseudonym."""

    manifest: Json
    people: Mapping[str, Json]
    summaries: tuple[str, ...]


def digest_of(hashes: Mapping[str, str]) -> str:
    """One hash for all members but the manifest: of what `sha256sum` says of them, in the order of names."""
    lines = "".join(f"{sha}  {name}\n" for name, sha in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def check(opened: bytes) -> Contents:
    """Read everything once and hold it against the manifest, which comes last. Raises ArchiveFault."""
    manifest: Json | None = None
    people: dict[str, Json] = {}
    students: set[str] = set()
    listed: list[dict[str, Any]] = []
    summaries, versions, numbers = [], set(), dict.fromkeys(COUNTED, 0)
    for member in members(opened):
        if manifest is not None or member.name in {own["name"] for own in listed}:
            raise ArchiveFault(Fault.NOT_AS_LISTED, f"{member.name} is there twice, or after the end.")
        versions.add(member.version)
        if member.name == MANIFEST:
            manifest = read_json(member.body, MANIFEST)
            continue
        sha = hashlib.sha256(member.body).hexdigest()
        listed.append({"name": member.name, "sha256": sha, "bytes": len(member.body)})
        if member.name == PEOPLE and len(listed) == 1:
            people = _people(member)
        else:
            file = read_file(member)
            if file.head["student"] in students:
                raise ArchiveFault(Fault.NOT_AS_LISTED, "One student has two files.")
            students.add(file.head["student"])
            numbers = {kind: count + len(file.held[kind]) for kind, count in numbers.items()}
            summaries.append(_summary(file, people.get(file.head["student"], {})))
    if manifest is None or students != people.keys():
        raise ArchiveFault(Fault.NOT_AS_LISTED, "The manifest or somebody in the list of people is missing.")
    version = max(versions)
    if len(versions) > 1 or not _manifest(version)(manifest):
        raise ArchiveFault(Fault.MALFORMED, f"{MANIFEST}: not as it must be.")
    contents = digest_of({own["name"]: own["sha256"] for own in listed})
    found = {"members": listed, "files": len(students), "contents": contents}
    found |= {f"{kind}s": numbers[kind] for kind in kinds_of(version)}
    if found != {name: manifest[name] for name in found}:
        raise ArchiveFault(Fault.NOT_AS_LISTED, "A checksum or a number differs.")
    return Contents(manifest, people, tuple(summaries))


def _people(member: Member) -> dict[str, Json]:
    found = list(member.lines())
    people = {str(person.get("student")): person for person in found}
    if not all(map(_PERSON, found)) or len(people) != len(found):
        raise ArchiveFault(Fault.MALFORMED, f"{member.name}: not as it must be.")
    return people


# ---- telling


def label_of(person: Json) -> str:
    """A student as a counselor's page calls them, with the name where consent gave it."""
    short = f"Student {person['student'][:4].upper()}"
    return f"{short} ({person['name']})" if person["name"] else short


def _summary(file: ArchivedFile, person: Json) -> str:
    if not person:
        return ""  # the check of the people says so
    times = sorted(record["recorded_at"] for record in file.records)
    when = f", {times[0][:10]} to {times[-1][:10]}" if times else ""
    sessions = len({record["session_id"] for record in file.records})
    remarks = file.held["remark"]
    contested = sum(remark["does_not_fit"] for remark in remarks)
    said = f" Own word on {len(remarks)} sessions, {contested} of them as not fitting." if remarks else ""
    agreed = ["+".join(own["purposes"]) + f" on {own['answered_at'][:10]}" for own in file.consents]
    return (
        f"{label_of(person)}: {len(file.records)} records of {sessions} sessions{when}.{said} "
        f"Agreed to: {', '.join(agreed) or 'nothing that still held'}."
    )


def in_words(contents: Contents) -> Iterator[str]:
    """What is inside, for people."""
    told = contents.manifest
    counts = ", ".join(f"{told[f'{kind}s']} {kind}s" for kind in kinds_of(told["version"]))
    yield f"The archive is whole: {told['files']} files, {counts}, every checksum fits."
    course = told["course"]["title"] or told["course"]["context_id"]
    yield f"Course: {course}, of {told['platform']['issuer']}."
    yield f"Exported at {told['exported_at']} by {told['exported_by']}, purpose: {told['purpose']}."
    yield from (f"  {summary}" for summary in contents.summaries)
    yield f"Digest of the contents: {told['contents']}"
    yield (
        f"Where it comes from, entry {told['audit']['sequence']} of the audit has that digest as purpose, "
        f"and the hash {told['audit']['hash']}. Ask there: the lock says who may read this, not who made it."
    )
    yield (
        "Whoever has this file and its key can read it. It does not expire. Erasing a record in Attune does "
        "not erase it here: destroy this file, its copies and its key when they have done their work."
    )


def write_tables(opened: bytes, contents: Contents, folder: Path) -> None:
    """Everything as three tables, readable by the owner only. Raises FileExistsError."""
    folder.mkdir(mode=0o700, parents=True)
    people = ({**person, "name": _no_formula(person["name"])} for person in contents.people.values())
    _write_table(folder / "people.csv", ("student", "sub", "name"), people)
    fields = ("student", "recorded_at", "session_id", "score", "low", "high", "level", "doubt", "coverage",
              "valid_frames", "frames", "origin", "model_version", "score_version")  # fmt: skip
    rows = ({"student": file.head["student"], **record} for file in files(opened) for record in file.records)
    _write_table(folder / "records.csv", fields, rows)
    said = (
        {**remark, "student": file.head["student"], "text": _no_formula(remark["text"])}
        for file in files(opened)
        for remark in file.held["remark"]
    )
    _write_table(
        folder / "remarks.csv", ("student", "session_id", "written_at", "does_not_fit", "text"), said
    )


def _write_table(path: Path, fields: tuple[str, ...], rows: Iterable[Json]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", newline="") as out:
        table = csv.DictWriter(out, fields, extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)


def _no_formula(words: str) -> str:
    """Somebody else's words: a spreadsheet must not take them for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words


def main(argv: list[str] | None = None) -> int:
    """Check an archive, say what is inside. Returns 0, or the number of what is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", help="the archive; - reads what age decrypted from the standard input")
    key = parser.add_mutually_exclusive_group()
    key.add_argument("--identity", type=Path, metavar="FILE", help="the file with the secret key of age")
    key.add_argument("--passphrase", action="store_true", help="ask for the passphrase")
    parser.add_argument("--json", action="store_true", help="the manifest as JSON instead of sentences")
    parser.add_argument(
        "--csv", type=Path, metavar="FOLDER", help="write tables, not encrypted, into a new folder"
    )
    chosen = parser.parse_args(argv)
    try:
        data = sys.stdin.buffer.read() if chosen.archive == "-" else Path(chosen.archive).read_bytes()
        identity = chosen.identity.read_text(encoding="utf-8") if chosen.identity else ""
        passphrase = getpass.getpass("Passphrase: ") if chosen.passphrase else ""
        opened = open_archive(data, identity=identity, passphrase=passphrase)
        contents = check(opened)
        if chosen.csv:
            write_tables(opened, contents, chosen.csv)
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except ArchiveFault as broken:
        sys.stderr.write(f"{broken} [{broken.fault.name.lower()}]\n")
        return broken.fault.status
    told = [json.dumps(contents.manifest)] if chosen.json else in_words(contents)
    sys.stdout.write("".join(f"{line}\n" for line in told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
