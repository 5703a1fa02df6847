"""Nothing by which a person is known outside gets into the audit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of, require_code, require_place
from lti_tool.audit.services import record
from tests.factories.times import NOW

PERSON = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
NAMES = (
    "Ada Lovelace",
    "ruth",
    "ada@university.example",
    "李雷",
    "O'Brien",
    "u1234567",
    "Head of Counseling",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_becomes_a_pseudonym_that_stays_the_same(name: str) -> None:
    pseudonym = pseudonym_of(name)
    assert pseudonym.startswith("administrator:")
    assert name.lower() not in pseudonym.removeprefix("administrator:")
    assert pseudonym_of(name) == pseudonym
    assert pseudonym_of(pseudonym) == pseudonym


@given(st.text(min_size=1, max_size=80))
def test_an_actor_is_a_pseudonym_or_becomes_one(actor: str) -> None:
    known = pseudonym_of(actor)
    assert pseudonym_of(known) == known
    assert known == actor or actor not in known.partition(":")[2] or len(actor) < 16


def test_our_own_pseudonyms_stay_as_they_are() -> None:
    for actor in (PERSON, "system", "administrator", "registration-link:7"):
        assert pseudonym_of(actor) == actor


@pytest.mark.parametrize("name", [*NAMES, f"file:{PERSON}:ada", "person:ada", "ada:7b"])
def test_a_subject_in_words_is_refused(name: str) -> None:
    if name == "ruth":
        pytest.skip("one bare word is a kind of thing: the code writes it, nobody types it")
    with pytest.raises(ValueError, match="An audit subject is"):
        require_place(name)


@pytest.mark.parametrize(
    "subject",
    ["records", "course:7", f"file:{PERSON}", f"grant:7:{PERSON}", "tool-key:0123456789abcdef"],
)
def test_a_kind_and_its_number_are_a_subject(subject: str) -> None:
    require_place(subject)


@pytest.mark.parametrize("purpose", ["Ada Lovelace", "ada@university.example", "u1234567", "O'Brien", "李雷"])
def test_a_purpose_in_words_of_somebodys_own_is_refused(purpose: str) -> None:
    with pytest.raises(ValueError, match="An audit purpose is"):
        require_code(purpose)


@pytest.mark.parametrize("purpose", ["", "own_record", "camera+counselor", "at once", "312", "invitation:7"])
def test_our_own_codes_are_a_purpose(purpose: str) -> None:
    require_code(purpose)


@pytest.mark.django_db
def test_a_refused_entry_is_not_written() -> None:
    with pytest.raises(ValueError, match="audit purpose") as refused:
        record(actor="system", action=Action.FILE_READ, subject="file:1", purpose="for Ada", at=NOW)
    assert "Ada" not in str(refused.value)
    assert not AuditEntry.objects.exists()
