"""The calm corner's words: of exercises, of their steps, and of the player. Knows no numbers of its own."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.exercises import Cue, Exercise, Helped

Words = str | Promise

TITLES: Final[Mapping[Exercise, Words]] = {
    Exercise.SLOW: _("Breathe slowly"),
    Exercise.SIGHING: _("Sigh it out"),
    Exercise.BOX: _("Breathe in a square"),
    Exercise.EVEN: _("Breathe evenly"),
    Exercise.GROUNDING: _("Five, four, three, two, one"),
    Exercise.MUSCLES: _("Tense and let go"),
    Exercise.MICRO_BREAK: _("A very short break"),
}
ABOUT: Final[Mapping[Exercise, Words]] = {
    Exercise.SLOW: _("Breathe in for 4 seconds and out for 6. A circle shows you when."),
    Exercise.SIGHING: _("Breathe in, take a little more on top, then let a long breath out."),
    Exercise.BOX: _("In, hold, out, rest: 4 seconds each, like the sides of a square."),
    Exercise.EVEN: _("In for 4 seconds and out for 4, without holding."),
    Exercise.GROUNDING: _("Use your senses to come back to the room, at your own pace."),
    Exercise.MUSCLES: _("Tense one part of the body after another, gently, and feel it let go."),
    Exercise.MICRO_BREAK: _("Look away from the screen, stretch, have a drink."),
}
CAUTIONS: Final[Mapping[Exercise, Words]] = {
    Exercise.BOX: _("If holding your breath feels bad, or a doctor told you not to, leave the holds out."),
    Exercise.MUSCLES: _(
        "Skip any part that is hurt, sore or was operated on. With a heart condition, ask your doctor first."
    ),
}
CAPTIONS: Final[Mapping[Cue, Words]] = {
    Cue.SETTLE: _("Sit as you like"),
    Cue.IN: _("Breathe in"),
    Cue.IN_MORE: _("A little more in"),
    # Translators: hold the breath, full of air
    Cue.HOLD: _("Hold"),
    Cue.OUT: _("Breathe out"),
    # Translators: rest after breathing out, without air
    Cue.REST: _("Rest"),
    Cue.SEE: _("Look for 5 things you can see"),
    Cue.FEEL: _("Notice 4 things you can feel"),
    Cue.HEAR: _("Listen for 3 things you can hear"),
    Cue.SMELL: _("Find 2 things you can smell"),
    Cue.TASTE: _("Find 1 thing you can taste"),
    Cue.HANDS: _("Next: your hands"),
    Cue.ARMS: _("Next: your upper arms"),
    Cue.SHOULDERS: _("Next: your shoulders"),
    Cue.FOREHEAD: _("Next: your forehead"),
    Cue.EYES: _("Next: around your eyes"),
    Cue.JAW: _("Next: your jaw"),
    Cue.BACK: _("Next: your upper back"),
    Cue.BELLY: _("Next: your belly"),
    Cue.THIGHS: _("Next: your thighs"),
    Cue.CALVES: _("Next: your calves"),
    Cue.FEET: _("Next: your feet"),
    Cue.TENSE: _("Tense, gently"),
    Cue.LET_GO: _("Let go"),
    Cue.LOOK_AWAY: _("Look away"),
    Cue.STRETCH: _("Stretch"),
    Cue.DRINK: _("Have a drink"),
}
HINTS: Final[Mapping[Cue, Words]] = {
    Cue.SEE: _("A corner, a shadow, a colour you like."),
    Cue.FEEL: _("Your feet on the floor, your sleeve, the chair."),
    Cue.HEAR: _("Near ones and far ones."),
    Cue.SMELL: _("Or think of two smells you like."),
    Cue.TASTE: _("Or take a sip of water."),
    Cue.HANDS: _("You will close both hands to fists."),
    Cue.ARMS: _("You will bend your elbows and make your upper arms firm."),
    Cue.SHOULDERS: _("You will pull your shoulders up towards your ears."),
    Cue.FOREHEAD: _("You will raise your eyebrows."),
    Cue.EYES: _("You will close your eyes firmly. Take out contact lenses, or skip this one."),
    Cue.JAW: _("You will press your lips together, with the teeth apart."),
    Cue.BACK: _("You will draw your shoulder blades together."),
    Cue.BELLY: _("You will make your belly firm, and go on breathing."),
    Cue.THIGHS: _("You will press your knees together."),
    Cue.CALVES: _("You will pull your toes up towards you. Stop before it cramps."),
    Cue.FEET: _("You will curl your toes, lightly."),
    Cue.TENSE: _("About half as hard as you could. Go on breathing."),
    Cue.LET_GO: _("All at once. Notice the difference, and give it time."),
    Cue.LOOK_AWAY: _("Out of the window, or at the farthest thing in the room. Blink a few times."),
    Cue.STRETCH: _("Stand up if you can. Reach up, roll your shoulders."),
    Cue.DRINK: _("Some water, or just walk a few steps."),
}
ANSWERS: Final[Mapping[Helped, Words]] = {
    Helped.YES: _("Yes"),
    Helped.A_LITTLE: _("A little"),
    Helped.NOT_REALLY: _("Not really"),
}
PLAYER: Final[Mapping[str, Words]] = {
    "pause": _("Pause"),
    "go_on": _("Go on"),
    "paused": _("Paused"),
    "done": _("That is it."),
    "ended": _("Stopping is fine."),
    "minutes": _("{n} min"),
    "seconds": _("{n} s"),
    "left": _("{time} left"),
    "part": _("Step {n} of {of}"),
    "skip": _("Skip this part"),
    "next_sense": _("Next sense"),
}
