"""An administrator's way in: a password, then a code; the first time, an authenticator to set up."""

import re
import time
from base64 import b32decode

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import totp
from pytest_django import Settings

from lti_tool.administration import codes, services
from lti_tool.administration.checks import second_factor_is_asked_for
from lti_tool.administration.errors import CodeRefused
from lti_tool.administration.models import Authenticator, BackupCode, BackupCodes
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.core.clock import now
from lti_tool.vault.errors import SealBroken

pytestmark = pytest.mark.django_db

PASSWORD = "a long pass phrase"
CODE_PAGE = "/admin/code/"


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def ruth() -> User:
    return User.objects.create_superuser("ruth", password=PASSWORD)


def with_password(name: str = "ruth") -> Client:
    """A browser that has shown the password and no code."""
    client = Client()
    answer = client.post("/admin/login/?next=/admin/lti/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def code_of(user: User, *, steps: int = 0) -> str:
    """What the authenticator shows, `steps` of 30 seconds from now."""
    secret = Authenticator.objects.get(user=user).secret()
    return f"{totp(secret, t0=-30 * steps):06d}"


def enrol(client: Client, user: User) -> list[str]:
    """Set the authenticator up as a person would. Returns the backup codes."""
    page = client.get(CODE_PAGE).content.decode()
    spelled = re.findall(r"<code>([A-Z2-7 ]+)</code>", page)[0].replace(" ", "")
    secret = b32decode(spelled)
    assert secret == Authenticator.objects.get(user=user, confirmed=False).secret()
    answer = client.post(CODE_PAGE, {"code": f"{totp(secret):06d}"})
    assert answer.status_code == 200
    return re.findall(r"<code>([A-Z2-7-]+)</code>", answer.content.decode())


@pytest.fixture
def backup(ruth: User) -> list[str]:
    """Enrolled a while ago: the authenticator has gone on since."""
    codes = enrol(with_password(), ruth)
    Authenticator.objects.update(last_step=0)
    return codes


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def try_code(client: Client, code: str) -> int:
    return client.post(CODE_PAGE, {"code": code}).status_code


def forget_failures() -> None:
    for kind in (Authenticator, BackupCodes):
        kind.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)


def test_a_password_alone_opens_no_page(ruth: User) -> None:
    client = with_password()
    for path in ("/admin/", "/admin/lti/registration/", "/admin/auth/user/", "/admin/password_change/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/admin/login/")
    onward = client.get("/admin/login/?next=/admin/lti/")
    assert onward.headers["Location"] == f"{CODE_PAGE}?next=%2Fadmin%2Flti%2F"


def test_the_first_login_sets_an_authenticator_up_and_lets_in(ruth: User) -> None:
    client = with_password()

    backup = enrol(client, ruth)

    assert len(set(backup)) == 8
    assert is_in(client)
    assert AuditEntry.objects.filter(
        action=Action.SECOND_FACTOR_ENROLLED, actor=pseudonym_of("ruth"), subject=f"account:{ruth.pk}"
    ).exists()


def test_the_picture_is_one_that_the_policy_of_our_pages_allows(ruth: User) -> None:
    answer = with_password().get(CODE_PAGE)

    assert '<img src="data:image/svg+xml;' in answer.content.decode()
    assert "data:" in answer.headers["Content-Security-Policy"].split("img-src")[1].split(";")[0]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_next_login_asks_for_a_code_and_tells_no_secret(ruth: User, backup: list[str]) -> None:
    client = with_password()
    page = client.get(CODE_PAGE).content.decode()

    assert "data:image" not in page
    assert not is_in(client)
    assert (
        client.post(f"{CODE_PAGE}?next=/admin/lti/", {"code": code_of(ruth)}).headers["Location"]
        == "/admin/lti/"
    )
    assert is_in(client)


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_on_stays_with_us(ruth: User, backup: list[str], next_page: str) -> None:
    client = with_password()
    answer = client.post(f"{CODE_PAGE}?next={next_page}", {"code": code_of(ruth)})

    assert answer.headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    "code", ["", "000000x", "12345", "1234567", "abcdef", "٤٤٤٤٤٤", "\x00" * 6, "9" * 5000]
)
def test_a_wrong_code_lets_nobody_in(ruth: User, backup: list[str], code: str) -> None:
    client = with_password()

    assert try_code(client, code) == 400
    assert not is_in(client)


def test_a_code_that_was_used_is_used_up(ruth: User, backup: list[str]) -> None:
    code = code_of(ruth)
    assert try_code(with_password(), code) == 302

    over_the_shoulder = with_password()
    assert try_code(over_the_shoulder, code) == 400
    assert not is_in(over_the_shoulder)


@pytest.mark.parametrize(("steps", "status"), [(-3, 400), (-1, 302), (1, 302), (3, 400)])
def test_a_clock_may_be_half_a_minute_wrong(ruth: User, backup: list[str], steps: int, status: int) -> None:
    assert try_code(with_password(), code_of(ruth, steps=steps)) == status


def test_each_wrong_code_makes_the_wait_longer_even_for_the_right_one(ruth: User, backup: list[str]) -> None:
    client = with_password()
    for _ in range(3):
        Authenticator.objects.update(throttling_failure_timestamp=None)
        try_code(client, "000000")

    answer = client.post(CODE_PAGE, {"code": code_of(ruth)})

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 4
    assert not is_in(client)
    forget_failures()
    assert try_code(client, code_of(ruth)) == 302


