"""Play the visits. Django is set up already."""

from typing import Final

from asgiref.sync import sync_to_async
from django.conf import settings

from lti_tool.asgi import application
from lti_tool.lti.models import Launch
from tests.bench.browser import MeasuredBrowser
from tests.bench.parts import split
from tests.bench.stopwatch import Stopwatch
from tests.bench.visits import Visit, newcomer, visit
from tests.factories import give_everything
from tests.platform.people import STUDENTS
from tests.platform.platform import Platform

RETURNING: Final = "returning person"
NEW_BROWSER: Final = "the same in a new browser"
NEW: Final = "new person"
WARM_UP_ROUNDS: Final = 20


async def measure(platform: Platform, *, rounds: int) -> dict[str, list[Visit]]:
    """As many visits of each kind, turn by turn; those of the warm-up are left out."""
    watch = Stopwatch()
    visits: dict[str, list[Visit]] = {RETURNING: [], NEW_BROWSER: [], NEW: []}
    with split(watch):
        browser, known = _new_browser(watch), STUDENTS[0]
        await visit(browser, platform, known)
        await sync_to_async(_say_yes)()
        for number in range(WARM_UP_ROUNDS + rounds):
            visits[RETURNING].append(await visit(browser, platform, known))
            visits[NEW_BROWSER].append(await visit(_new_browser(watch), platform, known))
            visits[NEW].append(await visit(_new_browser(watch), platform, newcomer(number)))
    return {who: made[WARM_UP_ROUNDS:] for who, made in visits.items()}


def _new_browser(watch: Stopwatch) -> MeasuredBrowser:
    return MeasuredBrowser(application, settings.PUBLIC_URL, watch)


def _say_yes() -> None:
    launch = Launch.objects.select_related("user", "context").get()
    give_everything(launch.user, launch.context)
