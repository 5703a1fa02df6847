"""The words of a check-in: the number's own, and those of the PHQ-4 as they were published."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TENSION: Final[tuple[tuple[int, Promise], ...]] = (
    (0, _("not tense at all")),
    (3, _("a little tense")),
    (6, _("somewhat tense")),
    (9, _("very tense")),
    (10, _("as tense as can be")),
)
"""Up to which number each word goes."""

# Word for word: a changed question would be another instrument. Free to use, reproduce and translate
# (Spitzer, Williams, Kroenke and colleagues, with a grant from Pfizer; phqscreeners.com). Kroenke K, Spitzer
# RL, Williams JBW, Löwe B. Psychosomatics 2009;50:613-621.
# Translators: PHQ-4. Take the wording that was published in your language, word for word.
PHQ4_STEM: Final = _("Over the last 2 weeks, how often have you been bothered by the following problems?")
PHQ4_ITEMS: Final[dict[str, Promise]] = {
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    "nervous": _("Feeling nervous, anxious or on edge"),
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    "worrying": _("Not being able to stop or control worrying"),
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    "interest": _("Little interest or pleasure in doing things"),
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    "down": _("Feeling down, depressed, or hopeless"),
}
PHQ4_ANSWERS: Final[tuple[tuple[int, Promise], ...]] = (
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    (0, _("Not at all")),
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    (1, _("Several days")),
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    (2, _("More than half the days")),
    # Translators: PHQ-4. Take the wording that was published in your language, word for word.
    (3, _("Nearly every day")),
)

ALL_OR_NONE: Final = _("Answer all four questions, or save only the number")
CHOOSE_A_NUMBER: Final = _("Choose a number from 0 to 10")


def words_for(stress: int) -> Promise:
    """What a number is called."""
    return next(words for highest, words in TENSION if stress <= highest)
