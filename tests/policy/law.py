"""What the law says, written apart from the packs: facts, and the rules that must refuse them.

Each row: the packs asked for, the facts, and the ids of all rules that refuse, house included.
"""

from typing import Any, NamedTuple

from tests.policy.documents import (
    EXIGENCY,
    SUPERVISOR,
    WARRANT,
    acquisition,
    facts,
    receipt,
)


class Row(NamedTuple):
    pack: str
    facts: dict[str, Any]
    rules: frozenset[str]


def row(pack: str, document: dict[str, Any], *rules: str) -> Row:
    full = (rule if "/" in rule else f"{pack}/{rule}" for rule in rules)
    return Row(pack, document, frozenset(full))


def _with(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**document, **changes}


def training(**changes: Any) -> dict[str, Any]:
    document = facts()
    document["requester"]["training"] |= changes
    return document


GROUP = {"probe__faces": 4, "probe__target_selected": False}
PROTEST = {"capture_context": ["protest"], "suspicion_specific": False}
FRAUD = {"nibrs": "26A", "severity": "felony", "listed": []}
OWN = {**SUPERVISOR, "id": "officer-1"}
OFFICER = {**SUPERVISOR, "id": "officer-2", "role": "officer"}
EDIT = {"op": "open_eyes", "by": "officer-1", "at": "2026-03-02T12:00:00-08:00"}
LATER = {"at": "2028-03-02T14:05:00-08:00"}
IN_2028 = {
    **LATER,
    "requester__training__completed_on": "2027-09-15",
    "requester__training__expires_on": "2028-09-15",
}
ORDER_2028 = {
    **WARRANT,
    "type": "court_order",
    "valid_from": "2028-03-01T00:00:00-08:00",
    "valid_to": "2028-03-11T00:00:00-08:00",
}
URGENT_2028 = {**EXIGENCY, "started_at": "2028-03-02T10:00:00-08:00"}

HOUSE = [
    row("house", facts()),
    row("house", facts(requester__training=None), "training-current"),
    row("house", training(expires_on="2026-03-02"), "training-current"),
    row("house", training(expires_on="2026-03-03")),
    row("house", training(completed_on="2026-03-03"), "training-current"),
    row("house", facts(requester__suspended=True), "requester-suspended"),
    row("house", facts(requester__overdue_reports=2), "reports-overdue"),
    row("house", facts(approvals=[OWN]), "sign-off-independent", "sign-off-by-supervisor"),
    row("house", facts(approvals=[OWN, SUPERVISOR]), "sign-off-independent"),
    row("house", facts(action="approve"), "sign-off-by-supervisor"),
    row("house", facts(action="approve", approvals=[OFFICER]), "sign-off-by-supervisor"),
    row("house", facts(action="approve", approvals=[SUPERVISOR])),
    row("house", facts(action="run", approvals=[SUPERVISOR])),
    row("house", facts(action="run"), "sign-off-by-supervisor"),
    row("house", facts(action="view", approvals=[SUPERVISOR])),
    row("house", receipt()),
    row("house", _with(receipt(), requester={**facts()["requester"], "suspended": True}),
        "requester-suspended"),
    row("house", acquisition(governing_body_approved=False)),
    row("house", facts(purpose="personal")),
]  # fmt: skip

