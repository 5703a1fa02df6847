"""The choices of the consent page as a form. Knows the rules' problems, and how to say them kindly."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lti_tool.consent.selectors import Terms
from lti_tool.consent.wording import choices_of
from lti_tool.domain.consent import Problem, Purpose
from lti_tool.domain.jurisdictions import Sharing

ADULT_ID = "adult"
MESSAGES = {
    Problem.CAMERA_NOT_CHOSEN: (
        # Translators: the first words of the choice, as in lti_tool/consent/wording.
        gettext_noop("Choose “Measure with my camera”, or answer “Not now”"),
        Purpose.CAMERA.value,
    ),
    Problem.ADULT_NOT_CONFIRMED: (
        gettext_noop("Confirm that you are %(age)d or older, or answer “Not now”"),
        ADULT_ID,
    ),
}


class ChoicesForm(forms.Form):
    """The purposes that may be asked for here, each off until it is chosen, and the confirmation of age."""

    purposes = forms.MultipleChoiceField(required=False)
    adult = forms.BooleanField(required=False)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.terms, self.words = terms, choices_of(terms.text.version, terms.text.language)
        self.fields["purposes"].choices = [(p.value, self.words[p].label) for p in terms.offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A yes must be one that can be remembered."""
        found = self.terms.problems(self.chosen, adult_confirmed=self.cleaned_data["adult"])
        for problem in found:
            self.add_error(None, forms.ValidationError(self._message(problem), code=problem))
        return self.cleaned_data

    @property
    def age_label(self) -> str:
        """What is confirmed."""
        return _("I am %(age)d or older") % {"age": self.terms.least_age}

    @property
    def chosen(self) -> frozenset[Purpose]:
        """What was ticked, sent or remembered."""
        values = self.cleaned_data.get("purposes", []) if self.is_bound else self.initial.get("purposes", [])
        return frozenset(Purpose(value) for value in values)

    @property
    def adult_ticked(self) -> bool:
        """Whether the age was confirmed, now or before."""
        return bool((self.cleaned_data if self.is_bound else self.initial).get("adult", False))

    @property
    def summary(self) -> list[dict[str, str]]:
        """What to correct, each with the field to go to."""
        found = [Problem(str(error.code)) for error in self.non_field_errors().as_data()]
        return [{"message": self._message(problem), "field": MESSAGES[problem][1]} for problem in found]

    def _message(self, problem: Problem) -> str:
        return _(MESSAGES[problem][0]) % {"age": self.terms.least_age}

    def choices(self) -> list[dict[str, object]]:
        """The purposes, ready for the choice component."""
        errors = {problem["field"]: problem["message"] for problem in self.summary}
        return [
            {
                "id": purpose.value,
                "label": self.words[purpose].label,
                "hint": self._hint(purpose),
                "checked": purpose in self.chosen,
                "error": errors.get(purpose.value, ""),
            }
            for purpose in self.terms.offered
        ]

    def _hint(self, purpose: Purpose) -> str:
        words = self.words[purpose]
        by_own_act = self.terms.sharing is Sharing.BY_OWN_ACT
        return (words.alone if by_own_act else "") or words.hint

    def adult_error(self) -> str:
        """The message beside the confirmation of age."""
        return next((e["message"] for e in self.summary if e["field"] == ADULT_ID), "")
