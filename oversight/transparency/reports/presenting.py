"""From a report's document to what its page and its PDF show. Nothing here reads a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from oversight.interface.components import Figure
from oversight.interface.display import date_text, moment_text
from oversight.transparency.breakdowns import TITLES
from oversight.transparency.definitions import BY_NAME
from oversight.transparency.presenting import Sheet, count, figure_text, sheets

Json = Mapping[str, Any]


@dataclass(frozen=True)
class ItemView:
    """One item of a report as it is shown, with what is missing said in words."""

    id: str
    title: str
    law: str
    doubt: str
    figures: Sequence[Figure]
    sheets: Sequence[Sheet]
    remarks: Sequence[str]
    asked: str
    answer: str
    written: str

    @property
    def unanswered(self) -> bool:
        """Whether someone should have written something and nobody did."""
        return bool(self.asked) and not self.answer


def said(words: Mapping[str, str]) -> str:
    """A text of a pack in the language that is spoken, or in English."""
    return words.get(get_language() or "") or words[settings.LANGUAGE_CODE]


def title(document: Json) -> str:
    """What the report is called."""
    return said(document["pack"]["title"])


def period(document: Json) -> str:
    """The period in words, both days included."""
    start = date.fromisoformat(document["period"]["from"])
    return days_text(start, date.fromisoformat(document["period"]["to"]))


def days_text(start: date, end: date) -> str:
    """Days from ``start`` to before ``end`` in words, both first and last included."""
    last = end - timedelta(days=1)
    if start == last:
        return date_text(last)
    return _("%(first)s to %(last)s") % {"first": date_text(start), "last": date_text(last)}


def facts(document: Json) -> list[tuple[str, str]]:
    """What a reader checks first: who, to whom, by which law, from which figures, when."""
    made = datetime.fromisoformat(document["made_at"])
    edition = document["edition"]
    return [
        (_("Report"), _("Report %(number)s") % {"number": document["number"]}),
        (_("Period"), period(document)),
        (_("Asked for by"), document["pack"]["citation"] or doubt_text("house")),
        (_("Addressed to"), said(document["pack"]["addressee"])),
        (_("Due"), due_text(document)),
        (_("How the day is set"), _due_rule(document["pack"]["due"])),
        (_("Filed"), moment_text(made)),
        (_("Made from"), _("Edition %(number)s of the figures") % {"number": edition["number"]}),
        (_("Its digest"), edition["digest"]),
    ]


def due_text(document: Json) -> str:
    """The day on which it was due, and whether it was late."""
    day = date_text(date.fromisoformat(document["due"]))
    return _("%(day)s; filed late") % {"day": day} if document["late"] else day


def notices(document: Json) -> list[tuple[str, str]]:
    """Heading and text of what must not be overlooked: a nil return, a correction, doubts, gaps."""
    found: list[tuple[str, str]] = []
    if document["nil_return"]:
        found.append((_("A return of zero"), nil_text()))
    if "corrects" in document:
        found.append((_("This is a correction"), _correction(document)))
    missing = [item for item in document["items"] if item["asked"] and not item["answer"]]
    if missing:
        text = ngettext(
            "%(count)s part that a person should have written was not supplied. It is marked below.",
            "%(count)s parts that people should have written were not supplied. They are marked"
            " below.",
            len(missing),
        )
        found.append((_("Not complete"), text % {"count": count(len(missing))}))
    if not document["tables_printed"]:
        found.append((_("Tables about persons"), closed_text()))
    if document["pack"]["evidence"] != "house" and doubt_text(document["pack"]["evidence"]):
        found.append((_("About the source"), doubt_text(document["pack"]["evidence"])))
    return found


def _due_rule(due: Json) -> str:
    """When it is due by the law, what of that is our reading, and whether it was checked."""
    doubt = "" if due["evidence"] == "house" else doubt_text(due["evidence"])
    return f"{said(due['text'])} {doubt}".strip()


def items(document: Json, source: Json) -> list[ItemView]:
    """Every item, in the order of the law; ``source`` is the document of the edition it is made from."""
    printed = {sheet.name: sheet for sheet in sheets(source)}
    return [_item(item, printed) for item in document["items"]]


def doubt_text(evidence: str) -> str:
    """What to know about where a text of the law comes from; nothing where its source was read."""
    return {
        "K": _("Unverified: this was not checked against the official text."),
        "?": _("Unverified: sources conflict, and a person must check it."),
        "house": _("No law asks for this. It is a promise of this system."),
    }.get(evidence, "")


def changes_text(document: Json) -> list[str]:
    """What a corrected report or edition tells otherwise, a line each."""
    changes = document.get("changes")
    if not changes:
        return []
    lines = [
        _("%(figure)s: %(before)s before, %(after)s now")
        % {
            "figure": figure_label(name),
            "before": figure_text(change["from"]),
            "after": figure_text(change["to"]),
        }
        for name, change in changes["figures"].items()
    ]
    tables = changes.get("tables") or changes.get("lists") or ()
    lines += [_("Changed too: %(table)s") % {"table": table_title(name)} for name in tables]
    titles = {item["id"]: said(item["title"]) for item in document.get("items", ())}
    answers = changes.get("answers", ())
    return lines + [_("Text changed: %(item)s") % {"item": titles[name]} for name in answers]


def nil_text() -> str:
    """What a nil return states."""
    return _(
        "Nothing was asked for in this period: no request for a face search was sent. This is a"
        " statement of zero, not a missing report. It stands in the signed record."
    )


def closed_text() -> str:
    """Why an edition prints no tables."""
    return _(
        "The tables of these days are in earlier editions of other periods. Printing"
        " them again, cut differently, would give small numbers away."
    )


def figure_label(name: str) -> str:
    """What a figure is called."""
    return str(BY_NAME[name].label) if name in BY_NAME else name.replace("_", " ")


def table_title(name: str) -> str:
    """What a table is called, also one that the edition does not have."""
    own = {
        "endings": _("What became of the requests"),
        "results": _("What the searches gave"),
        "rules": _("Requests refused, by rule"),
        "use-types": _("For what"),
        "months": _("Month by month"),
        "searches": _("Searches by month, agency and purpose"),
        "tables": _("The tables about persons"),
        "units": _("By unit"),
        "areas": _("By area that the unit serves"),
    }
    name = {"use_types": "use-types", "refusals_by_rule": "rules"}.get(name, name)
    return str(own.get(name) or TITLES.get(name.replace("-", "_"), name))


def _item(item: Json, printed: Mapping[str, Sheet]) -> ItemView:
    answer = item["answer"] or {"text": "", "written_at": ""}
    return ItemView(
        id=item["id"],
        title=f"{item['number']}. {said(item['title'])}",
        law=said(item["law"]),
        doubt="" if item["evidence"] == "house" else doubt_text(item["evidence"]),
        figures=[_figure(each) for each in item["figures"] if each["value"] is not None],
        sheets=[printed[each["name"]] for each in item["tables"] if each["name"] in printed],
        remarks=_remarks(item, printed),
        asked=said(item["asked"]) if item["asked"] else "",
        answer=answer["text"],
        written=_written(answer["written_at"]),
    )


def _remarks(item: Json, printed: Mapping[str, Sheet]) -> list[str]:
    """What the law asks for and the figures do not tell, in the order of the pack."""
    absent = [table for table in item["tables"] if table["name"] not in printed]
    silent = [figure["name"] for figure in item["figures"] if figure["value"] is None]
    numbers = [_("%(what)s: not yet recorded.") % {"what": figure_label(n)} for n in silent]
    told = [
        (
            _("%(table)s: not yet recorded.")
            if table["state"] == "not_recorded"
            else _("%(table)s: nothing was counted in this period.")
        )
        % {"table": table_title(table["name"])}
        for table in absent
    ]
    wanting = [_("%(what)s: not yet recorded.") % {"what": said(w)} for w in item["not_recorded"]]
    return [*numbers, *told, *wanting]


def _figure(figure: Json) -> Figure:
    before = figure["before_adoption"]
    note = _("%(count)s of them before adoption") % {"count": count(before)} if before else ""
    return Figure(figure_text(figure["value"]), figure_label(figure["name"]), note=note)


def _correction(document: Json) -> str:
    return _("It corrects report %(number)s. What was wrong: %(because)s") % {
        "number": document["corrects"],
        "because": document["because"],
    }


def _written(moment: str) -> str:
    if not moment:
        return ""
    return _("Written %(moment)s") % {"moment": moment_text(datetime.fromisoformat(moment))}
