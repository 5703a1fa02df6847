"""Invite a counselor, and make one of who brings the code. No role of a platform has a part in it."""

from datetime import datetime
from secrets import token_urlsafe
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.access import is_person
from lti_tool.lti.errors import InvitationProblem, InvitationRefused
from lti_tool.lti.models import (
    CounselorGrant,
    CounselorInvitation,
    InvitationState,
    PlatformUser,
)
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.services.newcomers import Newcomer
from lti_tool.lti.services.platforms import record_grant

CODE_BYTES: Final = 18
_PROBLEMS: Final = {
    InvitationState.REDEEMED: InvitationProblem.SPENT,
    InvitationState.WITHDRAWN: InvitationProblem.OVER,
    InvitationState.EXPIRED: InvitationProblem.OVER,
}


@transaction.atomic
def invite_counselor(*, invitation: CounselorInvitation, by: str, at: datetime) -> str:
    """Put an invitation on record and return its code, which is known here for the last time."""
    code = token_urlsafe(CODE_BYTES)
    invitation.token_hash = hash_of(code)
    invitation.invited_by, invitation.created_at = by, at
    invitation.full_clean()
    invitation.save()
    _audit(Action.COUNSELOR_INVITED, invitation, by=by, at=at)
    return code


@transaction.atomic
def withdraw_invitation(*, invitation: CounselorInvitation, by: str, at: datetime) -> None:
    """Let nobody use it any more; one that was used stays as it is: its grant can be revoked."""
    if _still_open(invitation, at).update(withdrawn_at=at):
        _audit(Action.COUNSELOR_INVITATION_WITHDRAWN, invitation, by=by, at=at)


@transaction.atomic
def redeem_invitation(*, code: str, newcomer: Newcomer, at: datetime) -> CounselorGrant:
    """Make a counselor of who brings the code to its course, once. Raises InvitationRefused."""
    invitation = _invitation_for(code, newcomer, at)
    # Of two that bring the same code, the database lets one change the row.
    if not _still_open(invitation, at).update(redeemed_at=at):
        raise InvitationRefused(InvitationProblem.SPENT)
    user, _ = PlatformUser.objects.get_or_create(
        registration_id=newcomer.deployment.registration_id, sub=newcomer.sub
    )
    grant = CounselorGrant(
        user=user,
        deployment=invitation.deployment,
        context=invitation.context,
        granted_by=invitation.invited_by,
        granted_at=at,
        expires_at=invitation.grant_expires_at,
    )
    record_grant(grant=grant, by=str(user.pseudonym), purpose=f"invitation:{invitation.pk}", at=at)
    CounselorInvitation.objects.filter(pk=invitation.pk).update(grant=grant)
    return grant


def _invitation_for(code: str, newcomer: Newcomer, at: datetime) -> CounselorInvitation:
    """The invitation of this code, if it is for this person's course and open."""
    if not is_person(newcomer.roles):
        raise InvitationRefused(InvitationProblem.TEST_USER)
    found = (
        CounselorInvitation.objects.select_related("deployment", "context")
        .filter(token_hash=hash_of(code.strip()))
        .first()
    )
    if found is None:
        raise InvitationRefused(InvitationProblem.UNKNOWN)
    if not _is_for(found, newcomer):
        raise InvitationRefused(InvitationProblem.ELSEWHERE)
    if problem := _PROBLEMS.get(found.state_at(at)):
        raise InvitationRefused(problem)
    return found


def _is_for(invitation: CounselorInvitation, newcomer: Newcomer) -> bool:
    here = invitation.deployment_id == newcomer.deployment.pk
    return here and (invitation.context is None or invitation.context.context_id == newcomer.context_id)


def _still_open(invitation: CounselorInvitation, at: datetime) -> QuerySet[CounselorInvitation]:
    return CounselorInvitation.objects.filter(
        pk=invitation.pk, redeemed_at=None, withdrawn_at=None, expires_at__gt=at
    )


def _audit(action: Action, invitation: CounselorInvitation, *, by: str, at: datetime) -> None:
    audit.record(actor=by, action=action, subject=f"invitation:{invitation.pk}", at=at)
