"""A list page's table, declared once: for the eye, for sorting and for download."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, ClassVar, Final, Self

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Link, Text
from oversight.interface.display import shown
from oversight.interface.paging import FORMAT, PAGE, SORT, Pages, link_with

_OWN_PARAMETERS: Final = (PAGE, SORT, FORMAT)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table.

    `value` gives a row's value (a function of the row, or the name of an attribute, dots allowed;
    the column's own name unless given): what is downloaded, and shown unless `cell` gives markup.
    What a relation lacks is None; a name that does not exist raises.
    `sort` names the database field to order by; empty means that the column cannot be sorted.
    """

    header: Text
    value: Callable[[Any], object] | str = ""
    cell: Callable[[Any], SafeString] | None = None
    sort: str = ""
    row_header: bool = False
    numeric: bool = False
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

    def value_of(self, row: Any) -> object:
        if callable(self.value):
            return self.value(row)
        for part in (self.value or self.name).split("."):
            if row is None:
                break
            row = row[part] if isinstance(row, dict) else getattr(row, part)
        return row

    def html_of(self, row: Any) -> str | SafeString:
        return self.cell(row) if self.cell else shown(self.value_of(row))


@dataclass(frozen=True)
class Header:
    """The head of a column; `direction` is as `aria-sort` wants it, or empty."""

    text: Text
    url: str
    direction: str
    numeric: bool


@dataclass(frozen=True)
class Cell:
    """One cell; `header` repeats its column's head where columns are stacked on narrow screens."""

    html: str | SafeString
    header: Text
    row_header: bool
    numeric: bool


@dataclass(frozen=True)
class Sorting:
    """Which column orders the rows, and how. Written "name" or "-name" in the address."""

    column: Column
    descending: bool

    @classmethod
    def read(cls, written: str, columns: Iterable[Column]) -> Self | None:
        """None for a name that is not a sortable column: an address cannot reach other fields."""
        name = written.removeprefix("-")
        found = next((each for each in columns if each.name == name and each.sort), None)
        return cls(found, written.startswith("-")) if found else None

    def __str__(self) -> str:
        return f"-{self.column.name}" if self.descending else self.column.name

    def apply(self, rows: Any) -> Any:
        """Ordered rows: a query set by the database, others in memory with missing values last."""
        if isinstance(rows, QuerySet):
            return rows.order_by(
                f"-{self.column.sort}" if self.descending else self.column.sort, "pk"
            )
        valued = [(self.column.value_of(row), row) for row in rows]  # once: there may be many
        present = [each for each in valued if each[0] is not None]
        present.sort(key=itemgetter(0), reverse=self.descending)
        missing = [row for value, row in valued if value is None]
        return [row for _value, row in present] + missing


class Table:
    """Subclass it, declare `Column`s, and give the rows and `request.GET`.

    Rows are a query set or a sequence, already limited to what the viewer may see and already
    filtered. The address sorts (`?sort=-asked`), pages (`?page=2`) and downloads (`?format=csv`);
    any other parameter that is not empty counts as a filter.
    """

    caption: ClassVar[Text]
    caption_hidden: ClassVar[bool] = False
    default_sort: ClassVar[str] = ""
    page_size: ClassVar[int] = 25
    stacked: ClassVar[bool] = True
    """On narrow screens each row becomes a block; False keeps the grid and lets it scroll."""
    downloadable: ClassVar[bool] = False
    empty: ClassVar[Text] = _("There is nothing here yet")
    empty_hint: ClassVar[Text] = ""
    empty_link: ClassVar[Link | None] = None
    none_found: ClassVar[Text] = _("Nothing matches these filters")
    none_found_hint: ClassVar[Text] = _("Change a filter, or clear them all.")
    columns: ClassVar[Sequence[Column]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = [each for each in vars(cls).values() if isinstance(each, Column)]
        if taken := [each.name for each in own if hasattr(Table, each.name)]:
            raise TypeError(f"{cls.__name__}: a table has {taken[0]!r} already; rename the column.")
        cls.columns = (*cls.columns, *own)

    def __init__(self, rows: Any, query: QueryDict) -> None:
        self.query = query
        columns = self.columns
        self.sorting = Sorting.read(query.get(SORT, ""), columns) or Sorting.read(
            self.default_sort, columns
        )
        self.ordered = self.sorting.apply(rows) if self.sorting else rows

    @cached_property
    def pages(self) -> Pages:
        return Pages(self.ordered, self.query, self.page_size)

    @property
    def count(self) -> int:
        return self.pages.count

    @property
    def count_text(self) -> str:
        return self.pages.count_text

    @property
    def sort(self) -> str:
        """The order asked for in the address, to be kept when filters are applied."""
        return self.query.get(SORT, "")

    @property
    def headers(self) -> list[Header]:
        return [self._header(column) for column in self.columns]

    @property
    def body(self) -> Iterator[list[Cell]]:
        """The rows of this page."""
        for row in self.pages.page:
            yield [
                Cell(column.html_of(row), column.header, column.row_header, column.numeric)
                for column in self.columns
            ]

    @property
    def records(self) -> Iterator[list[object]]:
        """All rows, not only this page's, as values; the heads of the columns come first."""
        yield [str(column.header) for column in self.columns]
        rows = self.ordered
        for row in rows.iterator(chunk_size=1000) if isinstance(rows, QuerySet) else rows:
            yield [column.value_of(row) for column in self.columns]

    @property
    def filtered(self) -> bool:
        asked = (name for name in self.query if name not in _OWN_PARAMETERS)
        return any(any(self.query.getlist(name)) for name in asked)

    @property
    def clear_url(self) -> str:
        kept = QueryDict(mutable=True)
        return link_with(kept, sort=self.sort or None)

    @property
    def clear_link(self) -> Link:
        return Link(_("Clear filters"), self.clear_url)

    @property
    def csv_url(self) -> str:
        return link_with(self.query, page=None, format="csv") if self.downloadable else ""

    @property
    def csv_wanted(self) -> bool:
        return self.downloadable and self.query.get(FORMAT) == "csv"

    def _header(self, column: Column) -> Header:
        if not column.sort:
            return Header(column.header, "", "", column.numeric)
        current = self.sorting if self.sorting and self.sorting.column is column else None
        following = Sorting(column, descending=current is not None and not current.descending)
        direction = ""
        if current is not None:
            direction = "descending" if current.descending else "ascending"
        url = link_with(self.query, sort=str(following), page=None)
        return Header(column.header, url, direction, column.numeric)
