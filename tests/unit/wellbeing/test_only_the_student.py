"""Nobody but the student sees a diary, nor that there is one: every page is asked, as everybody else."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime

import pytest
from django.test import Client

from lti_tool.core import clock
from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.domain.prompts import Moment
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey
from lti_tool.wellbeing import services as wellbeing
from lti_tool.wellbeing.models import Diary
from tests import factories as make
from tests.factories import Browser
from tests.factories.people import INSTRUCTOR
from tests.unit.core.test_every_address import OURS, Address

pytestmark = pytest.mark.django_db

CHANGES = re.compile(rb'value="[A-Za-z0-9]{64}"|data-token="[A-Za-z0-9]{64}"|\d\d:\d\d:\d\d(\.\d+)?')
SEES = {
    "counselor": {"wellbeing:calm", "dashboards:caseload", "dashboards:student"},
    "instructor": {"wellbeing:calm", "dashboards:class"},
    "classmate": {"wellbeing:calm", "dashboards:mine", "capture:page"},
}
OTHERS = tuple(SEES)


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    student = make.consenting(context)
    make.history(student, context, [[0.1, 0.2, 0.3]] * 4, until=clock.now())
    return student


@pytest.fixture
def browsers(student: PlatformUser, context: Context) -> dict[str, Browser]:
    counselor = make.make_counselor(context, at=clock.now())
    return {
        "counselor": make.enter(counselor, context, roles=()),
        "instructor": make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,)),
        "classmate": make.enter(make.consenting(context, name="Ben"), context),
    }


def write(student: PlatformUser, context: Context, at: datetime) -> None:
    wellbeing.say_whether_it_helped(
        student=student, context=context, exercise=Exercise.MUSCLES, helped=Helped.NOT_REALLY, at=at
    )
    wellbeing.offer_break(student=student, context=context, moment=Moment.END, timed=False, at=at)


def pages(client: Client, launch: str, file: MentalHealthFile) -> Iterator[tuple[str, bytes]]:
    """Every address of ours, asked as this person; the student's own file where a file is named."""
    for address in OURS:
        named = {"launch": launch, "public_id": file.public_id, "file": file.public_id}
        answer = client.get(Address.path(address, **named))
        # What a person is told of themselves grows with every page they ask for.
        if answer.status_code == 200 and not address.name.startswith("privacy:"):
            yield address.name, CHANGES.sub(b"", answer.content)


@pytest.mark.parametrize("who", OTHERS)
def test_every_page_is_the_same_whether_or_not_a_student_keeps_a_diary(
    who: str, browsers: dict[str, Browser], student: PlatformUser, context: Context
) -> None:
    browser, file = browsers[who], MentalHealthFile.objects.get(student=student)
    browser.raise_request_exception = False
    before = dict(pages(browser, browser.launch.public_id, file))
    write(student, context, clock.now())
    after = dict(pages(browser, browser.launch.public_id, file))
    assert set(after) >= SEES[who]
    assert [name for name in after if after[name] != before.get(name)] == []


@pytest.mark.parametrize("who", OTHERS)
def test_no_page_that_others_ask_for_opens_the_diary_s_key(
    who: str,
    browsers: dict[str, Browser],
    student: PlatformUser,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(student, context, clock.now())
    key, opened = Diary.objects.get().data_key_id, set[int]()
    open_data_keys = vault.open_data_keys

    def noted(keys: Collection[int]) -> dict[int, SecretKey]:
        opened.update(keys)
        return open_data_keys(keys)

    monkeypatch.setattr(vault, "open_data_keys", noted)
    browser, file = browsers[who], MentalHealthFile.objects.get(student=student)
    browser.raise_request_exception = False
    list(pages(browser, browser.launch.public_id, file))
    assert key not in opened

    own = make.enter(student, context)
    assert b"What helped you so far" in own.get(own.address("wellbeing:calm")).content
    assert key in opened, "or this would find nothing"


@pytest.mark.parametrize("who", ["counselor", "instructor"])
@pytest.mark.parametrize("name", ["answer", "forget", "switch", "prompt", "prompt_reply"])
def test_others_have_no_diary_and_touch_none(
    who: str, name: str, browsers: dict[str, Browser], student: PlatformUser, context: Context
) -> None:
    write(student, context, clock.now())
    browser = browsers[who]
    assert browser.post(browser.address(f"wellbeing:{name}"), {"exercise": "slow"}).status_code == 403
    assert Diary.objects.count() == 1
    page = browser.get(browser.address("wellbeing:calm")).content.decode()
    assert "Breathe slowly" in page
    assert "Did this help?" not in page
