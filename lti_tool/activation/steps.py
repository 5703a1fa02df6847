"""The steps of the wizard: what each asks, and which lacks belong to it. Knows no pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lti_tool.activation.models import Activation
from lti_tool.activation.words import Explained, explain
from lti_tool.domain.activation import Lack, missing_for_approval
from lti_tool.domain.jurisdictions import Profile


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard. `exception` are the fields that only some places ask for."""

    slug: str
    title: str | Promise
    lead: str | Promise
    fields: tuple[str, ...]
    exception: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()

    def fields_in(self, profile: Profile | None) -> tuple[str, ...]:
        """What is asked in this place."""
        excepted = profile is not None and profile.inference_needs_exception
        return (*self.fields, *self.exception) if excepted else self.fields

    def owns(self, lack: str) -> bool:
        """Whether this is where it is mended."""
        return lack in self.lacks or lack in self.fields or lack in self.exception


STEPS: Final = (
    Step(
        "place",
        # Translators: where the law of a deployment applies.
        _("Place"),
        _("Where does the law of this deployment apply? What follows depends on it."),
        ("jurisdiction",),
        lacks=(Lack.UNKNOWN_JURISDICTION,),
    ),
    Step(
        "rules",
        _("What this place asks"),
        _("On what it rests, what it is for, and what this place wants besides."),
        (
            "legal_basis",
            "purpose",
            "assessment_reference",
            "assessment_date",
            "least_age",
            "lower_age_reason",
        ),
        exception=("exception_kind", "device_identifier", "counsel_name", "counsel_signed_on"),
        lacks=(
            Lack.INFERENCE_NOT_PERMITTED,
            Lack.ASSESSMENT_NOT_YET_APPROVED,
            Lack.COUNSEL_NOT_YET_SIGNED,
            Lack.AGE_TOO_LOW,
        ),
    ),
    Step(
        "contacts",
        _("Contacts and hours"),
        _("Students read these where they decide. Write what reaches a person."),
        ("protection_contact", "counselor_contact", "counselor_hours"),
    ),
    Step(
        "retention",
        _("Retention"),
        _(
            "How long data is kept. Shorter is allowed, longer is not. Pictures go as soon as they are "
            "measured."
        ),
        ("record_days", "session_days"),
        lacks=(Lack.RECORDS_KEPT_TOO_LONG, Lack.SESSIONS_KEPT_TOO_LONG),
    ),
    Step(
        "sign-off",
        _("Sign-off and expiry"),
        _("Who answers for this, and until when. After a year at the latest it is looked at again."),
        ("signed_off_by", "expires_at"),
        lacks=(Lack.EXPIRED, Lack.LASTS_TOO_LONG, Lack.NOT_YET_SIGNED_OFF),
    ),
)
REVIEW: Final = "review"


@dataclass(frozen=True, slots=True)
class Progress:
    """One step as the list of steps shows it."""

    step: Step
    lacks: tuple[Explained, ...]
    current: bool


def step_named(slug: str) -> Step | None:
    """The step of this address."""
    return next((step for step in STEPS if step.slug == slug), None)


def after(step: Step) -> str:
    """The address part of what follows."""
    following = STEPS[STEPS.index(step) + 1 :]
    return following[0].slug if following else REVIEW


def progress_of(draft: Activation, *, current: str, at: datetime) -> list[Progress]:
    """Every step with what it still lacks."""
    lacks = missing_for_approval(draft, at)
    return [Progress(step, _explained(step, lacks, draft.profile), step.slug == current) for step in STEPS]


def _explained(step: Step, lacks: Sequence[str], profile: Profile | None) -> tuple[Explained, ...]:
    return tuple(explain(lack, profile) for lack in lacks if step.owns(lack))
