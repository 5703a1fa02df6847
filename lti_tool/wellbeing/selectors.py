"""What the check-in page must say before it asks. Changes nothing."""

from lti_tool.consent import selectors as consent
from lti_tool.domain.checkins import goes_with_record
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser


def shared_with_record(student: PlatformUser, context: Context) -> bool:
    """Whether counselors who may read the record see a new check-in, too."""
    return goes_with_record(
        record_is_shared=consent.permits(student=student, context=context, purpose=Purpose.COUNSELOR),
        sharing=consent.terms_in(context).sharing,
    )
