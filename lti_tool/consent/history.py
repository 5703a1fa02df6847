"""What a student answered over time, each answer in the words of its own text."""

from dataclasses import dataclass

from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.texts import is_kept
from lti_tool.consent.wording import WORDS
from lti_tool.lti.models import Context, PlatformUser


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One answer, ready to be read again."""

    consent: Consent

    @property
    def said_yes(self) -> bool:
        """Yes or not now."""
        return self.consent.answer == Answer.YES

    @property
    def choices(self) -> list[str]:
        """What was ticked, in the words of then."""
        words = WORDS.get(self.consent.text_version, {})
        return [words[purpose].label for purpose in words if purpose in self.consent.chosen]

    @property
    def text_is_kept(self) -> bool:
        """Whether the text can be read again, word for word."""
        return is_kept(version=self.consent.text_version, hash=self.consent.text_hash)


def history_of(*, student: PlatformUser, context: Context) -> list[PastAnswer]:
    """Every answer in a course, the newest first."""
    return [PastAnswer(consent) for consent in Consent.objects.of(student, context).newest_first()]
