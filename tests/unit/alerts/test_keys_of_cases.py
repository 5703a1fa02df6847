"""The keys of cases are brought under a new key-encryption key with those of files."""

import pytest

from lti_tool.alerts import services
from lti_tool.alerts.models import Case
from lti_tool.domain.cases import ClosingReason
from lti_tool.lti.models import PlatformUser
from lti_tool.vault import rewrapping
from tests.factories.times import NOW
from tests.unit.alerts import cases
from tests.unit.vault.conftest import ONE, TWO


@pytest.fixture
def kek(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("ATTUNE_KEK", ONE)
    return monkeypatch


def test_a_case_opens_without_the_old_key_once_all_were_rewrapped(
    kek: pytest.MonkeyPatch, case: Case, counselor: PlatformUser
) -> None:
    kek.setenv("ATTUNE_KEK", f"v2:{TWO},v1:{ONE}")
    rewrapping.rewrap()
    case.data_key.refresh_from_db()
    assert case.data_key.kek_version == "v2"
    kek.setenv("ATTUNE_KEK", f"v2:{TWO}")
    opened = services.read_case(case=case, reader=counselor, purpose=services.CASE_PAGE, at=NOW)
    assert opened.words[0].text == cases.WORDS


def test_each_case_has_a_key_of_its_own_apart_from_the_file(case: Case) -> None:
    file = cases.tense_file(case.student, case.context)
    keys = {file.data_key_id, case.data_key_id}
    services.close(case=case, by=None, reason=ClosingReason.HELPED, at=NOW)
    keys.add(cases.asked(case.student, case.context).data_key_id)
    assert len(keys) == 3
