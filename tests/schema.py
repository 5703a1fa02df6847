"""Hold a JSON document to a JSON Schema, as far as our own go. Knows no word that it does not check."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

ANNOTATIONS = {"$schema", "$defs", "title", "description"}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
FORMATS: dict[str, Callable[[str], object]] = {"date-time": datetime.fromisoformat, "uuid": UUID}
Value = Any  # whatever JSON can say
Schema = dict[str, Any]


def faults(value: Value, schema: Schema) -> list[str]:
    """Where the value is not what the schema says; empty when it is."""
    return list(_Checker(schema).check(value, schema, "$"))


class _Checker:
    def __init__(self, root: Schema) -> None:
        self.root = root

    def check(self, value: Value, schema: Schema, place: str) -> Iterator[str]:
        for word, wanted in schema.items():
            if word in ANNOTATIONS:
                continue
            rule = getattr(self, f"_{re.sub('[^a-z]', '', word.lower())}", None)
            if rule is None:
                raise NotImplementedError(f"The schema says {word}, which nothing here checks.")
            yield from rule(value, wanted, schema, place)

    def _ref(self, value: Value, wanted: str, _: Schema, place: str) -> Iterator[str]:
        yield from self.check(value, self.root["$defs"][wanted.removeprefix("#/$defs/")], place)

    def _type(self, value: Value, wanted: str | list[str], _: Schema, place: str) -> Iterator[str]:
        names = [wanted] if isinstance(wanted, str) else wanted
        allowed = [kind for name in names for kind in TYPES[name]]
        if type(value) not in allowed:
            yield f"{place} is {type(value).__name__}, not {names}"

    def _format(self, value: Value, wanted: str, _: Schema, place: str) -> Iterator[str]:
        try:
            if isinstance(value, str):
                FORMATS[wanted](value)
        except ValueError:
            yield f"{place} is no {wanted}"

    def _const(self, value: Value, wanted: Value, _: Schema, place: str) -> Iterator[str]:
        if value != wanted:
            yield f"{place} is not {wanted!r}"

    def _enum(self, value: Value, wanted: list[Any], _: Schema, place: str) -> Iterator[str]:
        if value not in wanted:
            yield f"{place} is none of {wanted}"

    def _minimum(self, value: Value, wanted: float, _: Schema, place: str) -> Iterator[str]:
        if isinstance(value, int | float) and value < wanted:
            yield f"{place} is less than {wanted}"

    def _maximum(self, value: Value, wanted: float, _: Schema, place: str) -> Iterator[str]:
        if isinstance(value, int | float) and value > wanted:
            yield f"{place} is more than {wanted}"

    def _maxlength(self, value: Value, wanted: int, _: Schema, place: str) -> Iterator[str]:
        if isinstance(value, str) and len(value) > wanted:
            yield f"{place} is longer than {wanted}"

    def _minitems(self, value: Value, wanted: int, _: Schema, place: str) -> Iterator[str]:
        if isinstance(value, list) and len(value) < wanted:
            yield f"{place} has fewer than {wanted}"

    def _items(self, value: Value, wanted: Schema, _: Schema, place: str) -> Iterator[str]:
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from self.check(item, wanted, f"{place}[{number}]")

    def _anyof(self, value: Value, wanted: list[Schema], _: Schema, place: str) -> Iterator[str]:
        found = [list(self.check(value, schema, place)) for schema in wanted if self._fits(value, schema)]
        if not found:
            yield f"{place} is none of {len(wanted)} things"
        elif all(found):
            yield from found[0]

    def _fits(self, value: Value, schema: Schema) -> bool:
        """Whether the type at least is right: then a fault deeper down is worth telling."""
        meant = self.root["$defs"][schema["$ref"].removeprefix("#/$defs/")] if "$ref" in schema else schema
        return not list(self._type(value, meant["type"], meant, ""))

    def _required(self, value: Value, wanted: list[str], _: Schema, place: str) -> Iterator[str]:
        yield from (f"{place} lacks {name}" for name in wanted if name not in _object(value))

    def _properties(self, value: Value, wanted: Schema, _: Schema, place: str) -> Iterator[str]:
        for name, schema in wanted.items():
            if name in _object(value):
                yield from self.check(value[name], schema, f"{place}.{name}")

    def _additionalproperties(
        self,
        value: Value,
        wanted: Value,
        schema: Schema,
        place: str,
    ) -> Iterator[str]:
        for name in set(_object(value)) - set(schema.get("properties", ())):
            if wanted is False:
                yield f"{place} has {name}, which nobody announced"
            else:
                yield from self.check(value[name], wanted, f"{place}.{name}")


def _object(value: Value) -> Schema:
    """The value if it is an object: another has a wrong type, and that is told once."""
    return value if isinstance(value, dict) else {}
