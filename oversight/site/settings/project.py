"""Our own settings: each with its unit and its reason."""

import os
from datetime import timedelta
from pathlib import Path

from oversight.site.paths import MODELS_DIR, SECRETS_DIR

CITY_NAME = os.environ.get("OVERSIGHT_CITY", "City of Los Angeles")

# The policy that binds the city's own agency is found by this slug (contracts.md, section 2).
AGENCY = os.environ.get("OVERSIGHT_AGENCY", "lapd")

RECOGNITION_PACKS_ROOT = MODELS_DIR
RECOGNITION_PACK = os.environ.get("OVERSIGHT_MODEL_PACK", "embedded")
RECOGNITION_KEYS = Path(os.environ.get("OVERSIGHT_PROBE_KEYS", SECRETS_DIR / "probe-keys"))

PROBE_MAX_BYTES = 20 * 1024 * 1024
PROBE_MAX_PIXELS = 40_000_000

# NGI returns 2 to 50 candidates, 20 unless asked otherwise (R22).
CANDIDATE_LIMIT = 20

# A sign-off is fresh for this long: a search that could not run by then is signed off again.
AUTHORIZATION_LIFETIME = timedelta(hours=1)

# An authorization that no worker has claimed is published again after this time.
RESEND_AFTER = timedelta(seconds=float(os.environ.get("OVERSIGHT_RESEND_SECONDS", "60")))

# Approving asks for the password (or second factor) again unless given this recently.
STEP_UP_SECONDS = 5 * 60

# The county's system that this installation is, and who performs its searches (R08, R10).
SEARCH_SYSTEM = {
    "id": os.environ.get("OVERSIGHT_SYSTEM", "lacris-dms"),
    "class": os.environ.get("OVERSIGHT_SYSTEM_CLASS", "county"),
}
SEARCH_PERFORMED_BY = os.environ.get("OVERSIGHT_PERFORMED_BY", "county_system")

# Whether the city's use policy stands on its site: nothing is searched before (R45).
POLICY_PUBLISHED = os.environ.get("OVERSIGHT_POLICY_PUBLISHED") == "1"

# For so long the officer may look at a result; afterwards it is not shown any more.
RESULT_LIFETIME = timedelta(days=30)

# An examination not finished by then makes room for another examiner.
EXAMINATION_LIFETIME = timedelta(days=3)

# Statutory lists of offences that the city's law knows (codes of contracts.md, section 2).
STATUTORY_LISTS = tuple(filter(None, os.environ.get("OVERSIGHT_STATUTORY_LISTS", "").split(",")))

# Where `manage.py replay` and the board's page read past submissions from.
POLICY_HISTORY = "oversight.policy.histories.history"

# Reports that an instrument asks for are owed from this day (2026-01-31); unset: from the first day
# that any edition tells of.
REPORTING_SINCE = os.environ.get("OVERSIGHT_REPORTING_SINCE") or None

# Kinds of report (slugs of oversight/transparency/reports/packs) that the city owes though none of the
# instruments that bind its agency asks for them, separated by commas.
REPORT_PACKS = frozenset(filter(None, os.environ.get("OVERSIGHT_REPORTS", "").split(",")))

# Addresses that are reminded of reports, separated by commas; unset: administrators and the board.
REPORT_RECIPIENTS = tuple(
    filter(None, os.environ.get("OVERSIGHT_REPORT_RECIPIENTS", "").split(","))
)

# The board says that it has read a complaint, and answers it, within these times of its receipt.
COMPLAINT_ACKNOWLEDGED_WITHIN = timedelta(days=7)
COMPLAINT_ANSWERED_WITHIN = timedelta(days=60)
