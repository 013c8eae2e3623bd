"""The data dictionary: every column of every file, as a file itself."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.transparency.datasets.columns import Column, Dataset, Row
from oversight.transparency.datasets.of_an_edition import OF_AN_EDITION
from oversight.transparency.datasets.of_the_site import OF_THE_SITE


def _columns(datasets: tuple[Dataset, ...]) -> Iterator[Row]:
    for dataset in datasets:
        for column in dataset.columns:
            yield {
                "file": dataset.file,
                "column": column.name,
                "type": column.type,
                "required": column.required,
                "key": column.name in dataset.key,
                "values": " ".join(column.choices) or column.pattern,
                "meaning": str(column.text),
            }


DICTIONARY: Final = Dataset(
    "data-dictionary",
    _("Data dictionary"),
    _("One row for each column of each file"),
    (
        Column("file", "string", _("Name of the file")),
        Column("column", "string", _("Name of the column")),
        Column("type", "string", _("Type of its values (Frictionless Table Schema)")),
        Column("required", "boolean", _("Whether every row has a value")),
        Column("key", "boolean", _("Whether it is part of what tells rows apart")),
        Column("values", "string", _("The values or the pattern allowed"), required=False),
        Column("meaning", "string", _("What it means")),
    ),
    ("file", "column"),
    _columns,
)
SOURCE: Final = (*OF_THE_SITE, *OF_AN_EDITION)