LAPD = [
    row("lapd-2021", facts()),
    row("lapd-2021", facts(purpose="imminent_threat_to_life")),
    row("lapd-2021", facts(purpose="identify_deceased")),
    row("lapd-2021", facts(purpose="identify_incapacitated")),
    row("lapd-2021", facts(purpose="missing_or_endangered")),
    row("lapd-2021", facts(purpose="general_surveillance"), "purpose"),
    row("lapd-2021", facts(purpose="immigration_enforcement"), "purpose"),
    row("lapd-2021", facts(probe__source="body_worn"), "officer-camera"),
    row("lapd-2021", facts(probe__source="in_car"), "officer-camera"),
    row("lapd-2021", facts(probe__source="drone")),
    row("lapd-2021", facts(probe__mode="live"), "no-live-video"),
    row("lapd-2021", facts(system={"id": "clearview", "class": "commercial"}), "approved-system"),
    row("lapd-2021", facts(gallery__id="open-web"), "approved-system"),
    row("lapd-2021", facts(performed_by="vendor"), "approved-system"),
    row("lapd-2021", facts(performed_by="county_system")),
    row("lapd-2021", facts(gallery__approved=False), "approved-system"),
    row("lapd-2021", facts(on_behalf_of="glendale-pd"), "outside-agencies"),
    row("lapd-2021", facts(on_behalf_of="lapd")),
    row("lapd-2021", facts(requester__training=None), "trained-users", "house/training-current"),
    row("lapd-2021", facts(predicate__level="none")),
    row("lapd-2021", receipt()),
    row("lapd-2021", _with(receipt(), purpose="personal"), "purpose"),
    row("lapd-2021", facts(at="2020-12-31T12:00:00-08:00", probe__source="body_worn"),
        "house/training-current"),
]  # fmt: skip

LACRIS = [
    row("lacris-member", facts()),
    row("lacris-member", facts(purpose="personal"), "purpose"),
    row("lacris-member", facts(predicate__level="articulable_facts"), "reasonable-suspicion"),
    row("lacris-member", facts(predicate__level="reasonable_suspicion")),
    row("lacris-member", facts(predicate__facts=" "), "reasonable-suspicion"),
    row("lacris-member", facts(**PROTEST), "protected-activity"),
    row("lacris-member", facts(capture_context=["place_of_worship"])),
    row("lacris-member", facts(protected_basis=True), "protected-activity"),
    row("lacris-member", facts(gallery__class="driver_licence"), "booking-photographs-only"),
    row("lacris-member", facts(on_behalf_of="glendale-pd")),
    row("lacris-member", facts(requester__training=None),
        "trained-reviewers", "house/training-current"),
    row("lacris-member", facts(probe__source="body_worn")),
]  # fmt: skip

BANS = [
    row("sf-19b-2019", facts(agency="lasd"), "ban"),
    row("sf-19b-2019", facts(agency="sfpd"), "ban", "proposition-e-awaits-counsel"),
    row("sf-19b-2019", facts(agency="sfpd", at="2024-03-04T12:00:00-08:00"),
        "ban", "house/training-current"),
    row("sf-19b-2019", facts(performed_by="outside_agency"), "ban", "no-proxy-search"),
    row("sf-19b-2019", facts(performed_by="vendor"), "ban", "no-proxy-search"),
    row("sf-19b-2019", receipt()),
    row("sf-19b-2019", _with(receipt(), agency="sfpd")),
    row("sf-19b-2019", receipt(logged=False), "ban", "received-unasked-and-logged"),
    row("sf-19b-2019", receipt(solicited=True), "ban", "received-unasked-and-logged"),
    row("sf-19b-2019", receipt(specific_crime=False)),
    row("sf-19b-2019", acquisition(), "ban"),
    row("sf-19b-2019", _with(acquisition(), agency="sfpd"), "ban", "proposition-e-awaits-counsel"),
    row("sf-19b-2019", acquisition(kind="alpr")),
    row("sf-19b-2019", facts(exception="device_unlock"), "ban"),
    row("sf-19b-2019", facts(purpose="device_unlock"), "ban"),
    row("sf-19b-2019", facts(exception="device_unlock", purpose="device_unlock")),
    row("sf-19b-2019", _with(acquisition(kind="telephones"), exception="device_unlock")),
    row("sf-19b-2019", _with(acquisition(), agency="sfpd", exception="device_unlock")),
    row("sf-19b-2019",
        _with(acquisition(), at="2019-12-19T23:59:00-08:00", exception="device_unlock"), "ban"),
    row("sf-19b-2019",
        _with(acquisition(), at="2019-12-20T00:00:00-08:00", exception="device_unlock")),
    row("sf-19b-2019", _with(receipt(), at="2019-10-01T12:00:00-07:00")),
    row("sf-19b-2019", facts(at="2019-05-21T12:00:00-07:00"), "ban", "house/training-current"),
    row("sf-19b-2019", facts(at="2019-05-20T12:00:00-07:00"), "house/training-current"),
    row("minneapolis-41", facts(agency="mpd"), "ban"),
    row("minneapolis-41", facts(performed_by="outside_agency"), "ban", "no-proxy-search"),
    row("minneapolis-41", facts(agency="hennepin-sheriff", on_behalf_of="mpd"),
        "ban", "no-proxy-search"),
    row("minneapolis-41", facts(performed_by="county_system"), "ban"),
    row("minneapolis-41", receipt(), "ban"),
    row("minneapolis-41", receipt(solicited=True), "ban", "received-unasked-and-logged"),
    row("minneapolis-41", acquisition(), "ban"),
    row("minneapolis-41", facts(exception="access_control", purpose="access_control")),
    row("minneapolis-41", facts(exception="access_control"), "ban"),
    row("boston-16-62", facts(agency="boston-pd"), "ban"),
    row("boston-16-62", facts(performed_by="vendor"), "ban", "no-proxy-search"),
    row("boston-16-62", receipt()),
    row("boston-16-62", receipt(logged=False)),
    row("boston-16-62", receipt(specific_crime=False),
        "ban", "received-unasked-of-a-specific-crime"),
    row("boston-16-62", receipt(solicited=True), "ban", "received-unasked-of-a-specific-crime"),
    row("boston-16-62", facts(exception="device_unlock", purpose="device_unlock"), "ban"),
    row("portland-2020", facts(agency="portland-pb"), "ban"),
    row("portland-2020", facts(performed_by="outside_agency"), "ban"),
    row("portland-2020", receipt(), "ban"),
    row("portland-2020", acquisition(), "ban"),
    row("portland-2020", facts(exception="device_unlock", purpose="device_unlock")),
]  # fmt: skip

