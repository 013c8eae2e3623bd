"""What belongs to the file of one search: every entry that tells of it, and the documents they name.

Ids stand for people, and no photograph, template or booking reference is in it. What the record
committed to is checked when the bundle is made; a sealed entry opens nothing, and its documents
are named as absent.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from oversight.leads import events as leads
from oversight.leads.findings import findings_of
from oversight.leads.models import Comparison, Examination, Judgement
from oversight.leads.notice import NOTICE_TEXT
from oversight.ledger.registry import EventKind, JsonValue, kinds
from oversight.ledger.selectors import entries_telling, open_fields
from oversight.policy.gate import FactsError, rules_applied
from oversight.requests import events as requests
from oversight.requests.judgement import canonical, digest_of_text
from oversight.requests.models import Decision, Permission, SearchRequest, Submission

_ROOMS: Final = frozenset({"requests", "recognition", "leads"})
_NAMES: Final = ("submission", "authorization", "run", "examination", "request")
_SEALED: Final = "Its entry was sealed, or was written before entries named it."
_OTHER_RULES: Final = "The rules of that day are not those that are loaded now; see the digest."


@dataclass
class SearchFile:
    """Kinds of the entries by index; texts of the documents by name; and what is absent, and why."""

    entries: Mapping[int, EventKind]
    documents: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[int, Sequence[str]]:
        """The fields to open: all that each entry committed to."""
        return {index: kind.committed for index, kind in self.entries.items()}

    def add(self, name: str, text: str, *, recorded: bool, otherwise: str = _SEALED) -> None:
        """Put a document in where an entry holds its digest, else say why it is absent."""
        if recorded:
            self.documents[name] = text
        else:
            self.absent[name] = otherwise


def search_called(reference: str) -> SearchRequest:
    """Return the request with this key or number; for auditors, who see those of every unit.

    Raises:
        SearchRequest.DoesNotExist: there is none.
    """
    if reference.isascii() and reference.isdecimal():
        return SearchRequest.objects.get(pk=int(reference[:18]))
    try:
        return SearchRequest.objects.get(key=UUID(reference))
    except ValueError:
        raise SearchRequest.DoesNotExist from None


def file_of(request: SearchRequest) -> SearchFile:
    """Return the whole file of a request's search, as far as it has come."""
    file = SearchFile(_entries_of(request))
    told = _told(file.entries, requests.DECIDED, "decision")
    for decision in Decision.objects.filter(submission__request=request).order_by("pk"):
        _add_decision(file, decision, told.get(decision.pk, {}))
    judged = _told(file.entries, leads.CANDIDATE_JUDGED, "judgement")
    for judgement in Judgement.objects.filter(
        examination__comparison__submission__request=request
    ).order_by("pk"):
        recorded = "content" in judged.get(judgement.pk, {})
        file.add(f"judgement-{judgement.pk}.json", findings_of(judgement).text, recorded=recorded)
    for accepted in _told(file.entries, leads.NOTICE_ACKNOWLEDGED, "run").values():
        same = accepted.get("notice") == digest_of_text(NOTICE_TEXT)
        file.add(
            "notice.txt", NOTICE_TEXT, recorded=same, otherwise="It was worded otherwise then."
        )
    return file


def run_receipt_of(request: SearchRequest) -> SearchFile:
    """Return the one entry that says that the search ran: the defence's proof; empty if none did."""
    runs = entries_telling([requests.SEARCH_RUN], "authorization", _authorizations(request))
    return SearchFile(runs)


def _add_decision(file: SearchFile, decision: Decision, told: Mapping[str, Any]) -> None:
    name = f"decision-{decision.pk}"
    file.add(f"{name}-facts.json", canonical(decision.facts), recorded="facts" in told)
    file.add(f"{name}.json", canonical(decision.document), recorded="document" in told)
    try:
        rules = rules_applied(decision.facts, decision.decided_at)
    except FactsError:
        rules = ""
    same = digest_of_text(rules) == decision.policy_set
    digits = decision.policy_set.removeprefix("sha256:")
    file.add(f"rules-{digits}.json", rules, recorded=same, otherwise=_OTHER_RULES)


def _entries_of(request: SearchRequest) -> dict[int, EventKind]:
    named = dict(_named(request))
    found: dict[int, EventKind] = {}
    for name in _NAMES:
        telling = [kind for kind in kinds() if kind.room in _ROOMS and _naming(kind) == name]
        if telling and named[name]:
            found |= entries_telling(telling, name, named[name])
    return dict(sorted(found.items()))


def _naming(kind: EventKind) -> str | None:
    """The field by which entries of a kind say of which search they tell."""
    return next((name for name in _NAMES if name in kind.committed), None)


def _named(request: SearchRequest) -> Iterator[tuple[str, Sequence[JsonValue]]]:
    yield "request", [str(request.key)]
    yield (
        "submission",
        list(Submission.objects.filter(request=request).values_list("pk", flat=True)),
    )
    yield "authorization", _authorizations(request)
    runs = Comparison.objects.filter(submission__request=request)
    yield "run", [str(run) for run in runs.values_list("run", flat=True)]
    examinations = Examination.objects.filter(comparison__in=runs)
    yield "examination", list(examinations.values_list("pk", flat=True))


def _authorizations(request: SearchRequest) -> list[JsonValue]:
    permissions = Permission.objects.filter(submission__request=request)
    return [str(each) for each in permissions.values_list("authorization", flat=True)]


def _told(
    entries: Mapping[int, EventKind], kind: EventKind, name: str
) -> dict[JsonValue, dict[str, Any]]:
    """What unsealed entries of a kind say, by the row that they name."""
    found = (
        {one.name: json.loads(one.value) for one in open_fields(index, [*kind.committed])}
        for index, each in entries.items()
        if each == kind
    )
    return {fields[name]: fields for fields in found if name in fields}
