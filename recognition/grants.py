"""What the database roles may do with this room's tables.

Nobody but the owner's functions reads ``recognition_template`` or ``recognition_openingvector``;
nobody but they writes an opening, a run or a candidate.
"""

from typing import Final

_GALLERIES: Final = {
    "recognition_model": "SELECT",
    "recognition_activation": "SELECT",
    "recognition_gallery": "SELECT",
}
_SEARCHES: Final = {
    "recognition_probe": "SELECT",
    "recognition_inspection": "SELECT",
    "recognition_authorization": "SELECT",
    "recognition_handover": "SELECT",
    "recognition_opening": "SELECT",
    "recognition_run": "SELECT",
    "recognition_failure": "SELECT",
    "recognition_recall": "SELECT",
}

TABLES: Final = {
    "web": {
        **_GALLERIES,
        **_SEARCHES,
        "recognition_subject": "SELECT",
        "recognition_image": "SELECT",
        "recognition_sealedphotograph": "SELECT",
        "recognition_probe": "SELECT, INSERT",
        "recognition_probeimage": "SELECT, INSERT",
        "recognition_authorization": "SELECT, INSERT",
        "recognition_recall": "SELECT, INSERT",
        "recognition_candidate": "SELECT",
        # The nightly audit matches them with their entries.
        "recognition_enrolmentbatch": "SELECT",
        "recognition_expungement": "SELECT",
        "recognition_proof": "SELECT",
    },
    "worker": {
        **_GALLERIES,
        **_SEARCHES,
        "recognition_probeimage": "SELECT, INSERT",
        "recognition_inspection": "SELECT, INSERT",
        "recognition_proof": "SELECT, INSERT",
        "recognition_failure": "SELECT, INSERT",
    },
    "relay": {
        **_GALLERIES,
        **_SEARCHES,
        "recognition_handover": "SELECT, INSERT",
        "recognition_recall": "SELECT, INSERT",
    },
    "enroller": {
        "recognition_model": "SELECT, INSERT",
        "recognition_activation": "SELECT, INSERT",
        "recognition_gallery": "SELECT, INSERT",
        "recognition_subject": "SELECT, INSERT",
        "recognition_image": "SELECT, INSERT",
        "recognition_enrolmentbatch": "SELECT, INSERT",
        "recognition_enrolmentline": "SELECT, INSERT",
        "recognition_expungement": "SELECT",
        "recognition_sealedphotograph": "INSERT",
        "recognition_template": "INSERT",
    },
}

_COUNTS: Final = "recognition_template_counts()"

FUNCTIONS: Final = {
    "web": (_COUNTS,),
    "worker": ("open_search(uuid, text, halfvec)", "run_search(uuid)"),
    "relay": (
        _COUNTS,
        "recognition_due_searches(interval, integer)",
        "recognition_due_inspections(interval, integer)",
    ),
    "enroller": (_COUNTS, "recognition_expunge(text, text, text)"),
}
