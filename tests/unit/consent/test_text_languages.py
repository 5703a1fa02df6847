"""One text in several languages: what is proven is what was read, and an answer holds in all of them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from lti_tool.consent import selectors, services, texts
from lti_tool.consent.history import history_of
from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.receipts import receipt_of
from lti_tool.consent.selectors import Standing
from lti_tool.consent.wording import WORDS, Choice
from lti_tool.core.clock import now
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from tests import factories as make

LANGUAGES = [code for code, _ in settings.LANGUAGES]
VERSIONS = list(WORDS["en"])
YES = {"answer": "yes", "purposes": ["camera", "class"], "adult": "yes"}


@pytest.fixture
def other_spanish(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A release that changed the words of one language, under the same version."""
    changed = {purpose: Choice("Otras palabras", "") for purpose in Purpose}
    texts._text.cache_clear()
    monkeypatch.setitem(WORDS["es"], "v1", changed)
    yield
    monkeypatch.undo()
    texts._text.cache_clear()


def page(browser: make.Browser, chosen: str, name: str = "consent:page", **kwargs: object) -> str:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
    response = browser.get(browser.address(name, **kwargs))
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def text_file(version: str, language: str) -> str:
    text = texts.kept_text(version, language)
    assert text is not None
    return Path(get_template(texts.template_name(text)).origin.name).read_text("utf-8")  # type: ignore[attr-defined]


def yes_in(language: str, student: PlatformUser, context: Context) -> Consent:
    with translation.override(language):
        make.give_everything(student, context, at=now())
    return Consent.objects.latest("pk")


# ---- the texts


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_in_every_language_with_the_same_parts(version: str, language: str) -> None:
    choices, in_english = WORDS[language][version], WORDS["en"][version]
    assert list(choices) == list(Purpose)
    for purpose, choice in choices.items():
        assert all([choice.label, choice.hint])
        assert bool(choice.alone) == bool(in_english[purpose].alone)
    parts = [re.findall("<h3>|<p>", text_file(version, spoken)) for spoken in (language, "en")]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_that_is_promised_is_promised_in_every_language(version: str, language: str) -> None:
    own, english = (re.findall(r"(?<!h)\d+", text_file(version, spoken)) for spoken in (language, "en"))
    assert own == english


def test_the_text_is_in_the_language_of_the_moment() -> None:
    for language in LANGUAGES:
        with translation.override(language):
            assert texts.current_text().language == language


@pytest.mark.parametrize("language", [None, "fr", "xx-nowhere"])
def test_where_there_is_no_text_in_a_language_it_is_in_english(language: str | None) -> None:
    with translation.override(language):
        assert texts.current_text().language == "en"


def test_a_variant_of_a_language_reads_the_text_of_that_language() -> None:
    assert texts.current_text("es-mx").language == "es"
    assert texts.current_text("zh-cn").language == "zh-hans"


# ---- the answers


@pytest.mark.django_db
@pytest.mark.parametrize("read", LANGUAGES)
def test_an_answer_given_in_one_language_holds_in_every_other(
    read: str, student: PlatformUser, context: Context
) -> None:
    consent = yes_in(read, student, context)
    assert (consent.text_language, consent.text_hash) == (read, texts.current_text(read).hash)
    for language in LANGUAGES:
        with translation.override(language):
            assert selectors.current_consent(student=student, context=context) == consent
            assert selectors.standing_of(student=student, context=context) is Standing.YES
            assert not selectors.must_ask(student=student, context=context, at=now())
            assert selectors.students_sharing_with_counselor(context) == [student]
            for purpose in Purpose:
                services.require(student=student, context=context, purpose=purpose)


@pytest.mark.django_db
def test_words_changed_in_one_language_ask_those_again_who_read_them(
    context: Context, request: pytest.FixtureRequest
) -> None:
    ana, bob = make.make_student(context, name="Ana"), make.make_student(context, name="Bob")
    yes_in("es", ana, context)
    yes_in("en", bob, context)
    request.getfixturevalue("other_spanish")
    for language in LANGUAGES:
        with translation.override(language):
            assert selectors.standing_of(student=ana, context=context) is Standing.TEXT_CHANGED
            assert selectors.must_ask(student=ana, context=context, at=now())
            assert selectors.students_counted_in_class(context) == [bob]


