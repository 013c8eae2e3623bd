"""The forms of answers about publications, each field with its meaning."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from oversight.transparency.models import Edition
from oversight.transparency.reports.catalogue import EVIDENCE


def _count_or_null(meaning: str = "Null: withheld.") -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, allow_null=True, help_text=meaning)


def _digest() -> serializers.RegexField:
    return serializers.RegexField(
        r"^sha256:[0-9a-f]{64}\Z", help_text="Of the document's canonical JSON (RFC 8785)."
    )


@extend_schema_field({"type": ["number", "null"], "minimum": 0})
class Amount(serializers.Field[Any, Any, Any, Any]):
    """A count, an amount of money, or null."""

    def to_representation(self, value: Any) -> Any:
        """Return the number as it is."""
        return value


class EditionForm(serializers.Serializer[Any]):
    """A publication, frozen with its digest and never changed."""

    number = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=Edition.Kind.choices)
    period_from = serializers.DateField(help_text="First day of the period.")
    period_to = serializers.DateField(help_text="Day after the last day of the period.")
    published_at = serializers.DateTimeField()
    digest = _digest()
    complete = serializers.BooleanField(help_text="Whether the period was over.")
    nil_return = serializers.BooleanField(
        allow_null=True,
        help_text="Whether nothing was asked for: a signed zero."
        " Null: all that is told is from before adoption.",
    )
    tables_printed = serializers.BooleanField(help_text="Whether it prints tables about persons.")
    corrects = serializers.IntegerField(allow_null=True, help_text="Number of the edition before.")
    corrected_by = serializers.IntegerField(
        allow_null=True, help_text="Number of the edition after."
    )
    because = serializers.CharField(allow_blank=True, help_text="What the correction mends.")
    url = serializers.URLField()
    page = serializers.URLField(help_text="The report for people.")
    document = serializers.URLField(help_text="The frozen document; its sha256 is the digest.")
    figures = serializers.URLField()
    tables = serializers.URLField()


class FiledReportForm(serializers.Serializer[Any]):
    """A report that an instrument asks for, as it was filed, frozen with its digest."""

    number = serializers.IntegerField(min_value=1)
    kind = serializers.CharField(help_text="The kind of report, such as maryland-2-510.")
    title = serializers.CharField()
    citation = serializers.CharField(
        allow_blank=True, help_text="The law that asks for it; empty: none does."
    )
    evidence = serializers.ChoiceField(
        choices=sorted(EVIDENCE),
        help_text="S: a public copy of the law was read. K: from knowledge, unverified."
        " ?: sources conflict. house: a promise of this system.",
    )
    period_from = serializers.DateField(help_text="First day of the period.")
    period_to = serializers.DateField(help_text="Day after the last day of the period.")
    due = serializers.DateField(help_text="Last day on which it was in time.")
    filed_at = serializers.DateTimeField()
    late = serializers.BooleanField(help_text="Whether it was filed after that day.")
    nil_return = serializers.BooleanField(help_text="Whether nothing was asked for: a signed zero.")
    digest = _digest()
    edition = serializers.URLField(help_text="The edition whose figures it tells.")
    corrects = serializers.IntegerField(allow_null=True, help_text="Number of the report before.")
    corrected_by = serializers.IntegerField(
        allow_null=True, help_text="Number of the report after."
    )
    because = serializers.CharField(allow_blank=True, help_text="What the correction mends.")
    url = serializers.URLField()
    page = serializers.URLField(help_text="The report for people.")
    document = serializers.URLField(help_text="The frozen document; its sha256 is the digest.")
    table = serializers.URLField(help_text="The report as one long CSV table.")
    pdf = serializers.URLField(help_text="The report to print, PDF/UA-1.")


class FigureForm(serializers.Serializer[Any]):
    """A figure with its definition as it was frozen."""

    name = serializers.CharField()
    title = serializers.CharField()
    value = Amount(help_text="Null: not yet recorded, which is not zero.")
    unit = serializers.ChoiceField(choices=["count", "US dollars"])
    before_adoption = _count_or_null("Share of the value that was imported from before adoption.")
    definition = serializers.CharField(help_text="What is counted, in the words of the edition.")


class FiguresForm(serializers.Serializer[Any]):
    """The figures of an edition."""

    edition = EditionForm()
    figures = FigureForm(many=True)


class DefinitionForm(serializers.Serializer[Any]):
    """What a figure counts."""

    name = serializers.CharField()
    title = serializers.CharField()
    definition = serializers.CharField()
    counted_from = serializers.CharField(allow_blank=True, help_text="The rows it is counted from.")


class ColumnForm(serializers.Serializer[Any]):
    """A column of a table."""

    name = serializers.CharField()
    title = serializers.CharField()


class TableRowForm(serializers.Serializer[Any]):
    """A row of a table: its counts by the name of the column."""

    row = serializers.CharField()
    title = serializers.CharField()
    counts = serializers.DictField(child=_count_or_null(), help_text="Null: withheld.")


class TableForm(serializers.Serializer[Any]):
    """A table about persons. Counts that could point at few people are withheld."""

    name = serializers.CharField()
    title = serializers.CharField()
    columns = ColumnForm(many=True)
    rows = TableRowForm(many=True)
    totals = serializers.DictField(child=_count_or_null(), help_text="Exact totals of the columns.")


class TablesForm(serializers.Serializer[Any]):
    """The tables of an edition."""

    edition = EditionForm()
    threshold = serializers.IntegerField(
        min_value=1, help_text="Counts from 1 to below this are withheld, and others with them."
    )
    tables = TableForm(many=True)


class SearchesForm(serializers.Serializer[Any]):
    """Requests and searches of a month, an agency and a use type."""

    month = serializers.CharField(help_text="Such as 2026-03.")
    agency = serializers.CharField()
    use_type = serializers.CharField()
    requests = _count_or_null()
    refused = _count_or_null()
    run = _count_or_null()
    no_candidate = _count_or_null()
    leads = _count_or_null()
    suppressed = serializers.ListField(
        child=serializers.CharField(), help_text="Names of the columns that were withheld."
    )
