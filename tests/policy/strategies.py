"""Facts documents drawn from the whole vocabulary."""

import json
from typing import Any

from hypothesis import strategies as st

from oversight.policy.engine import vocabulary as v
from tests.policy.documents import APPROVED, EXIGENCY, ORDINARY, SUPERVISOR, UNASKED, WARRANT

AGENCIES = ("lapd", "lasd", "mpd", "boston-pd", "dpd", "billings-pd", "seattle-pd", "richmond-pd")
BAN_PACKS = ("sf-19b-2019", "minneapolis-41", "boston-16-62", "portland-2020")

often = st.sampled_from


def mostly(usual: Any, others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The usual value about half of the time, so that permits are drawn too."""
    return st.booleans().flatmap(lambda ordinary: st.just(usual) if ordinary else others)


def changed(base: dict[str, Any], **others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    drawn = {key: mostly(base[key], strategy) for key, strategy in others.items()}
    return st.fixed_dictionaries({**{key: st.just(base[key]) for key in base}, **drawn})


TRAINING = mostly(
    ORDINARY["requester"]["training"],
    st.none()
    | changed(
        ORDINARY["requester"]["training"],
        expires_on=often(["2026-03-02", "2026-03-03", "2024-01-01"]),
        completed_on=often(["2026-03-03", "2024-03-02"]),
        level=often(v.TRAINING_LEVELS),
    ),
)
REQUESTER = st.fixed_dictionaries(
    {
        "id": often(["officer-1", "supervisor-1"]),
        "role": often(v.ROLES),
        "suspended": mostly(False, st.booleans()),
        "overdue_reports": mostly(0, st.integers(0, 3)),
        "training": TRAINING,
    }
)
APPROVALS = st.lists(
    changed(SUPERVISOR, id=often(["officer-1", "officer-2"]), role=often(v.ROLES)), max_size=3
)
OFFENCE = st.none() | st.fixed_dictionaries(
    {
        "nibrs": often(v.NIBRS),
        "severity": often(v.SEVERITIES),
        "listed": st.lists(often(v.STATUTORY_LISTS), max_size=4),
    }
)
PROBE = changed(
    ORDINARY["probe"],
    kind=often(v.PROBE_KINDS),
    source=often(v.PROBE_SOURCES),
    mode=often(v.PROBE_MODES),
    faces=st.integers(0, 9),
    target_selected=st.booleans(),
    depicts_subject=st.booleans(),
    edits=st.lists(
        st.fixed_dictionaries(
            {
                "op": often(["crop", "rotate", "open_eyes", "inpaint"]),
                "by": st.just("officer-1"),
                "at": st.just("2026-03-02T12:00:00-08:00"),
            }
        ),
        max_size=2,
    ),
)

DOCUMENTS = changed(
    ORDINARY,
    action=often(v.ACTIONS),
    at=often(
        ["2026-03-02T14:05:00-08:00", "2026-03-10T23:59:59-08:00", "2026-03-11T12:00:00-08:00"]
    ),
    agency=often(AGENCIES),
    performed_by=often(v.PERFORMERS),
    requester=REQUESTER,
    approvals=APPROVALS,
    purpose=often(v.PURPOSES),
    offence=OFFENCE,
    predicate=st.fixed_dictionaries({"level": often(v.PREDICATES), "facts": often(["", "Seen."])}),
    authority=changed(WARRANT, type=often(v.AUTHORITIES)),
    exigency=st.just(EXIGENCY),
    probe=PROBE,
    capture_context=st.lists(often(v.CAPTURE_CONTEXTS), max_size=3),
    protected_basis=st.booleans(),
    suspicion_specific=st.booleans(),
    system=changed(
        ORDINARY["system"],
        id=often(["clearview", "nec", "Amazon-Rekognition", "ibm-watson", "azure-face"]),
        **{"class": often(v.SYSTEM_CLASSES)},
    ),
    gallery=changed(
        ORDINARY["gallery"],
        id=often(["web"]),
        approved=st.booleans(),
        **{"class": often(v.GALLERY_CLASSES)},
    ),
    algorithm=changed(
        ORDINARY["algorithm"],
        accuracy_evidence=st.booleans(),
        min_group_tpr=st.none() | st.floats(0, 1),
    ),
    received=st.just(UNASKED),
    technology=changed(
        APPROVED,
        kind=often(["alpr", "Microsoft Face"]),
        governing_body_approved=st.booleans(),
        impact_report=st.booleans(),
    ),
    exception=often(["device_unlock", "access_control", "initial_identification"]),
    policy_published=st.booleans(),
).map(
    lambda document: {
        **document,
        "received": document["received"] or UNASKED,
        "technology": document["technology"] or APPROVED,
    }
)
"""Usable documents for every action: half of the facts are ordinary, half are drawn."""

RECEIPTS = st.tuples(
    DOCUMENTS,
    st.fixed_dictionaries(
        {
            "source": st.just("NCRIC"),
            "solicited": st.booleans(),
            "specific_crime": st.booleans(),
            "logged": st.booleans(),
        }
    ),
).map(lambda pair: {**pair[0], "action": "receive", "received": pair[1]})


def two_years_on(document: dict[str, Any]) -> dict[str, Any]:
    """The same document two years later, when the duties of the European Union have begun."""
    text = json.dumps(document)
    for year in (2026, 2025, 2024):
        text = text.replace(f"{year}-", f"{year + 2}-")
    later: dict[str, Any] = json.loads(text)
    return later
