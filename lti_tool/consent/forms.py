"""The choices of the consent page as a form. Knows the rules' problems, and how to say them kindly."""

from typing import Any

from django import forms

from lti_tool.domain.consent import Problem, Purpose, offered, problems
from lti_tool.domain.jurisdictions import Sharing

LABELS = {
    Purpose.CAMERA: "Measure with my camera, into my own file",
    Purpose.COUNSELOR: "This course’s counselors may read my file",
    Purpose.CLASS: "Count me, without my name, in the weekly class pattern",
}
HINTS = {
    Purpose.CAMERA: "Only you see your file. The other two choices need this one.",
    Purpose.COUNSELOR: "They can see when tension lasts, and offer help. You can stop this at any time.",
    Purpose.CLASS: "Teachers see it for the whole class, once a week, when ten students or more are counted.",
}
ADULT_ID = "adult"
MESSAGES = {
    Problem.CAMERA_NOT_CHOSEN: ("Choose “Measure with my camera”, or answer “Not now”", Purpose.CAMERA.value),
    Problem.ADULT_NOT_CONFIRMED: ("Confirm that you are {age} or older, or answer “Not now”", ADULT_ID),
}
ALONE_HINT = "Only you see your file. You can show it to a counselor later, on the page of your record."


class ChoicesForm(forms.Form):
    """The purposes that may be asked for here, each off until it is chosen, and the confirmation of age."""

    purposes = forms.MultipleChoiceField(required=False)
    adult = forms.BooleanField(required=False)

    def __init__(self, *args: Any, age: int, sharing: Sharing, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.age, self.sharing = age, sharing
        self.fields["purposes"].choices = [(p.value, LABELS[p]) for p in offered(sharing)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A yes must be one that can be remembered."""
        found = problems(self.chosen, adult_confirmed=self.cleaned_data["adult"], sharing=self.sharing)
        for problem in found:
            self.add_error(None, forms.ValidationError(self._message(problem), code=problem))
        return self.cleaned_data

    @property
    def age_label(self) -> str:
        """What is confirmed."""
        return f"I am {self.age} or older"

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
        return MESSAGES[problem][0].format(age=self.age)

    def choices(self) -> list[dict[str, object]]:
        """The purposes, ready for the choice component."""
        errors = {problem["field"]: problem["message"] for problem in self.summary}
        return [
            {
                "id": purpose.value,
                "label": LABELS[purpose],
                "hint": self._hint(purpose),
                "checked": purpose in self.chosen,
                "error": errors.get(purpose.value, ""),
            }
            for purpose in offered(self.sharing)
        ]

    def _hint(self, purpose: Purpose) -> str:
        alone = purpose is Purpose.CAMERA and self.sharing is Sharing.BY_OWN_ACT
        return ALONE_HINT if alone else HINTS[purpose]

    def adult_error(self) -> str:
        """The message beside the confirmation of age."""
        return next((e["message"] for e in self.summary if e["field"] == ADULT_ID), "")
