"""What an alert is worth, for three numbers that somebody types. Keeps nothing."""

from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.predictive import expected

PEOPLE = 1000
_WRONG = _("Give a number from 0 to 100")


class _Number(forms.FloatField):
    """As any language writes it, 7.5 or 7,5: who changes the language comes back with what was typed before.

    None is over 100, so neither sign can stand between thousands.
    """

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's own
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _percent(label: Any, hint: Any, initial: float) -> forms.FloatField:  # noqa: ANN401 - lazy words
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _WRONG)
    return _Number(
        label=label,
        help_text=hint,
        initial=initial,
        min_value=0,
        max_value=100,
        error_messages=messages,
        localize=True,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """The same as whole people: of PEOPLE, and of 100 alerts. `right` is None when there is no alert."""

    tense: int
    found: int
    missed: int
    false: int
    right: int | None

    @property
    def not_right(self) -> int:
        return 100 - (self.right or 0)


class CalculatorForm(forms.Form):
    """Sensitivity, specificity and prevalence, in per cent."""

    sensitivity = _percent(
        _("Of 100 people who are tense, how many get an alert?"), _("Called sensitivity."), 75
    )
    specificity = _percent(_("Of 100 people who are not, how many get none?"), _("Called specificity."), 75)
    prevalence = _percent(_("Of 100 people, how many are tense at all?"), _("Called prevalence."), 10)

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """With what was sent, or with an example where nothing was."""
        sent = {name: query.get(name) for name in cls.base_fields}
        if all(value is None for value in sent.values()):
            sent = {name: field.initial for name, field in cls.base_fields.items()}
        return cls(sent)

    def outcome(self) -> Outcome | None:
        """What the three come to; None when they are not three numbers."""
        if not self.is_valid():
            return None
        shares = {name: value / 100 for name, value in self.cleaned_data.items()}
        found = expected(**shares)
        tense, true = round(PEOPLE * shares["prevalence"]), round(PEOPLE * found.true_alerts)
        right = found.predictive_value
        return Outcome(
            tense=tense,
            found=true,
            missed=tense - true,
            false=round(PEOPLE * found.false_alerts),
            right=None if right is None else round(100 * right),
        )

    @property
    def summary(self) -> list[dict[str, str]]:
        """What is to be checked, and where."""
        return [
            {
                "field": name,
                "message": gettext("%(question)s %(error)s")
                % {"question": self[name].label, "error": errors[0]},
            }
            for name, errors in self.errors.items()
        ]
