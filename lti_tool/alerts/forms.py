"""What counselors and students send. Keeps nothing."""

from collections.abc import Sequence
from enum import StrEnum

from django import forms
from django.utils.translation import gettext_lazy as _

from lti_tool.alerts.errors import WORDS_LONGEST
from lti_tool.alerts.models import CounselorAddress, WordKind
from lti_tool.alerts.words import DETAILS, Reached, ReferredTo
from lti_tool.domain.cases import ClosingReason, Step

BY_PEOPLE = [reason for reason in ClosingReason if reason is not ClosingReason.WITHDRAWN]
_DETAILS: dict[Step, Sequence[StrEnum]] = {
    Step.CONTACT: list(Reached),
    Step.REFER: list(ReferredTo),
    Step.CLOSE: BY_PEOPLE,
}


def details_of(step: Step) -> list[tuple[str, object]]:
    """What has to be said beside a step: value and words; nothing for most."""
    return [(detail.value, DETAILS[detail]) for detail in _DETAILS.get(step, ())]


class StepForm(forms.Form):
    """One step. Three of them need a word from a list; handing over needs a colleague."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step])
    detail = forms.ChoiceField(choices=[(d.value, d.value) for all_ in _DETAILS.values() for d in all_],
                               required=False)  # fmt: skip
    to = forms.IntegerField(required=False)

    def clean(self) -> dict[str, object]:
        """The detail is one of this step's own."""
        step = Step(self.cleaned_data["step"]) if "step" in self.cleaned_data else None
        fitting = [value for value, _words in details_of(step)] if step else []
        if fitting and self.cleaned_data.get("detail") not in fitting:
            self.add_error("detail", _("Choose one of the list."))
        if step is Step.HAND_OVER and not self.cleaned_data.get("to"):
            self.add_error("to", _("Choose a colleague."))
        return self.cleaned_data

    @property
    def chosen(self) -> Step:
        """Which."""
        return Step(self.cleaned_data["step"])


class WordForm(forms.Form):
    """What a student says of a case."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in WordKind])
    text = forms.CharField(required=False, max_length=WORDS_LONGEST + 1)


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a counselor wants to be told."""

    class Meta:
        model = CounselorAddress
        fields = ("email", "only_digest")
