"""The questions that everyone asks, answered in sentences from an edition's document."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.transparency.presenting.words import count, rule_text, use_label, value_of

Json = Mapping[str, Any]

_REFUSED: Final = (
    *("refused_by_gate", "refused_by_supervisor"),
    *("refused_before_adoption", "run_although_refused"),
)


def story(document: Json) -> list[tuple[str, str]]:
    """The questions that everyone asks, each answered in a sentence or two."""
    requests, run, leads = (value_of(document, name) or 0 for name in ("requests", "run", "leads"))
    refused = sum(value_of(document, name) or 0 for name in _REFUSED)
    return [
        (_("Is it used?"), _used(requests, run)),
        (_("How often?"), _how_often(document, requests)),
        (_("For what?"), _for_what(document)),
        (_("With what result?"), _result(document, run, leads)),
        (_("What was refused?"), _refused(document, requests, refused)),
    ]


def _used(requests: int, run: int) -> str:
    if not requests:
        return _("No. Nobody asked for a search.")
    if not run:
        return _("Searches were asked for, and none was run.")
    text = ngettext("Yes. %(count)s search was run.", "Yes. %(count)s searches were run.", run)
    return text % {"count": count(run)}


def _how_often(document: Json, requests: int) -> str:
    if not requests:
        return _("Officers sent no request.")
    period = document["period"]
    days = (date.fromisoformat(period["to"]) - date.fromisoformat(period["from"])).days
    if days == 1:
        text = ngettext(
            "Officers sent %(count)s request on this day.",
            "Officers sent %(count)s requests on this day.",
            requests,
        )
    else:
        text = ngettext(
            "Officers sent %(count)s request in %(days)s days.",
            "Officers sent %(count)s requests in %(days)s days.",
            requests,
        )
    told = [text % {"count": count(requests), "days": count(days)}]
    return " ".join([*told, *_on_average(requests, days), *_from_before(document)])


def _on_average(requests: int, days: int) -> Iterator[str]:
    if days == 1 or requests == 1:
        return
    if requests >= days:
        a_day = number_format(requests / days, decimal_pos=1)
        yield _("That is about %(count)s a day.") % {"count": a_day}
    elif round(days / requests) > 1:
        yield _("That is about one in %(days)s days.") % {"days": count(round(days / requests))}


def _from_before(document: Json) -> Iterator[str]:
    earlier = document["figures"]["requests"]["before_adoption"]
    if earlier:
        text = ngettext(
            "%(count)s of them is from before this system was in use. Its rules did not judge it.",
            "%(count)s of them are from before this system was in use. Its rules did not judge"
            " them.",
            earlier,
        )
        yield text % {"count": count(earlier)}


def _for_what(document: Json) -> str:
    every = document["use_types"]
    if not value_of(document, "requests"):
        return _("For nothing: there were no requests.")
    if not every:
        return _("These days are in another report too. Its tables tell for what.")
    known = [row for row in every if row["requests"] is not None]
    if not known:
        return _("The numbers are withheld: a small one could be worked out from them.")
    uses = sorted(known, key=lambda row: (-row["requests"], row["use_type"]))
    named = [f"{use_label(row['use_type'])} ({count(row['requests'])})" for row in uses[:3]]
    text = "; ".join(named)
    if len(known) < len(every):
        return " ".join(_known_and_withheld(text, every))
    if len(uses) == 1:
        return _("All requests were for one purpose: %(uses)s.") % {"uses": text}
    return _("Most often: %(uses)s.") % {"uses": text}


def _known_and_withheld(known: str, every: Sequence[Json]) -> Iterator[str]:
    """What is known, and what may be more than that: a count is withheld also for another's sake."""
    yield _("Of the purposes whose numbers are not withheld, most often: %(uses)s.") % {
        "uses": known
    }
    hidden = [use_label(row["use_type"]) for row in every if row["requests"] is None]
    yield _("Withheld, and perhaps higher: %(uses)s.") % {"uses": "; ".join(hidden)}


def _result(document: Json, run: int, leads: int) -> str:
    if not run:
        return _("There was no result, since no search was run.")
    if leads:
        text = ngettext(
            "%(leads)s search of %(run)s gave a lead.",
            "%(leads)s searches of %(run)s gave a lead.",
            leads,
        )
    else:
        text = ngettext(
            "The one search gave no lead.", "None of the %(run)s searches gave a lead.", run
        )
    told = [text % {"leads": count(leads), "run": count(run)}]
    if nobody := value_of(document, "no_candidate"):
        text = ngettext(
            "%(count)s search returned nobody.", "%(count)s searches returned nobody.", nobody
        )
        told.append(text % {"count": count(nobody)})
    if unknown := value_of(document, "undecided"):
        text = ngettext(
            "Of %(count)s, the result is not known.",
            "Of %(count)s, the result is not known.",
            unknown,
        )
        told.append(text % {"count": count(unknown)})
    return " ".join(told)


def _refused(document: Json, requests: int, refused: int) -> str:
    if not requests:
        return _("Nothing, since nothing was asked for.")
    if not refused:
        return _("No request was refused.")
    text = ngettext(
        "%(refused)s request of %(requests)s was refused.",
        "%(refused)s requests of %(requests)s were refused.",
        refused,
    ) % {"refused": count(refused), "requests": count(requests)}
    told = [text, *_by_whom(document)]
    rules = document["refusals_by_rule"]
    if rules and all(rule["requests"] is not None for rule in rules):
        often = max(rules, key=lambda rule: rule["requests"])
        told.append(_("Most often because: %(rule)s") % {"rule": rule_text(often)})
    return " ".join(told)


def _by_whom(document: Json) -> Iterator[str]:
    if gate := value_of(document, "refused_by_gate"):
        text = ngettext(
            "The rules alone stopped %(count)s.", "The rules alone stopped %(count)s.", gate
        )
        yield text % {"count": count(gate)}
    if supervisor := value_of(document, "refused_by_supervisor"):
        text = ngettext(
            "A supervisor refused %(count)s.", "Supervisors refused %(count)s.", supervisor
        )
        yield text % {"count": count(supervisor)}
    if earlier := value_of(document, "refused_before_adoption"):
        text = ngettext(
            "%(count)s was refused before this system was in use, as the department told it.",
            "%(count)s were refused before this system was in use, as the department told it.",
            earlier,
        )
        yield text % {"count": count(earlier)}
