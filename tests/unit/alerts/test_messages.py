"""What a message says, to the letter, and that none is lost with a mail server that is down."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation
from pytest_django import Settings

from lti_tool.alerts import mail as messages
from lti_tool.alerts import services
from lti_tool.alerts.mail import body_for_desk, body_of, send, send_to_desk, subject_of
from lti_tool.alerts.models import Notice, NoticeKind
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases
from tests.unit.alerts.post import Post, open_post

HOUR = timedelta(hours=1)
OF_HEALTH = ("stress", "tens", "health", "anxi", "record", "student", "crisis", "pattern", "counseling")


@pytest.fixture
def post(settings: Settings) -> Post:
    """Where the settings lead, as yet not open. A closed port answers at once that nobody is there."""
    post = Post()
    with open_post(post):
        pass
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", post.port, False
    return post


def test_a_message_says_how_many_wait_where_to_look_and_nothing_else(
    file: MentalHealthFile, context: Context, counselor: PlatformUser
) -> None:
    cases.addressed(counselor, email="cora@example.edu")
    cases.asked(file.student, context)
    services.send_notices(at=NOW)
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("Attune: something waits in your queue", ["cora@example.edu"])
    assert message.body == (
        "Asked to be contacted: 1\n\n"
        "Open Attune in any of your courses: your queue is the first page.\n\n"
        "This message names nobody on purpose. Do not answer it: nobody reads what comes back.\n"
    )


def test_a_daily_message_counts_by_kind(context: Context) -> None:
    kinds = [NoticeKind.NEW, NoticeKind.NEW, NoticeKind.ESCALATION, NoticeKind.ASKED]
    assert subject_of(kinds[:2]) == "Attune: 2 things wait in your queue"
    assert subject_of(kinds) == "Attune: something still waits for a counselor"
    assert body_of(kinds).splitlines()[:3] == [
        "Asked to be contacted: 1",
        "New: 2",
        "Waiting longer than agreed, and seen by nobody: 1",
    ]


def test_no_message_holds_a_name_a_course_an_id_or_a_word_of_health(
    file: MentalHealthFile, context: Context, counselor: PlatformUser
) -> None:
    """Of every kind, as it would leave: headers and all."""
    cases.desk(context, weekly_budget=1, escalation_address="head@example.edu")
    cases.addressed(counselor, email="x@example.edu")
    cases.raised(file)
    cases.raised_of_many(context, 2)
    cases.asked(file.student, context)
    services.escalate_overdue(at=NOW + timedelta(days=9))
    services.send_notices(at=NOW)
    services.send_digests(at=NOW)
    assert len(mail.outbox) == 9
    student = file.student
    private = [
        cases.WORDS,
        student.name,
        student.sub,
        str(student.pseudonym),
        context.title,
        context.context_id,
    ]
    private += [
        word for text in (cases.WORDS, student.name, context.title) for word in text.split() if len(word) > 4
    ]
    private += [str(case.public_id) for case in student.cases.all()]
    for message in mail.outbox:
        whole = message.message().as_string().lower()
        assert "attune" in whole
        assert [told for told in (*private, *OF_HEALTH) if told.lower() in whole] == []
        assert {"subject", "from", "to", "date", "message-id"} >= {
            name.lower() for name in message.message()
        } - {"content-type", "mime-version", "content-transfer-encoding"}


def test_who_answers_for_the_deployment_is_asked_to_find_a_counselor() -> None:
    send_to_desk(to="head@example.edu")
    assert mail.outbox[0].body == body_for_desk()
    assert "Please ask your counselors to open their queue." in body_for_desk()


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The language in which each subject and each body was made, in their order."""
    found: list[str | None] = []

    def listening(make_text: Callable[..., str]) -> Callable[..., str]:
        def text(*about: object) -> str:
            found.append(translation.get_language())
            return make_text(*about)

        return text

    for name in ("subject_of", "body_of", "body_for_desk"):
        monkeypatch.setattr(messages, name, listening(getattr(messages, name)))
    return found


@pytest.mark.parametrize(
    ("kept", "speaks"), [("es", "es"), ("zh-hans", "zh-hans"), ("", "en"), ("tlh", "en"), ("es-mx", "es")]
)
def test_a_message_speaks_the_language_that_its_counselor_kept(
    spoken: list[str | None], file: MentalHealthFile, counselor: PlatformUser, kept: str, speaks: str
) -> None:
    """At once and daily, whatever the worker spoke before. Else, or if we have it not, the installation's."""
    cases.desk(file.context, weekly_budget=1)
    cases.addressed(counselor, language=kept)
    cases.raised(file)
    cases.raised_of_many(file.context, 1)
    with translation.override("zh-hans"):
        assert (services.send_notices(at=NOW), services.send_digests(at=NOW)) == (1, 1)
        assert translation.get_language() == "zh-hans"
    assert spoken == [speaks] * 4


def test_a_message_to_the_desk_speaks_the_installations_language(
    spoken: list[str | None], settings: Settings
) -> None:
    settings.LANGUAGE_CODE = "es"
    with translation.override("en"):
        send_to_desk(to="head@example.edu")
    assert spoken == ["es", "es"]


def test_a_message_goes_through_a_real_server(post: Post) -> None:
    with open_post(post):
        send(to="cora@example.edu", kinds=[NoticeKind.NEW])
    ((to, message),) = post.delivered
    assert to == "cora@example.edu"
    assert message["Subject"] == "Attune: something waits in your queue"
    assert message.get_content().splitlines()[0] == "New: 1"


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_down_loses_nothing(
    post: Post, file: MentalHealthFile, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither what is told at once, nor a daily message, nor what goes to the administrator."""
    cases.desk(context, weekly_budget=1, escalation_address="head@example.edu")
    for name in ("cato", "cora"):
        cases.addressed(make.make_counselor(context), email=f"{name}@example.edu")
    cases.raised(file)
    cases.raised_of_many(context, 1)
    services.escalate_overdue(at=NOW + timedelta(days=9))
    assert services.send_notices(at=NOW) == 0
    assert services.send_digests(at=NOW) == 0
    assert not Notice.objects.exclude(sent_at=None).exists()
    assert caplog.text.count("The mail server cannot be used") == 2, "one try a run, not one a message"
    assert "example.edu" not in caplog.text
    with open_post(post):
        services.send_notices(at=NOW + HOUR)
        services.send_digests(at=NOW + HOUR)
        services.send_notices(at=NOW + 2 * HOUR)
    # One case is new at once, the other in the daily message; both escalate, to the desk as well.
    assert sorted(post.to) == ["cato@example.edu"] * 4 + ["cora@example.edu"] * 4 + ["head@example.edu"] * 2
    assert not Notice.objects.filter(sent_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_refused_keeps_no_other_waiting(post: Post, context: Context) -> None:
    cases.desk(context, weekly_budget=1)
    for name in ("gone", "cora"):
        cases.addressed(make.make_counselor(context), email=f"{name}@example.edu")
    cases.raised_of_many(context, 2)
    post.unknown = {"gone@example.edu"}
    with open_post(post):
        assert (services.send_notices(at=NOW), services.send_digests(at=NOW)) == (1, 1)
        post.unknown = set()
        assert (services.send_notices(at=NOW + HOUR), services.send_digests(at=NOW + HOUR)) == (1, 1)
    assert post.to == ["cora@example.edu"] * 2 + ["gone@example.edu"] * 2
