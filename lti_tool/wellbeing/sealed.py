"""How a diary is written into sealed bytes, and to which place they are bound."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.domain.prompts import Offers, Replied, Reply
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey
from lti_tool.wellbeing.models import Diary, DiaryEntry
from lti_tool.wellbeing.pages import Said, Settings

_SCHEMA: Final = 1
_ENTRY, _SETTINGS = "calm-entry", "calm-settings"


def seal_entry(entry: DiaryEntry, said: Said, key: SecretKey) -> bytes:
    """An answer, sealed to the diary, the row and its moment."""
    body = {"exercise": said.exercise, "helped": said.helped}
    return seal(json.dumps(body).encode(), key, binding=_entry_binding(entry))


def open_entry(entry: DiaryEntry, key: SecretKey) -> Said:
    """What `seal_entry` sealed. Raises SealBroken."""
    body = json.loads(unseal(entry.sealed, key, binding=_entry_binding(entry)))
    return Said(entry.written_at, Exercise(body["exercise"]), Helped(body["helped"]))


def seal_settings(settings: Settings, diary: Diary, key: SecretKey) -> bytes:
    """What was chosen and offered, sealed to the diary."""
    offers = settings.offers
    body = {
        "keep": settings.keep,
        "off": offers.off,
        "shown": [at.isoformat() for at in offers.shown],
        "replies": [[replied.at.isoformat(), replied.reply] for replied in offers.replies],
    }
    return seal(json.dumps(body).encode(), key, binding=_binding(_SETTINGS, diary))


def open_settings(diary: Diary, key: SecretKey) -> Settings:
    """What `seal_settings` sealed; as at first where nothing was. Raises SealBroken."""
    if not diary.sealed:
        return Settings()
    body: dict[str, Any] = json.loads(unseal(diary.sealed, key, binding=_binding(_SETTINGS, diary)))
    offers = Offers(
        shown=tuple(map(datetime.fromisoformat, body["shown"])),
        replies=tuple(Replied(datetime.fromisoformat(at), Reply(reply)) for at, reply in body["replies"]),
        off=body["off"],
    )
    return Settings(keep=body["keep"], offers=offers)


def _entry_binding(entry: DiaryEntry) -> bytes:
    moment = entry.written_at.astimezone(UTC).isoformat(timespec="microseconds")
    return _binding(_ENTRY, entry.diary, entry.public_id, moment)


def _binding(kind: str, diary: Diary, *details: object) -> bytes:
    """Kind, tenant, course, student, diary: moved anywhere else, it does not open."""
    deployment = diary.context.deployment
    tenant = f"{deployment.registration_id}/{deployment.pk}"
    place = f"{tenant}/{diary.context_id}/{diary.student_id}/{diary.public_id}"
    return "|".join(map(str, (kind, _SCHEMA, place, *details))).encode()
