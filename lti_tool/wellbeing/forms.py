"""A check-in as a form: one number, four questions that may be left out whole, and who sees it."""

from typing import Any

from django import forms

from lti_tool.domain.checkins import HIGHEST, LOWEST, Phq4, SelfReport, Shared
from lti_tool.wellbeing.check_in_words import ALL_OR_NONE, CHOOSE_A_NUMBER, PHQ4_ANSWERS, PHQ4_ITEMS

NUMBER_WRONG = dict.fromkeys(("required", "invalid", "min_value", "max_value"), CHOOSE_A_NUMBER)
FIRST_QUESTION = f"{next(iter(PHQ4_ITEMS))}-0"


class CheckInForm(forms.Form):
    """`with_record`: whether counselors see a new check-in unless it is kept back."""

    stress = forms.IntegerField(min_value=LOWEST, max_value=HIGHEST, error_messages=NUMBER_WRONG)
    show = forms.BooleanField(required=False)
    keep_back = forms.BooleanField(required=False)
    told = forms.BooleanField(required=False, help_text="That the page said who sees it by itself.")
    only_number = forms.BooleanField(required=False)

    def __init__(self, *args: Any, with_record: bool, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.with_record = with_record
        for name in PHQ4_ITEMS:
            self.fields[name] = forms.TypedChoiceField(
                choices=PHQ4_ANSWERS, coerce=int, required=False, empty_value=None
            )

    def clean(self) -> dict[str, Any]:
        """Some of the four is no PHQ-4."""
        answered = [name for name in PHQ4_ITEMS if self.cleaned_data.get(name) is not None]
        if answered and len(answered) < len(PHQ4_ITEMS) and not self.cleaned_data["only_number"]:
            self.add_error(None, ALL_OR_NONE)
        return self.cleaned_data

    @property
    def report(self) -> SelfReport:
        """What was said."""
        answers = {name: self.cleaned_data[name] for name in PHQ4_ITEMS}
        whole = not self.cleaned_data["only_number"] and None not in answers.values()
        return SelfReport(self.cleaned_data["stress"], Phq4(**answers) if whole else None)

    @property
    def shared(self) -> Shared:
        """Before whom it comes. Never wider than the page said when it was filled in."""
        if self.cleaned_data["show"]:
            return Shared.BY_OWN_ACT
        said_so = self.with_record and self.cleaned_data["told"]
        return Shared.WITH_RECORD if said_so and not self.cleaned_data["keep_back"] else Shared.NOBODY

    @property
    def number(self) -> int:
        """Where the slider stands: where it was left, or in the middle."""
        typed = str(self.data.get("stress", "")) if self.is_bound else ""
        scale = range(LOWEST, HIGHEST + 1)
        return next((number for number in scale if str(number) == typed), scale[len(scale) // 2])

    @property
    def begun(self) -> bool:
        """Whether any of the four was answered."""
        return any(self.data.get(name) for name in PHQ4_ITEMS)

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The four, ready for the page."""
        return [
            {
                "name": name,
                "words": words,
                "answers": [
                    {"value": value, "words": answer, "checked": self.data.get(name) == str(value)}
                    for value, answer in PHQ4_ANSWERS
                ],
            }
            for name, words in PHQ4_ITEMS.items()
        ]

    @property
    def summary(self) -> list[dict[str, str]]:
        """What to correct, each with the field to go to."""
        found = [{"field": "stress", "message": str(message)} for message in self.errors.get("stress", ())]
        rest = [*self.non_field_errors(), *(m for name in PHQ4_ITEMS for m in self.errors.get(name, ()))]
        return found + [{"field": FIRST_QUESTION, "message": str(message)} for message in rest]
