"""The main prohibitions once more, in plain Python: an opinion independent of Cedar and the packs.

`safeguards(document, pack)` gives the numbers of the safeguards that refuse, house included, for
documents dated from 1 October 2024 on in which agency and asker are the same.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from tests.policy import oracle_states

Document = dict[str, Any]

OTHERS = {"outside_agency", "vendor", "private_operator"}
SEARCH = {"submit", "approve", "run", "view"}
INVESTIGATION = {
    "criminal_investigation",
    "imminent_threat_to_life",
    "identify_incapacitated",
    "identify_deceased",
    "missing_or_endangered",
}
NOT_IN_VIRGINIA = {
    *("immigration_enforcement", "general_surveillance", "personal"),
    *("device_unlock", "access_control"),
}


def searching(document: Document) -> bool:
    return document["action"] in SEARCH


def today(document: Document) -> date:
    return datetime.fromisoformat(document["at"]).date()


def trained(document: Document) -> bool:
    training = document["requester"]["training"]
    return bool(training) and (
        date.fromisoformat(training["completed_on"])
        <= today(document)
        < date.fromisoformat(training["expires_on"])
    )


def house(document: Document) -> Iterator[str]:
    requester, approvals = document["requester"], document["approvals"]
    if document["action"] == "acquire":
        return
    if requester["suspended"]:
        yield "SYS"
    if not searching(document):
        return
    if requester["overdue_reports"]:
        yield "SYS"
    if not trained(document):
        yield "R25"
    valid = [a for a in approvals if a["role"] == "supervisor" and a["id"] != requester["id"]]
    if any(a["id"] == requester["id"] for a in approvals):
        yield "R26"
    if not valid and (approvals or document["action"] != "submit"):
        yield "R26"


def suspicion(document: Document, *levels: str) -> bool:
    predicate = document["predicate"]
    return predicate["level"] in levels and bool(predicate["facts"].strip())


def protected(document: Document) -> bool:
    shown = bool(document["capture_context"]) and not document["suspicion_specific"]
    return document["protected_basis"] or shown


def unlisted(document: Document, slug: str) -> bool:
    offence = document["offence"]
    return offence is None or slug not in offence["listed"]


def bystanders(document: Document) -> bool:
    return document["probe"]["faces"] > 1 and not document["probe"]["target_selected"]


def warrant(document: Document) -> bool:
    authority = document["authority"]
    return bool(authority) and (
        authority["type"] == "warrant"
        and datetime.fromisoformat(authority["valid_from"])
        <= datetime.fromisoformat(document["at"])
        < datetime.fromisoformat(authority["valid_to"])
    )


def mugshot_system(document: Document) -> bool:
    system, gallery = document["system"], document["gallery"]
    return (
        system["id"] == gallery["id"] == "lacris-dms"
        and system["class"] != "commercial"
        and gallery["class"] == "booking"
        and gallery["approved"]
    )


def lapd(document: Document) -> Iterator[str]:
    probe = document["probe"]
    if document["action"] == "acquire":
        return
    if document["purpose"] not in INVESTIGATION:
        yield "R02"
    if not mugshot_system(document) or document["performed_by"] in {"vendor", "private_operator"}:
        yield "R08"
    if probe["source"] in {"body_worn", "in_car"}:
        yield "R14"
    if probe["mode"] == "live":
        yield "R05"
    if searching(document) and not trained(document):
        yield "R25"


def lacris(document: Document) -> Iterator[str]:
    if document["action"] == "acquire":
        return
    if document["purpose"] not in INVESTIGATION:
        yield "R02"
    if not suspicion(document, "reasonable_suspicion", "probable_cause"):
        yield "R04"
    if protected(document):
        yield "R06"
    if not mugshot_system(document):
        yield "R08"


def ban(unless: Callable[[Document], bool], *exceptions: str, proxy: bool = True,
        receipt: Callable[[Document], bool] | None = None) -> Callable[[Document], Iterator[str]]:  # fmt: skip
    """A ban; `unless` lets a receipt pass, `receipt` is what the receipt must be like (R11)."""

    def judge(document: Document) -> Iterator[str]:
        action, claimed = document["action"], document["exception"]
        claimable = claimed in exceptions and (
            action == "acquire" or document["purpose"] == claimed
        )
        received = document["received"] if action == "receive" else None
        if action == "acquire" and document["technology"]["kind"] == "alpr":
            return
        if not claimable and not (received and unless(received)):
            yield "R01"
        if proxy and searching(document) and document["performed_by"] in OTHERS:
            yield "R09"
        if receipt and received and not receipt(received):
            yield "R11"

    return judge


def detroit(document: Document) -> Iterator[str]:
    offence, mode = document["offence"], document["probe"]["mode"]
    if document["action"] == "acquire":
        return
    violent = offence and offence["nibrs"] in {"09A", "11A", "11B", "11C", "120", "13A"}
    if not violent and unlisted(document, "mi-home-invasion-1"):
        yield "R03"
    if not suspicion(document, "reasonable_suspicion", "probable_cause"):
        yield "R04"
    if mode == "live" or document["purpose"] == "general_surveillance":
        yield "R05"
    if mode == "recorded_video":
        yield "R05b"
    if protected(document):
        yield "R06"
    if document["purpose"] in {"immigration_enforcement", "personal"}:
        yield "R07"


def montana(document: Document) -> Iterator[str]:
    mode, found = document["probe"]["mode"], {"missing_or_endangered", "identify_deceased"}
    if document["action"] == "acquire":
        return
    if unlisted(document, "mt-44-15") and document["purpose"] not in found:
        yield "R03"
    if not suspicion(document, "probable_cause") and document["purpose"] not in found:
        yield "R04"
    if document["purpose"] in {"immigration_enforcement", "general_surveillance", "personal"}:
        yield "R02"
    if mode == "live":
        yield "R05"
    if mode == "recorded_video":
        yield "R05b"
    if not warrant(document) and not document["exigency"]:
        yield "R27"
    if bystanders(document):
        yield "R19"


def virginia(document: Document) -> Iterator[str]:
    if document["action"] == "acquire":
        if document["technology"]["kind"] != "alpr":
            yield "SYS"
        return
    yield "SYS"
    if document["purpose"] in NOT_IN_VIRGINIA:
        yield "R02"
    crime = document["purpose"] == "criminal_investigation"
    if crime and not suspicion(document, "reasonable_suspicion", "probable_cause"):
        yield "R04"
    if document["probe"]["mode"] == "live":
        yield "R05"
    if searching(document):
        algorithm = document["algorithm"]
        if not document["policy_published"]:
            yield "R45"
        if not algorithm["accuracy_evidence"] or (algorithm["min_group_tpr"] or 0) < 0.98:
            yield "R47"


def logged(received: Document) -> bool:
    return not received["solicited"] and received["logged"]


def of_a_crime(received: Document) -> bool:
    return not received["solicited"] and received["specific_crime"]


def nothing(_received: Document) -> bool:
    return False


PACKS: dict[str, Callable[[Document], Iterator[str]]] = {
    "house": lambda _document: iter(()),
    "lapd-2021": lapd,
    "lacris-member": lacris,
    "sf-19b-2019": ban(logged, "device_unlock", receipt=logged),
    "minneapolis-41": ban(nothing, "device_unlock", "access_control", receipt=logged),
    "boston-16-62": ban(of_a_crime, receipt=of_a_crime),
    "portland-2020": ban(nothing, "device_unlock", proxy=False),
    "detroit-307.5": detroit,
    "montana-44-15": montana,
    "va-2022": virginia,
    "ca-ab1215-2019": lambda _document: iter(()),
    "federal-moratorium-bill": lambda _document: iter(()),
    **oracle_states.PACKS,
}


def safeguards(document: Document, pack: str) -> set[str]:
    return {*house(document), *PACKS[pack](document)}
