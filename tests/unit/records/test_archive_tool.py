"""The tool that travels with an archive: alone, it opens one, checks it, and tells apart what is wrong."""

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.remarks import LONGEST
from lti_tool.records.archive import tool
from lti_tool.records.archive.locks import ForRecipient, WithPassphrase
from lti_tool.records.archive.packing import Listing, packed
from lti_tool.records.archive.tool import ArchiveFault, Fault, Json, Member
from lti_tool.records.errors import PassphraseWeak, RecipientUnusable, SecretKeyShown

KEY = pyrage.x25519.Identity.generate()
WORDS = "oyster ladder quiet melon tram"
FILE, STUDENT, SESSION, COUNSELOR = (f"{n}0000000-0000-4000-8000-000000000000" for n in range(1, 5))
Alone = Callable[..., "subprocess.CompletedProcess[str]"]
AT = "2026-11-18T10:00:00+00:00"


def record(number: int, **values: object) -> Json:
    return {
        "kind": "record",
        "id": f"{number:08x}-0000-4000-8000-000000000000",
        "session_id": SESSION,
        "recorded_at": AT,
        "origin": "measured",
        "schema_version": 1,
        "score": 0.25,
        "low": 0.2,
        "high": 0.3,
        "level": "usual",
        "doubt": None,
        "frames": 8,
        "valid_frames": 8,
        "coverage": 1.0,
        "reasons": {},
        "model_version": "m",
        "score_version": "s",
        **values,
    }


def head(**values: object) -> Json:
    numbers = {"records": 3, "remarks": 0}
    return {"kind": "file", "id": FILE, "student": STUDENT, "opened_at": AT, **numbers, **values}


def remark(**values: object) -> Json:
    own = {"kind": "remark", "session_id": SESSION, "written_at": AT, "text": "a migraine"}
    return {**own, "does_not_fit": False, **values}


def lines(*, first: Json | None = None, records: Iterable[Json] = ()) -> list[Json]:
    return [first or head(), *(records or map(record, range(3)))]


def make_members(
    *, file: list[Json] | None = None, name: str = "=cmd()", facts: Json | None = None
) -> list[Member]:
    """A whole archive of one file of three records, but for what is asked otherwise."""
    listing = Listing()
    people = listing.add(tool.PEOPLE, [{"student": STUDENT, "sub": "4711", "name": name}])
    own = listing.add(f"{tool.FILES}{FILE}.jsonl", file or lines())
    told: Json = {
        "exported_at": AT,
        "exported_by": COUNSELOR,
        "purpose": "moving",
        "platform": {"issuer": "https://moodle.example.edu"},
        "course": {"context_id": "stat-1", "title": "Statistics I"},
        "files": 1,
        "records": 3,
        "remarks": 0,
        "audit": {"sequence": 7, "hash": "0" * 64},
        **(facts or {}),
    }
    return [people, own, listing.close(told)]


def pack(members: Iterable[Member]) -> bytes:
    return b"".join(packed(members))


def shut(members: Iterable[Member]) -> bytes:
    out = io.BytesIO()
    ForRecipient(str(KEY.to_public())).shut(packed(members), out)
    return out.getvalue()


LOCKED = shut(make_members())


def fault_of(act: Callable[[], object]) -> Fault:
    with pytest.raises(ArchiveFault) as broken:
        act()
    return broken.value.fault


# ---- alone


@pytest.fixture
def alone(tmp_path: Path) -> Alone:
    """The one file, in a folder of its own, in a Python that sees nothing of the tool."""
    shutil.copy(tool.__file__, tmp_path / "attune_archive.py")
    (tmp_path / "key.txt").write_text(f"# public key: {KEY.to_public()}\n{KEY}\n")
    (tmp_path / "attune.age").write_bytes(LOCKED)

    def run(*arguments: str, given: bytes | None = None) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-I", "attune_archive.py", *arguments]
        done = subprocess.run(command, cwd=tmp_path, input=given, capture_output=True, check=False)
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


