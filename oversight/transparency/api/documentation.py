"""The description of the API as a page for people shows it, made from the OpenAPI document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_MOST_CHOICES: Final = 6


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address: its name, the form of its value, and what it does."""

    name: str
    form: str
    text: str


@dataclass(frozen=True)
class Field:
    """A field of an answer: its name, its type, and what it means."""

    name: str
    type: str
    text: str


@dataclass(frozen=True)
class Operation:
    """An address with what may be asked and what is answered."""

    path: str
    summary: str
    text: str
    parameters: Sequence[Parameter]
    fields: Sequence[Field]

    @property
    def anchor(self) -> str:
        """A name for links within the page."""
        return self.path.strip("/").replace("/", "-").replace("{", "").replace("}", "")


def operations(document: Mapping[str, Any]) -> list[Operation]:
    """Return the addresses in the order of the document."""
    return [
        _operation(path, each["get"], document["components"]["schemas"])
        for path, each in document["paths"].items()
    ]


def _operation(path: str, each: Mapping[str, Any], forms: Mapping[str, Any]) -> Operation:
    asked = [p for p in each.get("parameters", ()) if p["in"] in ("query", "path")]
    schema = each["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        path,
        each.get("summary", ""),
        each.get("description", ""),
        [_parameter(parameter) for parameter in asked],
        _fields(_row_of(_resolved(schema, forms), forms)),
    )


def _parameter(parameter: Mapping[str, Any]) -> Parameter:
    schema = parameter["schema"]
    return Parameter(parameter["name"], _form(schema), parameter.get("description", ""))


def _form(schema: Mapping[str, Any]) -> str:
    choices = [str(each) for each in schema.get("enum", ()) if each is not None]
    if choices:
        more = ", ..." if len(choices) > _MOST_CHOICES else ""
        return ", ".join(choices[:_MOST_CHOICES]) + more
    return str(schema.get("format") or schema.get("type", ""))


def _row_of(form: Mapping[str, Any], forms: Mapping[str, Any]) -> Mapping[str, Any]:
    """A page of a list is explained by its rows."""
    results = form.get("properties", {}).get("results")
    return _resolved(results["items"], forms) if results else form


def _resolved(schema: Mapping[str, Any], forms: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = forms[name] if name else schema
    return found


def _fields(form: Mapping[str, Any]) -> list[Field]:
    return [
        Field(name, _type(schema), schema.get("description", ""))
        for name, schema in form.get("properties", {}).items()
    ]


def _type(schema: Mapping[str, Any]) -> str:
    """The type in words; a form of its own goes by its name."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    parts = schema.get("oneOf") or schema.get("allOf") or schema.get("anyOf")
    if parts:
        return " or ".join(_type(part) for part in parts)
    found = schema.get("type", "")
    words = " or ".join(found) if isinstance(found, list) else str(found)
    return f"list of {_type(schema['items'])}" if words == "array" else words
