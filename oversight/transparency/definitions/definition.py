"""What a definition is."""

from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Definition:
    """A figure: its name in files, its label, what it counts and the rows it is counted from."""

    name: str
    label: Text
    text: Text
    rows: Text