def test_it_says_what_is_inside_and_what_that_means(
    alone: Alone,
) -> None:
    done = alone("attune.age", "--identity", "key.txt")
    assert done.returncode == 0
    assert "The archive is whole: 1 files, 3 records, 0 remarks, every checksum fits." in done.stdout
    assert "Statistics I, of https://moodle.example.edu" in done.stdout
    assert "3 records of 1 sessions, 2026-11-18 to 2026-11-18" in done.stdout
    assert "entry 7 of the audit" in done.stdout
    assert "does not expire" in done.stdout


def test_it_reads_what_age_decrypted(alone: Alone) -> None:
    opened = tool.open_archive(LOCKED, identity=str(KEY))
    done = alone("-", "--json", given=opened)
    assert json.loads(done.stdout)["records"] == 3


def test_tables_are_for_their_owner_and_hold_no_formula(alone: Alone, tmp_path: Path) -> None:
    assert alone("attune.age", "--identity", "key.txt", "--csv", "tables").returncode == 0
    people, records = tmp_path / "tables" / "people.csv", tmp_path / "tables" / "records.csv"
    assert {path.stat().st_mode & 0o777 for path in (people, records)} == {0o600}
    assert next(csv.DictReader(people.open()))["name"] == "'=cmd()"
    assert [row["score"] for row in csv.DictReader(records.open())] == ["0.25"] * 3
    assert alone("attune.age", "--identity", "key.txt", "--csv", "tables").returncode == 2


def test_each_fault_has_an_exit_status_of_its_own(alone: Alone, tmp_path: Path) -> None:
    (tmp_path / "attune.age").write_bytes(LOCKED[:-1])
    done = alone("attune.age", "--identity", "key.txt")
    assert (done.returncode, done.stdout) == (Fault.CUT_OFF.status, "")
    assert "[cut_off]" in done.stderr
    assert len({fault.status for fault in Fault}) == len(Fault)


def test_it_needs_nothing_but_python_and_the_library_of_age() -> None:
    tree = ast.parse(Path(tool.__file__).read_text(encoding="utf-8"))
    named = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} - set(sys.stdlib_module_names) == {"pyrage"}


# ---- what is wrong is told apart


def opening(data: bytes, key: pyrage.x25519.Identity = KEY) -> Callable[[], object]:
    return lambda: tool.check(tool.open_archive(data, identity=str(key)))


@given(st.integers(min_value=0, max_value=len(LOCKED) - 1))
def test_wherever_it_is_cut_off_it_says_so(length: int) -> None:
    assert fault_of(opening(LOCKED[:length])) is Fault.CUT_OFF


@given(st.integers(min_value=LOCKED.index(b"\n--- ") + 60, max_value=len(LOCKED) - 1), st.integers(1, 255))
def test_wherever_its_inside_is_changed_it_says_so(place: int, by: int) -> None:
    changed = bytearray(LOCKED)
    changed[place] ^= by
    assert fault_of(opening(bytes(changed))) is Fault.CHANGED


def test_another_key_is_told_apart() -> None:
    assert fault_of(opening(LOCKED, pyrage.x25519.Identity.generate())) is Fault.WRONG_KEY
    assert fault_of(lambda: tool.open_archive(LOCKED, identity="nonsense")) is Fault.WRONG_KEY
    assert fault_of(lambda: tool.open_archive(LOCKED, identity="")) is Fault.WRONG_KEY


def test_something_else_is_told_apart() -> None:
    assert fault_of(opening(b"PK\x03\x04 a zip file")) is Fault.NO_ARCHIVE
    assert fault_of(opening(pyrage.encrypt(b"a letter", [KEY.to_public()]))) is Fault.MALFORMED


def test_a_version_of_later_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "ROOT", "attune-archive-4/")
    assert fault_of(lambda: tool.check(pack(make_members()))) is Fault.UNKNOWN_VERSION


def test_a_passphrase_opens_it_and_another_does_not() -> None:
    out = io.BytesIO()
    WithPassphrase(WORDS).shut(packed(make_members()), out)
    assert tool.check(tool.open_archive(out.getvalue(), passphrase=WORDS)).manifest["records"] == 3
    assert fault_of(lambda: tool.open_archive(out.getvalue(), passphrase=WORDS + "s")) is Fault.WRONG_KEY
    assert WORDS not in repr(vars(WithPassphrase(WORDS)))


