"""What an author chooses when placing Attune, as a form. Knows the words; the protocol knows the bounds."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.protocol.placement import DIFFICULTIES, YEARS, Page, Placement
from lti_tool.lti.services.deep_linking import Choice

Words = str | Promise

LABELS: dict[Page, Words] = {
    Page.CHECK_IN: _("Check-in"),
    Page.CAMERA: _("Camera page"),
    Page.CALM: _("Calm corner"),
}
HINTS: dict[Page, Words] = {
    Page.CHECK_IN: _("Students say in one number how they are. For everybody, with the camera off, too."),
    Page.CAMERA: _("For students who said yes, beside work that may be hard. Everybody else is asked first."),
    Page.CALM: _("Breathing and other short exercises for everybody. No camera needed."),
}
# In the language of who places it: the course shows it to everybody.
TITLES: dict[Page, Words] = {
    Page.CHECK_IN: _("Attune: check-in"),
    Page.CAMERA: _("Attune: camera page"),
    Page.CALM: _("Attune: calm corner"),
}
# Translators: how hard the work beside a page is, from 1 to 5.
DIFFICULTY_WORDS: tuple[Words, ...] = (
    _("1, light"),
    _("2, easy"),
    _("3, medium"),
    _("4, demanding"),
    _("5, very demanding"),
)
MIDDLE = DIFFICULTIES[len(DIFFICULTIES) // 2]


class PlacingForm(forms.Form):
    """One page, with a title, how hard the work beside it is, and perhaps until when it is due."""

    page = forms.ChoiceField(
        choices=[(page.value, LABELS[page]) for page in Page],
        error_messages={"required": _("Choose what to place")},
    )
    title = forms.CharField(
        required=False,
        max_length=120,
        error_messages={"max_length": _("Make the title shorter: 120 characters at most")},
    )
    difficulty = forms.TypedChoiceField(
        coerce=int,
        initial=MIDDLE,
        widget=forms.Select(attrs={"aria-describedby": "difficulty-hint"}),
        choices=list(zip(DIFFICULTIES, DIFFICULTY_WORDS, strict=True)),
        error_messages={
            "required": _("Choose how hard the work is"),
            "invalid_choice": _("Choose from 1 to 5"),
        },
    )
    due_date = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the date as 2026-12-31")},
    )

    timed = forms.BooleanField(required=False)

    def clean_due_date(self) -> object:
        """A date that a launch would not believe later is not taken now."""
        due = self.cleaned_data["due_date"]
        if due and due.year not in YEARS:
            raise forms.ValidationError(_("Choose a date of this century"))
        return due

    @property
    def choice(self) -> Choice:
        """What was chosen, once the form is valid."""
        chosen = self.cleaned_data
        page = Page(chosen["page"])
        return Choice(
            title=chosen["title"] or str(TITLES[page]),
            placement=Placement(page, chosen["difficulty"], chosen["due_date"], chosen["timed"]),
        )

    @property
    def summary(self) -> list[dict[str, str]]:
        """What to correct, each with the field to go to."""
        fields = {"page": f"page-{Page.CHECK_IN}"}
        return [
            {"field": fields.get(name, f"id_{name}"), "message": str(errors[0])}
            for name, errors in self.errors.items()
        ]

    def pages(self) -> list[dict[str, object]]:
        """The three pages, ready for the choice component."""
        chosen = self["page"].value()
        return [
            {
                "value": page.value,
                "id": f"page-{page}",
                "label": LABELS[page],
                "hint": HINTS[page],
                "checked": chosen == page,
            }
            for page in Page
        ]
