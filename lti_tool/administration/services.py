"""Enrol, verify and reset second factors. Knows no request."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from secrets import token_bytes

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from lti_tool.administration import codes, journal
from lti_tool.administration.errors import CodeRefused, TooManyCodes
from lti_tool.administration.models import Authenticator, BackupCode, BackupCodes, SecondFactor
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.vault.services import seal_small


def is_enrolled(user: User) -> bool:
    """Whether this account has an authenticator."""
    return bool(Authenticator.objects.filter(user=user, confirmed=True).exists())


@sensitive_variables()
@transaction.atomic
def begin_enrolment(*, user: User) -> Authenticator:
    """A fresh secret that opens nothing yet. Those that were begun before, perhaps by another, are gone."""
    Authenticator.objects.filter(user=user, confirmed=False).delete()
    begun = Authenticator(user=user, name="authenticator", confirmed=False)
    begun.secret_sealed = seal_small(token_bytes(codes.SECRET_BYTES), binding=begun.binding)
    begun.save()
    return begun


def begun_enrolment(*, user: User, number: int) -> Authenticator | None:
    """The one with this number, while it waits for its first code."""
    begun: Authenticator | None = Authenticator.objects.filter(user=user, confirmed=False, pk=number).first()
    return begun


@sensitive_variables("code")
def finish_enrolment(
    *, user: User, number: int, code: str, at: datetime
) -> tuple[Authenticator, Sequence[str]]:
    """Confirm with its first code. Returns it with the backup codes, which nobody can show again.

    Raises CodeRefused, TooManyCodes.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # of two tabs, one enrols
        begun = (
            Authenticator.objects.select_for_update().filter(user=user, confirmed=False, pk=number).first()
        )
        if begun is not None and not is_enrolled(user) and begun.verify_token(codes.typed(code)):
            Authenticator.objects.filter(pk=begun.pk).update(confirmed=True)
            begun.confirmed = True
            backup = _new_backup_codes(user)
            _audit(user.get_username(), Action.SECOND_FACTOR_ENROLLED, user, at)
            return begun, backup
    raise _refusal(begun)


@sensitive_variables("code")
def verify(*, user: User, code: str, at: datetime) -> SecondFactor:
    """The factor that the code is one of; the code is spent. Raises CodeRefused, TooManyCodes."""
    meant = codes.typed(code)
    kind: type[SecondFactor] = Authenticator if meant.isdigit() else BackupCodes
    with transaction.atomic():
        factor: SecondFactor | None = (
            kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        )
        if factor is not None and factor.verify_token(meant):
            if kind is BackupCodes:
                _audit(user.get_username(), Action.BACKUP_CODE_USED, user, at)
            journal.code_was_right(user.get_username(), kind.__name__)
            return factor
    journal.code_was_wrong(user.get_username())
    raise _refusal(factor)


@transaction.atomic
def reset(*, user: User, by: str, at: datetime) -> None:
    """Take every factor of the account away: at the next login it enrols anew, after its password."""
    Authenticator.objects.filter(user=user).delete()
    BackupCodes.objects.filter(user=user).delete()
    _audit(by, Action.SECOND_FACTOR_RESET, user, at)


def _new_backup_codes(user: User) -> list[str]:
    BackupCodes.objects.filter(user=user).delete()
    of, made = BackupCodes.objects.create(user=user, name="backup codes"), []
    for _ in range(codes.BACKUP_CODES):
        made.append(codes.new_backup_code())
        BackupCode.objects.create(of=of, code_hash=codes.hash_of(made[-1]))
    return made


def _refusal(factor: SecondFactor | None) -> CodeRefused | TooManyCodes:
    """One that failed just now waits, too: only who comes again before that is told how long."""
    if factor is None or factor.throttling_failure_count < 2:
        return CodeRefused()
    allowed, why = factor.verify_is_allowed()
    if allowed:
        return CodeRefused()
    return TooManyCodes(retry_after_s=max(1, ceil((why["locked_until"] - timezone.now()).total_seconds())))


def _audit(actor: str, action: Action, user: User, at: datetime) -> None:
    audit.record(actor=actor, action=action, subject=f"account:{user.pk}", at=at)