@pytest.mark.django_db
def test_the_page_asks_in_its_own_language_and_the_answer_says_so(browser: make.Browser) -> None:
    html = page(browser, "es")
    assert text_file("v1", "es").strip() in html
    assert WORDS["es"]["v1"][Purpose.CAMERA].label in html
    assert '<input type="hidden" name="language" value="es">' in html
    browser.post(browser.address("consent:page"), YES | {"language": "es"})
    consent = Consent.objects.get()
    assert (consent.answer, consent.text_language) == (Answer.YES, "es")
    assert consent.text_hash == texts.current_text("es").hash


@pytest.mark.django_db
@pytest.mark.parametrize("answer", Answer.values)
def test_what_was_shown_counts_even_where_another_language_was_chosen_since(
    browser: make.Browser, answer: str
) -> None:
    page(browser, "zh-hans")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    browser.post(browser.address("consent:page"), YES | {"answer": answer, "language": "zh-hans"})
    consent = Consent.objects.get()
    assert (consent.text_language, consent.text_hash) == ("zh-hans", texts.current_text("zh-hans").hash)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", Answer.values)
def test_a_page_of_before_there_were_languages_was_read_in_english(
    browser: make.Browser, answer: str
) -> None:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    browser.post(browser.address("consent:page"), YES | {"answer": answer})
    consent = Consent.objects.get()
    assert (consent.text_language, consent.text_hash) == ("en", texts.current_text("en").hash)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", Answer.values)
@pytest.mark.parametrize("never_shown", ["fr", "", "es-mx", "ES", "x" * 1000, "\x00"])
def test_no_answer_is_kept_in_a_language_that_was_never_shown(
    browser: make.Browser, answer: str, never_shown: str
) -> None:
    sent = YES | {"answer": answer, "language": never_shown}
    response = browser.post(browser.address("consent:page"), sent)
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert not Consent.objects.exists()


@pytest.mark.django_db
def test_taking_one_purpose_back_keeps_the_language_of_the_answer(
    student: PlatformUser, context: Context
) -> None:
    yes_in("zh-hans", student, context)
    services.withdraw_purpose(student=student, context=context, purpose=Purpose.CLASS, at=now())
    assert Consent.objects.latest("pk").text_language == "zh-hans"


# ---- read again


@pytest.mark.django_db
def test_answers_are_shown_in_the_words_that_were_read(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    yes_in("es", student, context)
    html = page(browser, "en", "consent:answers")
    assert WORDS["es"]["v1"][Purpose.COUNSELOR].label in html
    assert WORDS["en"]["v1"][Purpose.COUNSELOR].label not in html
    assert "Español" in html
    assert browser.address("consent:text", version="v1", language="es") in html

    old = page(browser, "en", "consent:text", version="v1", language="es")
    assert text_file("v1", "es").strip() in old
    assert WORDS["es"]["v1"][Purpose.CLASS].hint in old
    assert 'lang="es"' in old


@pytest.mark.django_db
def test_words_that_changed_since_are_not_shown_in_another_language_instead(
    student: PlatformUser, context: Context, request: pytest.FixtureRequest
) -> None:
    yes_in("es", student, context)
    (answer,) = history_of(student=student, context=context)
    assert answer.text_is_kept
    request.getfixturevalue("other_spanish")
    assert not answer.text_is_kept


@pytest.mark.django_db
def test_an_address_of_before_there_were_languages_leads_to_the_english_text(browser: make.Browser) -> None:
    assert text_file("v1", "en").strip() in page(browser, "es", "consent:text", version="v1")
    missing = browser.get(browser.address("consent:text", version="v1", language="fr"))
    assert missing.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
def test_a_receipt_says_the_language_and_speaks_it(student: PlatformUser, context: Context) -> None:
    record = receipt_of(yes_in("es", student, context))["consent_record"]["pii_processing"]
    assert record["language"] == "es"
    assert record["purposes"][0]["purpose"] == WORDS["es"]["v1"][Purpose.CAMERA].label


@pytest.mark.django_db
def test_an_answer_of_before_there_were_languages_was_given_in_english(
    student: PlatformUser, context: Context
) -> None:
    text, at = texts.current_text("en"), now() - timedelta(days=1)
    row = Consent(student=student, context=context, answer=Answer.YES, answered_at=at)
    row.text_version, row.text_hash = text.version, text.hash
    row.save()
    assert row.text_language == "en"
    assert history_of(student=student, context=context)[0].text_is_kept