CALIFORNIA = [
    row("ca-ab1215-2019", facts(probe__source="body_worn")),
    row("ca-ab1215-2019", facts(probe__source="body_worn", at="2022-12-31T23:59:00-08:00"),
        "officer-camera", "house/training-current"),
    row("ca-ab1215-2019", facts(probe__source="body_worn", at="2023-01-01T00:00:00-08:00"),
        "house/training-current"),
    row("ca-ab1215-2019", facts(probe__source="phone", at="2022-06-01T12:00:00-07:00"),
        "house/training-current"),
]  # fmt: skip

DETROIT = [
    row("detroit-307.5", facts(agency="dpd")),
    row("detroit-307.5", facts(offence=FRAUD), "offence"),
    row("detroit-307.5", facts(offence=None), "offence"),
    row("detroit-307.5", facts(offence={**FRAUD, "listed": ["mi-home-invasion-1"]})),
    row("detroit-307.5", facts(offence={**FRAUD, "nibrs": "13B"}), "offence"),
    row("detroit-307.5", facts(offence={**FRAUD, "nibrs": "13A"})),
    row("detroit-307.5", facts(predicate__level="articulable_facts"), "reasonable-suspicion"),
    row("detroit-307.5", facts(probe__mode="live"), "no-surveillance"),
    row("detroit-307.5", facts(probe__mode="recorded_video"), "stills-only"),
    row("detroit-307.5", facts(purpose="immigration_enforcement"), "purpose"),
    row("detroit-307.5", facts(**PROTEST), "protected-activity"),
    row("detroit-307.5", facts(probe__source="body_worn")),
]

NEW_ORLEANS = [
    row("nola-147-2022", facts(agency="nopd", performed_by="outside_agency")),
    row("nola-147-2022", facts(offence=FRAUD), "crime-of-violence"),
    row("nola-147-2022", facts(probe__mode="live", performed_by="private_operator"),
        "no-surveillance"),
    row("nola-147-2022", facts(probe__mode="recorded_video")),
    row("nola-147-2022", facts(performed_by="private_operator"), "no-private-search"),
    row("nola-147-2022", facts(performed_by="vendor", offence=FRAUD),
        "no-private-search", "crime-of-violence"),
    row("nola-147-2022", _with(receipt(), performed_by="private_operator")),
    row("nola-147-2022", _with(receipt(solicited=True), performed_by="private_operator"),
        "no-result-asked-of-private-operators"),
    row("nola-147-2022", facts(purpose="personal"), "purpose"),
    row("nola-147-2022", _with(receipt(), offence=FRAUD)),
    row("nola-147-2022", _with(receipt(solicited=True), offence=FRAUD), "crime-of-violence"),
]  # fmt: skip

