"""The codes that a request's facts may use: reference data, and nothing else.

Every list here is closed. A code that is not on it is refused when facts are validated, and a
rule that names one is refused when its pack is adopted. Codes of agencies and of exceptions are
not here: they are data of the packs (see :mod:`oversight.policy.engine.packs`).
"""

from __future__ import annotations

from typing import Final

ACTIONS: Final = ("submit", "approve", "run", "view", "receive", "acquire")
"""What is about to be done. The first four are stages of a search made by the agency."""

SEARCH_ACTIONS: Final = frozenset(ACTIONS[:4])

PERFORMERS: Final = (
    "own_system",
    "county_system",
    "outside_agency",
    "vendor",
    "private_operator",
)

ROLES: Final = ("officer", "examiner", "supervisor")

TRAINING_LEVELS: Final = ("review", "examination")
"""FISWG's two levels of work on lists of candidates and on a formal comparison."""

PURPOSES: Final = (
    "criminal_investigation",
    "imminent_threat_to_life",
    "identify_incapacitated",
    "identify_deceased",
    "missing_or_endangered",
    "victim_identification",
    "trafficking",
    "identity_fraud",
    "witness_location",
    "detained_person",
    "undercover_vetting",
    "immigration_enforcement",
    "general_surveillance",
    "personal",
    "device_unlock",
    "access_control",
)

SEVERITIES: Final = ("violent_felony", "felony", "misdemeanor", "infraction", "none")

STATUTORY_LISTS: Final = ("mi-home-invasion-1", "md-2-503", "mt-44-15", "la-14-2")

PREDICATES: Final = ("none", "articulable_facts", "reasonable_suspicion", "probable_cause")
"""How firmly the request stands, from least to most."""

AUTHORITIES: Final = ("warrant", "court_order", "consent")

PROBE_KINDS: Final = (
    "photograph",
    "video_still",
    "sketch",
    "composite",
    "generated",
    "look_alike",
)

PROBE_SOURCES: Final = (
    "booking",
    "fixed_cctv_public",
    "fixed_cctv_private",
    "body_worn",
    "in_car",
    "drone",
    "phone",
    "social_media",
    "id_document",
    "seized_device",
    "witness_photo",
)

PROBE_MODES: Final = ("still", "recorded_video", "live")

CAPTURE_CONTEXTS: Final = (
    "protest",
    "place_of_worship",
    "health_facility",
    "political_event",
    "union_activity",
    "school",
    "shelter",
)

SYSTEM_CLASSES: Final = ("agency", "county", "state", "federal", "commercial")

GALLERY_CLASSES: Final = (
    "booking",
    "driver_licence",
    "scraped_web",
    "open_source",
    "missing_persons",
)

NIBRS: Final = (
    "09A",
    "09B",
    "09C",
    "100",
    "11A",
    "11B",
    "11C",
    "11D",
    "120",
    "13A",
    "13B",
    "13C",
    "200",
    "210",
    "220",
    "23A",
    "23B",
    "23C",
    "23D",
    "23E",
    "23F",
    "23G",
    "23H",
    "240",
    "250",
    "26A",
    "26B",
    "26C",
    "26D",
    "26E",
    "26F",
    "26G",
    "26H",
    "270",
    "280",
    "290",
    "30A",
    "30B",
    "30C",
    "30D",
    "35A",
    "35B",
    "360",
    "36A",
    "36B",
    "370",
    "39A",
    "39B",
    "39C",
    "39D",
    "40A",
    "40B",
    "40C",
    "49A",
    "49B",
    "49C",
    "510",
    "520",
    "521",
    "522",
    "526",
    "58A",
    "58B",
    "61A",
    "61B",
    "620",
    "64A",
    "64B",
    "720",
    "101",
    "103",
    "90A",
    "90B",
    "90C",
    "90D",
    "90E",
    "90F",
    "90G",
    "90H",
    "90I",
    "90J",
    "90K",
    "90L",
    "90M",
    "90Z",
)
"""Offence codes, groups A and B: FBI, *NIBRS User Manual*, version 2023.0, section 2."""

PART_1_VIOLENT: Final = frozenset({"09A", "11A", "11B", "11C", "120", "13A"})
"""Part 1 violent crime as NIBRS codes: murder and non-negligent manslaughter; rape, with the two
codes that the 2013 definition of rape takes in (sodomy, assault with an object); robbery;
aggravated assault. Negligent manslaughter (09B) is not counted among violent crimes."""

FACE_RECOGNITION_FREE: Final = frozenset(
    {"alpr", "body_worn_camera", "cctv", "drone", "gunshot_detection", "cell_site_simulator"}
)
"""Kinds of technology that are known not to be face recognition. ``technology.kind`` is free text;
whatever is not listed here is judged as face recognition, so that a new name opens no way round."""

PLAIN_EDITS: Final = frozenset(
    {
        "crop",
        "rotate",
        "resize",
        "scale",
        "straighten",
        "brightness",
        "brighten",
        "lighten",
        "darken",
        "contrast",
        "exposure",
        "gamma",
        "greyscale",
        "grayscale",
        "colour_balance",
        "color_balance",
        "white_balance",
        "format_conversion",
    }
)
"""Edits that act on the whole frame alike and add nothing to a face. Every other edit, and every
edit that is not known, counts as a substantive manipulation."""

REQUIREMENTS: Final = (
    "supervisor_sign_off",
    "two_examiners",
    "corroboration",
    "no_lineup_without_independent_evidence",
    "outside_request_form",
    "written_findings",
)

DUTIES: Final = (
    "after_report",
    "authorisation_request",
    "disclosure",
    "audit",
    "notice",
    "purge",
    "keep_logs",
    "log_receipt",
)

SAFEGUARDS: Final = frozenset({f"R{number:02d}" for number in range(1, 51)} | {"R05b", "SYS"})
"""Numbers of the catalogue of safeguards; ``SYS`` marks the gate's own refusals."""