def test_a_backup_code_works_once_and_leaves_the_others(ruth: User, backup: list[str]) -> None:
    assert try_code(with_password(), backup[0]) == 302
    assert try_code(with_password(), backup[0]) == 400
    forget_failures()
    assert try_code(with_password(), backup[1].lower().replace("-", " ")) == 302
    assert BackupCode.objects.count() == 6
    assert AuditEntry.objects.filter(action=Action.BACKUP_CODE_USED).count() == 2


def test_the_code_of_one_account_opens_no_other(ruth: User, backup: list[str]) -> None:
    lena = User.objects.create_superuser("lena", password=PASSWORD)
    enrol(with_password("lena"), lena)

    assert try_code(with_password("lena"), backup[0]) == 400
    forget_failures()
    assert try_code(with_password("lena"), code_of(ruth)) == 400


def test_a_secret_that_was_shown_in_another_session_is_never_the_one_that_is_confirmed(ruth: User) -> None:
    """Who has the password alone may look at a secret first, and must not know the one that counts."""
    thief = with_password()
    thief.get(CODE_PAGE)
    seen = Authenticator.objects.get(user=ruth).secret()

    enrol(with_password(), ruth)

    assert Authenticator.objects.get(user=ruth).secret() != seen
    assert try_code(thief, f"{totp(seen):06d}") == 400
    assert not is_in(thief)


def test_who_is_enrolled_cannot_be_enrolled_again_with_a_password(ruth: User, backup: list[str]) -> None:
    before = Authenticator.objects.get(user=ruth).pk
    with_password().get(CODE_PAGE)

    assert list(Authenticator.objects.values_list("pk", flat=True)) == [before]


def test_the_session_gets_another_key_with_every_step(ruth: User, backup: list[str]) -> None:
    client = Client()
    client.get("/admin/login/")
    keys = [client.session.session_key]
    client.post("/admin/login/", {"username": "ruth", "password": PASSWORD})
    keys.append(client.session.session_key)
    try_code(client, code_of(ruth))
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3


def test_an_account_without_a_right_to_the_administration_is_asked_for_no_code() -> None:
    User.objects.create_user("stan", password=PASSWORD)
    client = Client()
    answer = client.post("/admin/login/", {"username": "stan", "password": PASSWORD})

    assert answer.status_code == 200
    assert client.get(CODE_PAGE).headers["Location"] == "/admin/"


def test_somebody_who_took_the_wrong_account_can_leave(ruth: User) -> None:
    client = with_password()
    client.post(CODE_PAGE, {"answer": "leave"})

    assert "_auth_user_id" not in client.session


def test_a_device_is_reset_by_command_and_that_is_written_down(ruth: User, backup: list[str]) -> None:
    inside = with_password()
    try_code(inside, code_of(ruth))

    call_command("reset_second_factor", "ruth", "--by", "lena", verbosity=0)

    assert not is_in(inside), "a session ends with the factor that opened it"
    assert try_code(with_password(), backup[0]) == 400
    assert AuditEntry.objects.filter(
        action=Action.SECOND_FACTOR_RESET, actor=pseudonym_of("lena"), subject=f"account:{ruth.pk}"
    ).exists()
    assert len(enrol(with_password(), ruth)) == 8
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody")


def test_neither_a_secret_nor_a_backup_code_lies_in_the_database(ruth: User, backup: list[str]) -> None:
    device = Authenticator.objects.get(user=ruth)
    rows = repr([list(kind.objects.values()) for kind in (Authenticator, BackupCodes, BackupCode)])

    assert device.secret().hex() not in bytes(device.secret_sealed).hex()
    assert all(code not in rows and code.replace("-", "") not in rows for code in backup)


def test_a_sealed_secret_opens_for_its_account_alone(ruth: User, backup: list[str]) -> None:
    lena = User.objects.create_superuser("lena", password=PASSWORD)
    stolen = Authenticator.objects.get(user=ruth)
    stolen.user = lena
    with pytest.raises(SealBroken):
        stolen.secret()


def test_without_the_setting_a_password_is_enough(ruth: User, settings: Settings) -> None:
    settings.SECOND_FACTOR = False

    assert is_in(with_password())


@pytest.mark.parametrize(
    ("public", "required", "found"),
    [
        ("https://attune.example.edu", True, []),
        ("https://attune.example.edu", False, ["administration.W001"]),
        ("http://localhost:8000", False, []),
    ],
)
def test_a_public_installation_without_it_is_warned(
    settings: Settings, public: str, required: bool, found: list[str]
) -> None:
    settings.PUBLIC_URL, settings.SECOND_FACTOR = public, required
    assert [finding.id for finding in second_factor_is_asked_for()] == found


def test_two_codes_at_once_open_once(ruth: User, backup: list[str]) -> None:
    code = code_of(ruth)
    services.verify(user=ruth, code=code, at=now())
    with pytest.raises(CodeRefused):
        services.verify(user=ruth, code=code, at=now())
    assert Authenticator.objects.get(user=ruth).last_step == int(time.time()) // 30


def test_a_backup_code_is_too_long_to_be_guessed_from_its_hash(ruth: User) -> None:
    """From 112 bits on a plain hash is enough (ASVS 5.0, 6.5.2); a letter of base32 has five."""
    assert {len(codes.typed(code)) * 5 for code in enrol(with_password(), ruth)} == {120}
