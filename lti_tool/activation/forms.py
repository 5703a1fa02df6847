"""The forms of the wizard. A draft may be left half done: what is missing is said beside the form."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from lti_tool.activation.models import Activation
from lti_tool.activation.record import last_day
from lti_tool.activation.steps import Step
from lti_tool.activation.words import label_of
from lti_tool.lti.models import Deployment

if TYPE_CHECKING:
    DraftForm = forms.ModelForm[Activation]
    DeploymentField = forms.ModelChoiceField[Deployment]
else:
    DraftForm, DeploymentField = forms.ModelForm, forms.ModelChoiceField


class NamedDeployment(DeploymentField):
    """A deployment, told apart from those of other platforms."""

    def label_from_instance(self, obj: Deployment) -> str:
        """Its platform with it."""
        return f"{obj.registration}, {obj}"


class StartForm(forms.Form):
    """Which deployment a draft is for."""

    deployment = NamedDeployment(queryset=Deployment.objects.select_related("registration").order_by("pk"))


class SignOffForm(DraftForm):
    """Who signs, and the last day, which counts whole (UTC)."""

    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("In force until the end of this day (UTC), a year at most."),
    )

    class Meta:
        model = Activation
        fields = ("signed_off_by",)
        labels = {"signed_off_by": _("Signed off by")}  # noqa: RUF012 - as Django reads it

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        expires_at = self.instance.expires_at
        self.initial["expires_on"] = last_day(expires_at) if expires_at else None

    def clean(self) -> dict[str, Any]:
        """The day's end as a moment."""
        day = self.cleaned_data.get("expires_on")
        self.instance.expires_at = (
            datetime.combine(day, time.min, tzinfo=UTC) + timedelta(days=1) if day else None
        )
        return self.cleaned_data


def form_of(step: Step, draft: Activation, data: Any = None) -> DraftForm:  # noqa: ANN401 - Django's own
    """The form of a step, as the place of this draft has it."""
    if "expires_at" in step.fields:
        return SignOffForm(data, instance=draft)
    made = forms.modelform_factory(
        Activation, fields=step.fields_in(draft.profile), formfield_callback=_form_field
    )
    return made(data, instance=draft)


def _form_field(field: "Field[Any, Any]", **kwargs: Any) -> forms.Field | None:  # noqa: ANN401 - Django's own
    if field.get_internal_type() == "DateField":
        kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if field.get_internal_type() == "TextField":
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    if field.name == "jurisdiction":
        kwargs["widget"] = forms.TextInput(attrs={"list": "places", "autocomplete": "off"})
    return field.formfield(label=label_of(field.name, field.verbose_name), **kwargs)