def test_a_machine_that_is_too_slow_for_the_passphrase_is_told_so_and_not_that_the_archive_was_changed() -> (
    None
):
    out = io.BytesIO()
    WithPassphrase(WORDS).shut(packed(make_members()), out)
    dear = re.sub(rb"(-> scrypt \S+ )\d+", rb"\g<1>40", out.getvalue(), count=1)
    assert fault_of(lambda: tool.open_archive(dear, passphrase=WORDS)) is Fault.TOO_SLOW


def reordered(change: Callable[[list[Member]], list[Member]]) -> Callable[[], object]:
    return lambda: tool.check(pack(change(make_members())))


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m[:2],
        lambda m: [m[0], m[2]],
        lambda m: [m[1], m[2]],
        lambda m: [*m, m[1]],
        lambda m: [m[0], m[1], m[1], m[2]],
        lambda m: [m[0], Member(m[1].name, m[1].body.replace(b"0.25", b"0.26")), m[2]],
        lambda m: [m[0], m[1], Member(tool.MANIFEST, m[2].body.replace(b'"records":3', b'"records":4'))],
        lambda m: [m[0], Member(f"files/{COUNSELOR}.jsonl", m[1].body), m[2]],
    ],
    ids=["no list", "no file", "no people", "after the end", "twice", "score", "number", "name"],
)
def test_what_does_not_fit_its_list_is_found(change: Callable[[list[Member]], list[Member]]) -> None:
    assert fault_of(reordered(change)) in {Fault.NOT_AS_LISTED, Fault.MALFORMED}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("score", 1.5), ("score", True), ("score", float("nan")), ("score", "0.2"), ("level", "calm"),
        ("recorded_at", "2026-11-18T10:00:00"), ("id", "x"), ("origin", "invented"), ("schema_version", 2),
        ("frames", -1), ("reasons", {"no_face": "7"}), ("name", "Ada"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_as_it_must_be_is_found(field: str, value: object) -> None:
    file = lines(records=[record(0, **{field: value}), record(1), record(2)])
    assert fault_of(lambda: tool.check(pack(make_members(file=file)))) is Fault.MALFORMED


def with_remarks(*remarks: Json, number: int | None = None) -> list[Member]:
    count = len(remarks) if number is None else number
    file = [*lines(first=head(remarks=count)), *remarks]
    return make_members(file=file, facts={"remarks": count})


def test_remarks_are_counted_and_told(alone: Alone, tmp_path: Path) -> None:
    said = remark(text="=1+1, and\ntwo lines", does_not_fit=True)
    (tmp_path / "attune.age").write_bytes(shut(with_remarks(said)))
    done = alone("attune.age", "--identity", "key.txt", "--csv", "tables")
    assert "3 records, 1 remarks, every checksum fits" in done.stdout
    assert "Own word on 1 sessions, 1 of them as not fitting" in done.stdout
    assert "two lines" not in done.stdout
    (row,) = csv.DictReader((tmp_path / "tables" / "remarks.csv").open(newline=""))
    assert (row["text"], row["does_not_fit"]) == ("'=1+1, and\ntwo lines", "True")
    assert (tmp_path / "tables" / "remarks.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""}, {"text": " padded"}, {"text": "a\x07bell"}, {"text": "half \ud800"},
        {"text": "x" * (LONGEST + 1)},
        {"text": None}, {"does_not_fit": 1}, {"does_not_fit": None}, {"written_at": "yesterday"},
        {"written_at": "2026-11-18T10:00:00"}, {"session_id": "x"}, {"mood": "low"},
    ],
)  # fmt: skip
def test_a_remark_that_is_not_as_it_must_be_is_found(values: Json) -> None:
    _, own, _ = with_remarks(remark())
    *others, _ = own.body.splitlines()
    damaged = b"\n".join([*others, json.dumps(remark(**values)).encode()])
    assert fault_of(lambda: tool.read_file(Member(own.name, damaged))) is Fault.MALFORMED


def test_remarks_that_are_not_as_listed_are_found() -> None:
    elsewhere = remark(session_id=COUNSELOR)
    for members in (
        with_remarks(remark(), number=0),
        with_remarks(remark(), number=2),
        with_remarks(remark(), remark(text="twice")),
        with_remarks(elsewhere),
        make_members(file=[*lines(first=head(remarks=1)), remark()]),
    ):
        assert fault_of(lambda members=members: tool.check(pack(members))) is Fault.NOT_AS_LISTED  # type: ignore[misc]