MARYLAND = [
    row("maryland-2-503", facts(agency="baltimore-pd")),
    row("maryland-2-503", facts(offence=FRAUD), "listed-crime"),
    row("maryland-2-503", facts(offence=None, purpose="missing_or_endangered")),
    row("maryland-2-503", facts(purpose="personal"), "purpose"),
    row("maryland-2-503", facts(**PROTEST), "protected-activity"),
    row("maryland-2-503", facts(**GROUP), "bystanders"),
    row("maryland-2-503", facts(probe__faces=4)),
    row("maryland-2-503", facts(probe__mode="live"), "no-live-video"),
    row("maryland-2-503", facts(probe__mode="recorded_video")),
    row("maryland-2-503", facts(probe__kind="sketch"), "no-sketches"),
    row("maryland-2-503", facts(probe__kind="generated"), "no-sketches"),
    row("maryland-2-503", facts(gallery__class="scraped_web"), "databases"),
    row("maryland-2-503", facts(gallery__class="open_source"), "databases"),
    row("maryland-2-503", facts(gallery__class="driver_licence")),
    row("maryland-2-503", facts(gallery__class="missing_persons"), "databases"),
    row("maryland-2-503", facts(gallery__class="missing_persons", purpose="identify_deceased")),
    row("maryland-2-503", training(completed_on="2025-03-02"), "yearly-training"),
    row("maryland-2-503", training(completed_on="2025-03-03")),
    row("maryland-2-503", facts(policy_published=False), "policy-published"),
    row("maryland-2-503", facts(at="2024-09-30T23:00:00-04:00", offence=None),
        "house/training-current"),
]  # fmt: skip

MONTANA = [
    row("montana-44-15", facts(agency="billings-pd", authority=WARRANT)),
    row("montana-44-15", facts(), "warrant"),
    row("montana-44-15", facts(authority={**WARRANT, "type": "consent"}), "warrant"),
    row("montana-44-15", facts(authority={**WARRANT, "valid_to": "2026-03-02T14:05:00-08:00"}),
        "warrant"),
    row("montana-44-15",
        facts(authority={**WARRANT, "valid_from": "2026-03-02", "valid_to": "2026-03-02"})),
    row("montana-44-15", facts(authority={**WARRANT, "valid_to": "2026-03-01"}), "warrant"),
    row("montana-44-15", facts(authority={**WARRANT, "valid_from": "2026-03-03"}), "warrant"),
    row("montana-44-15", facts(exigency=EXIGENCY, purpose="imminent_threat_to_life")),
    row("montana-44-15", facts(exigency={**EXIGENCY, "authoriser": ""}), "warrant"),
    row("montana-44-15", facts(authority=WARRANT, offence=FRAUD), "serious-crime"),
    row("montana-44-15", facts(authority=WARRANT, predicate__level="reasonable_suspicion"),
        "probable-cause"),
    row("montana-44-15", facts(authority=WARRANT, probe__mode="recorded_video"), "no-stored-video"),
    row("montana-44-15", facts(authority=WARRANT, probe__mode="live"), "no-live-surveillance"),
    row("montana-44-15", facts(authority=WARRANT, purpose="personal"), "purpose"),
    row("montana-44-15", facts(authority=WARRANT, **GROUP), "bystanders"),
    row("montana-44-15", facts(authority=WARRANT, probe__faces=4)),
]  # fmt: skip

