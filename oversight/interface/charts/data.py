"""What a chart is drawn from. A value of None was withheld before publication."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

Text = str | Promise
Value = int | None


@dataclass(frozen=True)
class Series:
    """Values with a name, one for each category."""

    name: Text
    values: Sequence[Value]


@dataclass(frozen=True)
class Bars:
    """Categories, each with a bar for each series; ``stacked`` puts these into one."""

    categories: Sequence[Text]
    series: Sequence[Series]
    stacked: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError where a series does not fit the categories."""
        _check(self.categories, self.series)


@dataclass(frozen=True)
class Lines:
    """Values over time: ``categories`` are the times in order, ready to be read."""

    categories: Sequence[Text]
    series: Sequence[Series]

    def __post_init__(self) -> None:
        """Raise ValueError where a series does not fit the categories."""
        _check(self.categories, self.series)


@dataclass(frozen=True)
class Interval:
    """A share from 0 to 1 with the ends of its interval; None where it was withheld."""

    label: Text
    low: float | None
    point: float | None
    high: float | None
    note: Text = ""

    def __post_init__(self) -> None:
        """Raise ValueError for ends that do not enclose the point."""
        given = (self.low, self.point, self.high)
        if None in given:
            return
        if not 0 <= given[0] <= given[1] <= given[2] <= 1:  # type: ignore[operator]  # none is None
            raise ValueError(f"{self.label}: {given} is no interval of shares around its point.")


@dataclass(frozen=True)
class Intervals:
    """Shares side by side on one scale; ``reference`` is the share of all together."""

    rows: Sequence[Interval]
    reference: float | None = None
    reference_label: Text = ""


@dataclass(frozen=True)
class Drawing:
    """The inside of an SVG, and how high it is in user units."""

    content: SafeString
    height: float


def _check(categories: Sequence[Text], series: Sequence[Series]) -> None:
    for each in series:
        if len(each.values) != len(categories):
            raise ValueError(
                f"{each.name}: {len(each.values)} values for {len(categories)} categories."
            )
        if any(value is not None and value < 0 for value in each.values):
            raise ValueError(f"{each.name}: a count is never negative.")
