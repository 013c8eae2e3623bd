"""Pages of a list, as plain links that keep every other part of the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import ngettext

from oversight.interface.components import Link

PAGE: Final = "page"
SORT: Final = "sort"
FORMAT: Final = "format"


def link_with(query: QueryDict, **changes: str | None) -> str:
    """A relative address: `query` with some parameters replaced, or removed where None.

    The result is never empty: an empty address would mean "this page, with all its parameters".
    """
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return f"?{changed.urlencode()}"


@dataclass(frozen=True)
class Pages:
    """One page of `rows`, chosen by the address; a number that does not exist gives the nearest."""

    rows: Any
    query: QueryDict
    size: int = 25

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, self.size).get_page(self.query.get(PAGE))

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def several(self) -> bool:
        return self.page.paginator.num_pages > 1

    @property
    def count_text(self) -> str:
        """How many there are, and which of them are on this page."""
        page = self.page
        if not self.several:
            return ngettext("%(count)s result", "%(count)s results", self.count) % {
                "count": self.count
            }
        return ngettext(
            "Result %(first)s to %(last)s of %(count)s",
            "Results %(first)s to %(last)s of %(count)s",
            self.count,
        ) % {"first": page.start_index(), "last": page.end_index(), "count": self.count}

    @property
    def previous_url(self) -> str:
        return self._url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(self.page.number + 1) if self.page.has_next() else ""

    @property
    def links(self) -> Sequence[Link]:
        """The pages around this one; a link without address stands for those left out."""
        numbers = self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=1, on_ends=1
        )
        return [
            Link(str(number), self._url(number), current=number == self.page.number)
            if isinstance(number, int)
            else Link("")
            for number in numbers
        ]

    def _url(self, number: int) -> str:
        return link_with(self.query, page=str(number))