WASHINGTON = [
    row("washington-43.386", facts(agency="seattle-pd")),
    row("washington-43.386", facts(probe__mode="live"), "no-surveillance"),
    row("washington-43.386", facts(probe__mode="live", authority=WARRANT)),
    row("washington-43.386",
        facts(probe__mode="live", authority={**WARRANT, "type": "court_order"}), "no-surveillance"),
    row("washington-43.386", facts(probe__mode="live", exigency=EXIGENCY)),
    row("washington-43.386", facts(**PROTEST), "protected-activity"),
    row("washington-43.386", facts(probe__kind="sketch"), "no-sketches"),
    row("washington-43.386", facts(probe__kind="composite"), "no-sketches"),
    row("washington-43.386", facts(probe__edits=[EDIT]), "no-manipulation"),
    row("washington-43.386", facts(probe__edits=[{**EDIT, "op": "crop"}])),
    row("washington-43.386", facts(policy_published=False), "policy-published"),
    row("washington-43.386", _with(receipt(), policy_published=False)),
    row("washington-43.386", acquisition()),
    row("washington-43.386", acquisition(governing_body_approved=False), "accountability-report"),
    row("washington-43.386", acquisition(impact_report=False), "accountability-report"),
]  # fmt: skip

VIRGINIA = [
    row("va-2022", facts(agency="richmond-pd"), "awaits-review"),
    row("va-2022", facts(purpose="personal"), "awaits-review", "authorised-use"),
    row("va-2022", facts(policy_published=False), "awaits-review", "policy-published"),
    row("va-2022", facts(algorithm__min_group_tpr=0.9799), "awaits-review", "accuracy"),
    row("va-2022", facts(algorithm__min_group_tpr=None), "awaits-review", "accuracy"),
    row("va-2022", facts(probe__mode="live"), "awaits-review", "no-live-tracking"),
    row(
        "va-2022",
        facts(predicate__level="articulable_facts"),
        "awaits-review",
        "reasonable-suspicion",
    ),
    row("va-2022", facts(predicate__level="none", purpose="witness_location"), "awaits-review"),
    row("va-2022", acquisition(), "awaits-review"),
]

EUROPE = [
    row("eu-post-rbi", facts()),
    row("eu-post-rbi", facts(**IN_2028), "authorisation"),
    row("eu-post-rbi", facts(**IN_2028, authority=ORDER_2028)),
    row("eu-post-rbi", facts(**IN_2028, authority={**ORDER_2028, "type": "consent"}),
        "authorisation"),
    row("eu-post-rbi", facts(**IN_2028, exception="initial_identification")),
    row("eu-post-rbi",
        facts(**IN_2028, exception="initial_identification", purpose="witness_location"),
        "authorisation"),
    row("eu-post-rbi", facts(**IN_2028, exigency=URGENT_2028)),
    row("eu-post-rbi",
        facts(**IN_2028, exigency={**URGENT_2028, "started_at": "2028-02-29T14:04:59-08:00"}),
        "authorisation-within-48-hours"),
    row("eu-post-rbi", facts(**IN_2028, authority=ORDER_2028, **GROUP), "never-untargeted"),
    row("eu-post-rbi", facts(**IN_2028, authority=ORDER_2028, offence=None), "specific-offence"),
    row("eu-post-rbi", facts(probe__mode="live"), "real-time"),
    row("eu-post-rbi", facts(gallery__class="scraped_web"), "no-scraped-galleries"),
]  # fmt: skip

OTHERS = [
    row("federal-moratorium-bill", facts()),
    row("vendor-moratoria", facts()),
    row("vendor-moratoria",
        facts(system={"id": "amazon-rekognition", "class": "commercial"}), "amazon"),
    row("vendor-moratoria", facts(system={"id": "IBM-Watson", "class": "commercial"}), "ibm"),
    row("vendor-moratoria", acquisition(kind="Microsoft Azure Face"), "microsoft"),
    row("vendor-moratoria", facts(system={"id": "clearview", "class": "commercial"})),
]  # fmt: skip

ROWS = [
    *HOUSE, *LAPD, *LACRIS, *BANS, *CALIFORNIA, *DETROIT, *NEW_ORLEANS, *MARYLAND, *MONTANA,
    *WASHINGTON, *VIRGINIA, *EUROPE, *OTHERS,
]  # fmt: skip