def test_the_longest_remark_of_a_page_is_not_too_long_for_an_archive() -> None:
    assert tool.check(pack(with_remarks(remark(text="x" * LONGEST)))).manifest["remarks"] == 1


# ---- archives of before

FIRST = (Path(__file__).parents[2] / "golden" / "archive-1.tar.gz").read_bytes()


def test_an_archive_of_the_first_version_is_read_as_it_was_written() -> None:
    contents = tool.check(FIRST)
    (file,) = tool.files(FIRST)
    assert (contents.manifest["version"], len(file.records), file.held["remark"]) == (1, 13, ())
    assert next(tool.in_words(contents)) == "The archive is whole: 1 files, 13 records, every checksum fits."


def consent(**values: object) -> Json:
    own = {"kind": "consent", "purposes": ["camera"], "text_version": "v1", "text_hash": "0" * 64}
    answered = {"adult_confirmed": True, "age_asked": 18, "shown_by_own_act": False, "answered_at": AT}
    return {**own, **answered, **values}


@pytest.mark.parametrize(("version", "told"), [(2, {}), (3, {"text_language": "es"})])
def test_an_answer_tells_its_language_since_the_third_version(version: int, told: Json) -> None:
    def read(own: Json) -> tool.ArchivedFile:
        listed = make_members(file=[*lines(), own])[1]
        return tool.read_file(Member(listed.name, listed.body, version))

    assert read(consent(**told)).consents == (consent(**told),)
    for other in ({}, {"text_language": "es"}, {"text_language": 7}, {"text_language": "Spanish!"}):
        if other != told:
            assert fault_of(lambda other=other: read(consent(**other))) is Fault.MALFORMED  # type: ignore[misc]


def test_no_member_is_of_another_version_than_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "ROOT", "")
    for versions in ((1, 2, 2), (2, 1, 2), (2, 2, 1), (1, 1, 1)):
        placed = [
            Member(f"attune-archive-{version}/{member.name}", member.body)
            for version, member in zip(versions, make_members(), strict=True)
        ]
        assert fault_of(lambda placed=placed: tool.check(pack(placed))) is Fault.MALFORMED  # type: ignore[misc]


@pytest.mark.parametrize("path", ["../../etc/passwd", "files/../key", "files/x.jsonl", "/files"])
def test_a_member_of_another_name_is_found(path: str) -> None:
    assert fault_of(lambda: tool.check(pack([Member(path, b"{}")]))) is Fault.MALFORMED


@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_it_stumble(data: bytes) -> None:
    with pytest.raises(ArchiveFault):
        tool.check(tool.open_archive(data, identity=str(KEY)))


# ---- locks


@pytest.mark.parametrize("written", ["", "age1", "ssh-ed25519 AAAA", "age1" + "q" * 58])
def test_what_is_no_public_key_locks_nothing(written: str) -> None:
    with pytest.raises(RecipientUnusable):
        ForRecipient(written)


def test_a_secret_key_is_not_taken() -> None:
    with pytest.raises(SecretKeyShown) as refused:
        ForRecipient(f" {KEY}\n")
    assert str(KEY) not in str(refused.value)


@pytest.mark.parametrize("words", ["", "short", "a" * 40, "ababababababababababababab"])
def test_a_weak_passphrase_is_not_taken(words: str) -> None:
    with pytest.raises(PassphraseWeak):
        WithPassphrase(words)


def test_what_goes_wrong_while_packing_is_not_hidden_by_the_library() -> None:
    def pieces() -> Iterable[bytes]:
        yield b"x"
        raise LookupError("a file could not be opened")

    with pytest.raises(LookupError):
        ForRecipient(str(KEY.to_public())).shut(iter(pieces()), io.BytesIO())


def test_its_size_tells_whole_chunks_only() -> None:
    begin = LOCKED.index(b"\n", LOCKED.index(b"\n--- ") + 1) + 1
    assert (len(LOCKED) - begin - 16) % (64 * 1024 + 16) == 0
