"""What a counselor says before files leave: why, and what they are locked with. Keeps nothing of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lti_tool.core.errors import BadInput
from lti_tool.domain.exporting import PASSPHRASE_LENGTH, ExportPurpose
from lti_tool.records.archive.locks import ForRecipient, Lock, WithPassphrase

NO_PURPOSE = _("Choose why the records leave")
NO_LOCK = _("Give a public key or a passphrase")
TWO_LOCKS = _("Give a public key or a passphrase, not both")
NOT_TWICE = _("The two passphrases are not the same")
NOT_UNDERSTOOD = _("Confirm that you will look after the archive")


class ExportForm(forms.Form):
    """One purpose, one lock, and the word that its reader knows what they take."""

    purpose = forms.ChoiceField(
        choices=[(purpose.value, purpose.value) for purpose in ExportPurpose],
        error_messages={"required": NO_PURPOSE, "invalid_choice": NO_PURPOSE},
    )
    recipient = forms.CharField(required=False, max_length=200)
    passphrase = forms.CharField(required=False, max_length=1000, strip=False)
    again = forms.CharField(required=False, max_length=1000, strip=False)
    understood = forms.BooleanField(error_messages={"required": NOT_UNDERSTOOD})
    least_length = PASSPHRASE_LENGTH
    lock: Lock

    def clean(self) -> dict[str, Any]:
        """Make the lock of what was given."""
        recipient, passphrase = self.cleaned_data.get("recipient"), self.cleaned_data.get("passphrase")
        if recipient and passphrase:
            self.add_error("recipient", TWO_LOCKS)
        elif recipient:
            self._lock("recipient", ForRecipient, recipient)
        elif not passphrase:
            self.add_error("recipient", NO_LOCK)
        elif passphrase != self.cleaned_data.get("again"):
            self.add_error("again", NOT_TWICE)
        else:
            self._lock("passphrase", WithPassphrase, passphrase)
        return self.cleaned_data

    def _lock(self, field: str, made: type[ForRecipient] | type[WithPassphrase], words: str) -> None:
        try:
            self.lock = made(words)
        except BadInput as refused:
            self.add_error(field, f"{refused.shown_message} {refused.shown_next_step}")

    @property
    def chosen(self) -> ExportPurpose:
        """Why."""
        return ExportPurpose(self.cleaned_data["purpose"])

    @property
    def safe_recipient(self) -> str:
        """What was typed, to be shown again; a secret key never is."""
        typed = str(self.data.get("recipient", "")) if self.is_bound else ""
        return typed if typed.lower().startswith("age1") else ""

    @property
    def purposes(self) -> list[dict[str, object]]:
        """The reasons, ready for the choice component."""
        picked = self.data.get("purpose") if self.is_bound else None
        return [{"id": f"purpose-{p}", "value": p.value, "label": p.words, "checked": p.value == picked}
                for p in ExportPurpose]  # fmt: skip

    @property
    def summary(self) -> list[dict[str, str]]:
        """What to correct, each with the field to go to."""
        places = {"purpose": f"purpose-{ExportPurpose.MOVING}"}
        return [
            {"field": places.get(field, field), "message": str(message)}
            for field in self.fields
            for message in self.errors.get(field, ())
        ]
