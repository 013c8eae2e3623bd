"""The document of a report: what an instrument asks for, and what an edition and people tell of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from oversight.transparency.models import Edition
from oversight.transparency.reports.calendar import Term
from oversight.transparency.reports.catalogue import Item, Pack, Words
from oversight.transparency.reports.models import Statement
from oversight.transparency.reports.tables import rows_of

FORM: Final = "oversight-report/1"

Json = dict[str, Any]


def build_report(
    pack: Pack, term: Term, edition: Edition, statements: Iterable[Statement], *, at: datetime
) -> Json:
    """Fill a pack from an edition of its period and from what people wrote.

    Every item of the pack is in it. What the edition does not record has the value null and the
    state ``not_recorded``; what a person should have written and did not is an ``answer`` of null.
    """
    written = {statement.item: statement for statement in statements}
    source = edition.document
    return {
        "form": FORM,
        "city": str(settings.CITY_NAME),
        "agency": settings.AGENCY,
        "pack": _about(pack),
        "period": {"from": term.start.isoformat(), "to": term.end.isoformat()},
        "due": term.due.isoformat(),
        "made_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "late": timezone.localdate(at) > term.due,
        "edition": {"number": edition.number, "digest": edition.digest},
        "nil_return": source["nil_return"],
        "threshold": source["threshold"],
        "tables_printed": source["tables_printed"],
        "items": [
            _item(number, item, source, written.get(item.id))
            for number, item in enumerate(pack.items, start=1)
        ],
    }


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Json:
    """Return what a corrected report tells otherwise: figures by name, tables and answers by item."""
    figures: Json = {}
    tables: list[str] = []
    answers: list[str] = []
    earlier = {item["id"]: item for item in before["items"]}
    for item in after["items"]:
        old = earlier.get(item["id"], {"figures": [], "tables": [], "answer": None})
        values = {figure["name"]: figure["value"] for figure in old["figures"]}
        figures |= {
            figure["name"]: {"from": values.get(figure["name"]), "to": figure["value"]}
            for figure in item["figures"]
            if values.get(figure["name"]) != figure["value"]
        }
        rows = {table["name"]: table["rows"] for table in old["tables"]}
        tables += [t["name"] for t in item["tables"] if rows.get(t["name"]) != t["rows"]]
        if text_of(old["answer"]) != text_of(item["answer"]):
            answers.append(item["id"])
    return {"figures": figures, "tables": sorted(set(tables)), "answers": answers}


def text_of(answer: Mapping[str, Any] | None) -> str:
    """The words of an answer; none where none was supplied."""
    return "" if answer is None else str(answer["text"])


def _about(pack: Pack) -> Json:
    return {
        "slug": pack.slug,
        "title": _words(pack.title),
        "citation": pack.citation,
        "evidence": pack.evidence,
        "sources": list(pack.sources),
        "last_verified": pack.last_verified.isoformat(),
        "addressee": _words(pack.addressee),
        "due": {"text": _words(pack.due.text), "evidence": pack.due.evidence},
    }


def _item(number: int, item: Item, source: Json, statement: Statement | None) -> Json:
    return {
        "id": item.id,
        "number": number,
        "title": _words(item.title),
        "law": _words(item.law),
        "evidence": item.evidence,
        "sources": list(item.sources),
        "figures": [_figure(name, source) for name in item.figures],
        "tables": [_table(name, source) for name in item.tables],
        "not_recorded": [_words(each) for each in item.unrecorded],
        "asked": None if item.ask is None else _words(item.ask),
        "answer": _answer(statement),
    }


def _figure(name: str, source: Json) -> Json:
    found = source["figures"].get(name) or {"value": None, "before_adoption": None}
    return {
        "name": name,
        "value": found["value"],
        "before_adoption": found["before_adoption"],
        "definition": found.get("definition"),
        "state": "not_recorded" if found["value"] is None else "exact",
    }


def _table(name: str, source: Json) -> Json:
    rows = rows_of(source, name)
    return {"name": name, "rows": rows, "state": "not_recorded" if rows is None else "printed"}


def _answer(statement: Statement | None) -> Json | None:
    if statement is None or not statement.text:
        return None
    written = timezone.localtime(statement.written_at).isoformat(timespec="seconds")
    return {"text": statement.text, "version": statement.version, "written_at": written}


def _words(words: Words) -> Mapping[str, str]:
    return dict(words.by_language)


def not_supplied(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The items for which a person should have written something and nobody did."""
    return [item for item in document["items"] if item["asked"] and not item["answer"]]
