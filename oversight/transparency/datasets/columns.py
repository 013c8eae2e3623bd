"""A column and a file of open data, as the Frictionless standards describe them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from oversight.interface.components import Text

Json = dict[str, Any]
Row = Mapping[str, Any]
Type = Literal["string", "integer", "number", "boolean", "date", "datetime", "yearmonth"]


@dataclass(frozen=True)
class Column:
    """A column: its name, its type (Frictionless Table Schema v1), its meaning and constraints."""

    name: str
    type: Type
    text: Text
    required: bool = True
    pattern: str = ""
    choices: tuple[str, ...] = ()

    @property
    def constraints(self) -> Json:
        """The constraints that every value keeps; counts are never negative."""
        found: Json = {"required": True} if self.required else {}
        if self.type in ("integer", "number"):
            found["minimum"] = 0
        if self.pattern:
            found["pattern"] = self.pattern
        if self.choices:
            found["enum"] = list(self.choices)
        return found

    def field(self) -> Json:
        """The column as a field of a table schema."""
        field = {"name": self.name, "type": self.type, "description": str(self.text)}
        return {**field, "constraints": self.constraints} if self.constraints else field


@dataclass(frozen=True)
class Dataset:
    """A file: ``rows`` gives what may be told from a source; only declared columns are written.

    ``key`` names the columns that no two rows share.
    """

    name: str
    title: Text
    text: Text
    columns: Sequence[Column]
    key: Sequence[str]
    rows: Callable[[Any], Iterable[Row]]

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"

    def records(self, source: Any) -> Iterator[list[object]]:
        """Yield the header and the rows; a value that a row does not have is empty."""
        yield [column.name for column in self.columns]
        for row in self.rows(source):
            yield [row.get(column.name) for column in self.columns]

    def schema(self) -> Json:
        """The table schema: every empty cell is a missing value."""
        return {
            "fields": [column.field() for column in self.columns],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }
