"""People of a course, and the launches they made."""

import secrets
from datetime import datetime, timedelta

from lti_tool.domain.access import MEMBERSHIP
from lti_tool.lti.models import Context, CounselorGrant, Launch, PlatformUser
from tests.factories.times import NOW

LEARNER = f"{MEMBERSHIP}#Learner"
INSTRUCTOR = f"{MEMBERSHIP}#Instructor"


def make_student(context: Context, *, name: str = "Ada", **values: object) -> PlatformUser:
    """A person of the course's platform. What makes a student is the role of the launch."""
    defaults = {"sub": secrets.token_hex(6), "name": name}
    return PlatformUser.objects.create(registration=context.deployment.registration, **defaults | values)


def make_instructor(context: Context, *, name: str = "Ingrid", **values: object) -> PlatformUser:
    return make_student(context, name=name, **values)


def make_counselor(
    context: Context, *, name: str = "Cora", at: datetime = NOW, **values: object
) -> PlatformUser:
    """A person with a grant for this course, in force around `at`."""
    person = make_student(context, name=name, **values)
    make_counselor_of(person, context, at=at)
    return person


def make_counselor_of(person: PlatformUser, context: Context, *, at: datetime = NOW) -> CounselorGrant:
    """A grant for somebody who is there already."""
    return CounselorGrant.objects.create(
        user=person,
        deployment=context.deployment,
        context=context,
        granted_by="Head of Counseling",
        granted_at=at - timedelta(days=30),
        expires_at=at + timedelta(days=50 * 365),
    )


def make_launch(
    user: PlatformUser,
    context: Context,
    *,
    roles: tuple[str, ...] = (LEARNER,),
    at: datetime = NOW,
    **values: object,
) -> Launch:
    defaults = {
        "public_id": secrets.token_urlsafe(16),
        "roles": list(roles),
        "browser_hash": secrets.token_hex(32),
        "created_at": at,
        "expires_at": at + timedelta(hours=8),
    }
    return Launch.objects.create(user=user, context=context, **defaults | values)
