"""Walks the models by their schemas: whole records with every field, and small ones with one field set."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from atbtst_cli.models.schemas import MODELS

Fill = Callable[[bool], str]
"""Gives the text for a free field; told whether it may hold several lines."""
Way = tuple[str | int, ...]

LINE = r"^[^\r\n]*$"
SAMPLES = (
    "alva-exempel",
    "2026-02-17-rad",
    "i-0000000",
    "m-0000000",
    "rad/ron-at",
    "p-1",
    "13:15",
    "next",
    "a@example.org",
    "s-0000000",
    "2026-02-17-rad/ron-at",
)
BODIES = ("network", "with", "to", "from", "referral", "answer", "reports_to")
"""Fields that name a body where others name a member."""
SCHEMAS: dict[str, dict[str, Any]] = {name: model.model_json_schema(by_alias=True) for name, model in MODELS.items()}


class Walk:
    """One model's schema, and what can be made from it."""

    def __init__(self, name: str) -> None:
        self.schema = SCHEMAS[name]
        self._local = 0

    def whole(self, fill: Fill) -> dict[str, Any]:
        """A record that has every field, every list with each kind of entry, and the free texts that are given."""
        value: dict[str, Any] = self._whole(self.schema, fill, "", ())
        return value

    def sound(self, fill: Fill) -> dict[str, Any]:
        """A record that has every field that it can have at once."""
        data = self.whole(fill)
        if "deliveries" in data:
            data["deliveries"] = [
                {key: value for key, value in one.items() if key != "list"} for one in data["deliveries"]
            ]
        return data

    def ways(self, hostile: str) -> Iterator[tuple[Way, dict[str, Any]]]:
        """For each field that cannot hold a text, the way to it and a small record in which it does."""
        return self._ways(self.schema, hostile, "")

    def _forms(self, schema: dict[str, Any]) -> list[dict[str, Any]]:
        """The forms a value can take, other than being absent."""
        if "$ref" in schema:
            return self._forms(self.schema["$defs"][schema["$ref"].rpartition("/")[2]])
        several = schema.get("anyOf") or schema.get("oneOf")
        if several:
            return [form for one in several for form in self._forms(one)]
        return [] if schema.get("type") == "null" else [schema]

    def _whole(self, schema: dict[str, Any], fill: Fill, key: str, above: tuple[str, ...]) -> Any:
        forms = self._forms(schema)
        form = next((one for one in forms if "properties" in one), forms[0])
        if "properties" in form:
            inner = {
                name: self._whole(field, fill, name, (*above, form["title"]))
                for name, field in form["properties"].items()
                if name != "parts" or above.count(form["title"]) < 1
            }
            return {name: value for name, value in inner.items() if not (name == "member" and "name" in inner)}
        if form.get("type") == "array":
            return [self._whole(entry, fill, key, above) for entry in self._forms(form["items"])]
        if "additionalProperties" in form:
            return {"paper.pdf": fill(True)}
        return fill(form.get("pattern") != LINE) if free(form) else self._sample(form, key)

    def _ways(self, schema: dict[str, Any], hostile: str, key: str) -> Iterator[tuple[Way, Any]]:
        for form in self._forms(schema):
            if "properties" in form:
                for name, field in form["properties"].items():
                    for way, value in self._ways(field, hostile, name) if name != "parts" else ():
                        yield (name, *way), self._small(form, name) | {name: value}
            elif form.get("type") == "array":
                for way, value in self._ways(form["items"], hostile, key):
                    yield (0, *way), [value]
            elif "additionalProperties" not in form and not accepts(form, hostile):
                yield (), hostile

    def _small(self, form: dict[str, Any], set_: str) -> dict[str, Any]:
        """What has to be there, and the one of a pair that is asked for."""
        needed = {
            name: self._whole(form["properties"][name], lambda _lines: "x", name, ("",))
            for name in form.get("required", ())
        }
        return needed | ({"member": "alva-exempel"} if form["title"] == "Attendance" and set_ != "name" else {})

    def _sample(self, form: dict[str, Any], key: str) -> str:
        if "enum" in form or "const" in form:
            return str(form.get("const", form.get("enum", [""])[0]))
        if form.get("type") in ("integer", "boolean"):
            return {"integer": "1", "boolean": "true"}[form["type"]]
        if form.get("format") == "date":
            return "2026-02-17"
        samples = ("rad", *SAMPLES) if key in BODIES else SAMPLES
        found = next(text for text in samples if re.search(form["pattern"], text))
        self._local += found == "p-1"
        return f"p-{self._local}" if found == "p-1" else found


def free(form: dict[str, Any]) -> bool:
    """Whether a field takes any words."""
    return (
        form.get("type") == "string"
        and not {"enum", "const", "format"} & set(form)
        and form.get("pattern", LINE) == LINE
    )


def accepts(form: dict[str, Any], text: str) -> bool:
    """Whether a free field can hold the text: a line holds no line break, and nothing empty."""
    return free(form) and ("pattern" not in form or (bool(text) and not re.search(r"[\r\n]", text)))
