"""What the address of a course page may ask for, so that every way to launch can be tried by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from tests.platform.claims import Message
from tests.platform.launches import Launch
from tests.platform.malformed import MALFORMED, Earlier, Malformation
from tests.platform.people import Person
from tests.platform.platform import Platform
from tests.platform.tools import COURSE_LINK, ResourceLink, Tool

Entry = TypeVar("Entry")


class UnknownOption(Exception):
    """The address asks for something that is not here."""


@dataclass(frozen=True, slots=True)
class LaunchOptions:
    """?link= &tool= &target= &message= &malformed= &names=yes|no &storage=no &camera=no &via=get
    &window=yes &language=es|zh_cn|..."""

    link: ResourceLink
    tool: Tool
    target: str | None
    message: Message | None
    malformed: Malformation
    names: bool
    storage: bool
    camera: bool
    by_get: bool
    in_window: bool
    language: str

    @classmethod
    def read(cls, query: Mapping[str, str], platform: Platform) -> "LaunchOptions":
        tool = _look_up("tool", query.get("tool", platform.tool.client_id), platform.tools)
        return cls(
            link=_look_up("link", query.get("link", COURSE_LINK.id), platform.links),
            tool=tool,
            target=query.get("target"),
            message=_message(query.get("message")),
            malformed=_playable(_look_up("malformed", query.get("malformed", "untouched"), MALFORMED)),
            names=query["names"] == "yes" if "names" in query else tool.names_shared,
            storage=query.get("storage") != "no",
            camera=query.get("camera") != "no",
            by_get=query.get("via") == "get",
            in_window=query.get("window") == "yes",
            language=query.get("language", "en"),
        )

    def begin(self, platform: Platform, person: Person) -> Launch:
        return platform.launch(
            person,
            malformed=self.malformed,
            message=self.message,
            link=self.link,
            target_link_uri=self.target,
            tool=self.tool,
            with_names=self.names,
            # A window has no page of ours around it that could store anything.
            with_storage=self.storage and not self.in_window,
            in_window=self.in_window,
            locale=self.language,
        )

    @property
    def frame_permissions(self) -> str:
        """By the tool's origin, as Moodle does: the frame's own address is the platform's."""
        granted = ("camera", "microphone", "fullscreen") if self.camera else ("fullscreen",)
        return "; ".join(f"{feature} {self.tool.origin}" for feature in granted)


def _look_up(what: str, name: str, entries: Mapping[str, Entry]) -> Entry:
    if name not in entries:
        raise UnknownOption(f"There is no {what} called {name}.")
    return entries[name]


def _message(name: str | None) -> Message | None:
    known = {message.value: message for message in Message}
    return None if name is None else _look_up("message", name, known)


def _playable(malformation: Malformation) -> Malformation:
    if malformation.earlier is not Earlier.NONE or malformation.without_cookies:
        raise UnknownOption(f"{malformation.name} takes more than one launch: see tests.platform.play.")
    return malformation
