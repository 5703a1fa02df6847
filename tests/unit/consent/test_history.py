"""A student reads again what they answered, and the very words they answered to."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from lti_tool.consent import selectors, services, texts
from lti_tool.consent.selectors import Standing
from lti_tool.consent.wording import WORDS, Choice
from lti_tool.core.clock import now
from lti_tool.domain.consent import REST, Purpose
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.lti.protocol.claims import Message
from lti_tool.records.selectors import open_file_of
from tests import factories as make
from tests.factories.people import INSTRUCTOR

pytestmark = pytest.mark.django_db

KEPT = {
    ("v1", "en"): "8bab706d5d94f366037d9271b54a59114d3a6694693cae7fa685aeedf6dc6b97",
    ("v1", "es"): "32e6bef93a79ae7d7bec1525fc0c937f05fbb58c759ddba1a675edf327946c16",
    ("v1", "zh-hans"): "638b2ae263555aabd08e521822630c42b248ab15625d66a5ae528b7d27045f9f",
    ("v1e", "en"): "feb15a3814c1e8e9bb3e7d53271d5e41d097eacd4cc52382870812b1af66f71c",
    ("v1e", "es"): "9c4929fa649994fe55730a30b0ce609d1f527363d19ee993f0abd8bb887e4f5d",
    ("v1e", "zh-hans"): "b9074f4d509973ce565a6e44135b87ac743146675f053419237c3b1af8c80484",
}
"""Never changed once it was shown: whoever has to change a text adds a version, and its lines here."""
ENGLISH = WORDS["en"]
NEW_WORDS = "<p>Words that nobody has read yet.</p>"


@pytest.fixture
def second_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A release with a second text, made as a release would make it."""
    (tmp_path / "consent").mkdir()
    (tmp_path / "consent" / "_text_v2.html").write_text(NEW_WORDS, encoding="utf-8")
    template = {**settings.TEMPLATES[0], "DIRS": [settings.BASE_DIR / "templates", tmp_path]}
    words = {purpose: Choice(f"New words of {purpose}", "Hint") for purpose in Purpose}
    monkeypatch.setitem(ENGLISH, "v2", words)
    monkeypatch.setattr(texts, "CURRENT_VERSION", "v2")
    with override_settings(TEMPLATES=[template]):
        yield
    texts._text.cache_clear()


def text_of(browser: make.Browser, name: str, **kwargs: object) -> str:
    response = browser.get(browser.address(name, **kwargs))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_every_text_that_was_ever_shown_is_kept_word_for_word() -> None:
    found = {
        (version, language): text.hash
        for language, words in WORDS.items()
        for version in words
        if (text := texts.kept_text(version, language))
    }
    assert found == KEPT


def test_the_words_beside_the_ticks_are_part_of_what_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts.current_text().hash
    choices = {**ENGLISH["v1"], Purpose.COUNSELOR: Choice("Everybody may read my file", "")}
    monkeypatch.setitem(ENGLISH, "v1", choices)
    texts._text.cache_clear()
    assert texts.current_text().hash != before
    monkeypatch.undo()
    texts._text.cache_clear()


def test_before_the_first_answer_the_page_says_so(browser: make.Browser) -> None:
    assert "You have not answered anything" in text_of(browser, "consent:answers")


def test_every_answer_is_shown_in_its_own_words_the_newest_first(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    at = now() - timedelta(hours=3)
    make.give_everything(student, context, at=at)
    services.withdraw_consent(student=student, context=context, at=at + timedelta(hours=1))
    services.give_consent(
        student=student,
        context=context,
        purposes=[Purpose.CAMERA],
        adult_confirmed=True,
        at=at + timedelta(hours=2),
    )
    html = text_of(browser, "consent:answers")
    headings = [part.split(",")[0] for part in html.split('<h2 id="answer-')[1:]]
    assert headings == ['1">Yes', '2">Not now', '3">Yes']
    first, _, last = html.split("<section")[1:]
    assert ENGLISH["v1"][Purpose.COUNSELOR].label not in first
    assert ENGLISH["v1"][Purpose.COUNSELOR].label in last
    assert "Taken back" in last
    assert "18 or older" in last


def test_after_a_new_text_the_old_one_can_still_be_read(
    browser: make.Browser, student: PlatformUser, context: Context, request: pytest.FixtureRequest
) -> None:
    make.give_everything(student, context, at=now())
    request.getfixturevalue("second_text")

    assert NEW_WORDS in text_of(browser, "consent:page")
    answers = text_of(browser, "consent:answers")
    assert browser.address("consent:text", version="v1") in answers
    assert ENGLISH["v1"][Purpose.CLASS].label in answers
    old = text_of(browser, "consent:text", version="v1")
    words = (Path(settings.BASE_DIR) / "templates/consent/_text_v1.html").read_text(encoding="utf-8")
    assert " ".join(words.split()) in old
    assert NEW_WORDS not in old


def test_words_that_are_gone_are_not_passed_off_as_others(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    make.give_everything(student, context, at=now())
    student.consents.update(text_hash="0" * 64)
    html = text_of(browser, "consent:answers")
    assert "no longer has" in html
    assert browser.address("consent:text", version="v1") not in html


def test_a_text_that_never_was_is_missing(browser: make.Browser) -> None:
    assert browser.get(browser.address("consent:text", version="v9")).status_code == 404


def test_a_teacher_reads_nobodys_answers(context: Context) -> None:
    teacher = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    assert teacher.get(teacher.address("consent:answers")).status_code == 403


def test_who_comes_for_their_own_data_reads_the_answers_and_has_no_way_to_the_choices(
    student: PlatformUser, context: Context
) -> None:
    make.give_everything(student, context, at=now())
    owner = make.enter(student, context, roles=())
    owner.launch.message = Message.DATA_PRIVACY.value
    owner.launch.save()
    html = text_of(owner, "consent:answers")
    assert f'href="{owner.address("consent:page")}"' not in html


def test_a_new_text_asks_again_stops_measuring_and_takes_nothing_that_was_kept(
    browser: make.Browser, student: PlatformUser, context: Context, request: pytest.FixtureRequest
) -> None:
    make.give_everything(student, context, at=now() - timedelta(days=2))
    make.history(student, context, [[0.3] * 3], until=now())
    request.getfixturevalue("second_text")

    assert browser.get(browser.address("dashboards:home"))["Location"] == browser.address("consent:page")
    assert "The text has changed" in text_of(browser, "consent:page")
    assert not any(selectors.permits(student=student, context=context, purpose=p) for p in Purpose)
    file = open_file_of(student, context)
    assert file is not None
    assert file.records.count() == 3
    assert "3, from 1 session" in text_of(browser, "dashboards:mine")


def test_who_said_not_now_is_left_alone_for_a_term_whatever_changes(
    browser: make.Browser, student: PlatformUser, context: Context, request: pytest.FixtureRequest
) -> None:
    services.decline(student=student, context=context, at=now() - REST + timedelta(days=1))
    request.getfixturevalue("second_text")
    home, calm = browser.address("dashboards:home"), browser.address("wellbeing:calm")

    assert browser.get(home)["Location"] == calm
    assert selectors.standing_of(student=student, context=context) is Standing.NOT_NOW
    assert "The text has changed" not in text_of(browser, "consent:page")

    student.consents.update(answered_at=now() - REST)
    assert browser.get(home)["Location"] == browser.address("consent:page")


def test_who_said_not_now_is_never_asked_again_while_the_text_stays(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    services.decline(student=student, context=context, at=now() - 5 * REST)
    assert browser.get(browser.address("dashboards:home"))["Location"] == browser.address("wellbeing:calm")
