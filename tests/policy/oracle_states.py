"""The oracle's second half: New Orleans, Maryland, Washington, the European Union and the vendors."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

Document = dict[str, Any]

SEARCH = {"submit", "approve", "run", "view"}
MARYLAND_FREE = {
    *("missing_or_endangered", "identify_deceased", "identify_incapacitated", "access_control"),
}
EU_BEGINS = date(2027, 12, 2)
NOT_SOLD_TO_POLICE = ("amazon", "rekognition", "ibm", "watson", "microsoft", "azure")


def using(document: Document) -> bool:
    return document["action"] != "acquire"


def searching(document: Document) -> bool:
    return document["action"] in SEARCH


def at(document: Document) -> datetime:
    return datetime.fromisoformat(document["at"])


def listed(document: Document, slug: str) -> bool:
    return bool(document["offence"]) and slug in document["offence"]["listed"]


def private_life(document: Document) -> bool:
    seen = bool(document["capture_context"]) and not document["suspicion_specific"]
    return document["protected_basis"] or seen


def trained_this_year(document: Document) -> bool:
    training = document["requester"]["training"]
    if not training:
        return False
    done = date.fromisoformat(training["completed_on"])
    today = at(document).date()
    return (
        done
        <= today
        < min(done.replace(year=done.year + 1), date.fromisoformat(training["expires_on"]))
    )


def ordered(document: Document, *kinds: str) -> bool:
    """A court's authority of one of these kinds that is in force."""
    authority = document["authority"]
    return bool(authority) and (
        authority["type"] in kinds
        and datetime.fromisoformat(authority["valid_from"])
        <= at(document)
        < datetime.fromisoformat(authority["valid_to"])
    )


def new_orleans(document: Document) -> Iterator[str]:
    if not using(document):
        return
    unasked = document["action"] == "receive" and not document["received"]["solicited"]
    if not listed(document, "la-14-2") and not unasked:
        yield "R03"
    if document["probe"]["mode"] == "live" or document["purpose"] == "general_surveillance":
        yield "R05"
    if document["purpose"] in {"immigration_enforcement", "personal"}:
        yield "R07"
    private = document["performed_by"] in {"vendor", "private_operator"}
    if private and searching(document) and document["probe"]["mode"] != "live":
        yield "R09"
    if private and document["action"] == "receive" and not unasked:
        yield "R11"


def maryland_images(document: Document) -> Iterator[str]:
    probe, gallery, purpose = document["probe"], document["gallery"]["class"], document["purpose"]
    if probe["faces"] > 1 and not probe["target_selected"]:
        yield "R19"
    if probe["mode"] == "live":
        yield "R05"
    if probe["kind"] in {"sketch", "composite", "generated"}:
        yield "R13"
    found = purpose in MARYLAND_FREE - {"access_control"}
    if gallery not in {"driver_licence", "booking"} and not (
        gallery == "missing_persons" and found
    ):
        yield "R08"


def maryland(document: Document) -> Iterator[str]:
    if not using(document):
        return
    if not listed(document, "md-2-503") and document["purpose"] not in MARYLAND_FREE:
        yield "R03"
    if document["purpose"] in {"immigration_enforcement", "general_surveillance", "personal"}:
        yield "R02"
    if private_life(document):
        yield "R06"
    yield from maryland_images(document)
    if searching(document) and not trained_this_year(document):
        yield "R25"
    if searching(document) and not document["policy_published"]:
        yield "R45"


def washington(document: Document) -> Iterator[str]:
    technology = document["technology"]
    if not using(document):
        papers = ("governing_body_approved", "impact_report", "use_policy_published")
        if technology["kind"] != "alpr" and not all(technology[p] for p in papers):
            yield "R46"
        return
    probe, purpose = document["probe"], document["purpose"]
    found = purpose in {"missing_or_endangered", "identify_deceased"}
    allowed = ordered(document, "warrant", *(["court_order"] if found else ()))
    watching = probe["mode"] == "live" or purpose == "general_surveillance"
    if watching and not allowed and not document["exigency"]:
        yield "R05"
    if private_life(document):
        yield "R06"
    if probe["kind"] in {"sketch", "composite", "generated"}:
        yield "R13"
    if {edit["op"] for edit in probe["edits"]} & {"open_eyes", "inpaint"}:
        yield "R15"
    if searching(document) and not document["policy_published"]:
        yield "R45"


def european_union(document: Document) -> Iterator[str]:
    if not using(document):
        return
    if document["probe"]["mode"] == "live":
        yield "R05"
    if document["gallery"]["class"] == "scraped_web":
        yield "R08"
    if at(document).date() >= EU_BEGINS:
        yield from high_risk_duties(document)


def high_risk_duties(document: Document) -> Iterator[str]:
    probe, purpose = document["probe"], document["purpose"]
    if purpose == "criminal_investigation" and not document["offence"]:
        yield "R03"
    if purpose == "general_surveillance" or (probe["faces"] > 1 and not probe["target_selected"]):
        yield "R19"
    if not searching(document) or ordered(document, "warrant", "court_order"):
        return
    first = document["exception"] == "initial_identification"
    objective = document["offence"] and document["predicate"]["facts"].strip()
    urgent = document["exigency"]
    if not urgent and not (first and purpose == "criminal_investigation" and objective):
        yield "R27"
    if urgent and not first:
        since = at(document) - datetime.fromisoformat(urgent["started_at"])
        if since > timedelta(hours=48):
            yield "R28"


def vendors(document: Document) -> Iterator[str]:
    names = [document["system"]["id"], (document["technology"] or {}).get("kind", "")]
    if any(brand in name.lower() for name in names for brand in NOT_SOLD_TO_POLICE):
        yield "R08"


PACKS = {
    "nola-147-2022": new_orleans,
    "maryland-2-503": maryland,
    "washington-43.386": washington,
    "eu-post-rbi": european_union,
    "vendor-moratoria": vendors,
}
