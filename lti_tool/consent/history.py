"""What a student answered over time, each answer in the words of its own text."""

from dataclasses import dataclass

from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.texts import is_kept
from lti_tool.consent.wording import choices_of
from lti_tool.core.languages import own_name
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
        """What was ticked, in the words and the language of then."""
        words = choices_of(self.consent.text_version, self.consent.text_language)
        return [words[purpose].label for purpose in words if purpose in self.consent.chosen]

    @property
    def language_name(self) -> str:
        """The language of the text, in its own name."""
        return own_name(self.consent.text_language)

    @property
    def text_is_kept(self) -> bool:
        """Whether the text can be read again, word for word."""
        answered = self.consent
        return is_kept(
            version=answered.text_version, language=answered.text_language, hash=answered.text_hash
        )


def history_of(*, student: PlatformUser, context: Context) -> list[PastAnswer]:
    """Every answer in a course, the newest first."""
    return [PastAnswer(consent) for consent in Consent.objects.of(student, context).newest_first()]
