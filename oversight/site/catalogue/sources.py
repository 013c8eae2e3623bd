"""Which sources speak to the public: all that are not named here as an office's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from oversight.site.paths import BASE_DIR

OFFICES: Final = (
    # What officers, supervisors and examiners see
    "oversight/leads/*.py",
    "oversight/leads/*/*.py",
    "oversight/requests/*.py",
    "oversight/requests/*/*.py",
    "templates/leads/**",
    "templates/requests/**",
    "oversight/council/board/forms.py",
    "oversight/council/board/services/*.py",
    "oversight/council/board/views/dashboard.py",
    "oversight/council/board/views/department.py",
    "oversight/council/board/views/meetings.py",
    "oversight/council/board/views/recipients.py",
    "oversight/council/board/views/sampling.py",
    "oversight/council/forms/records.py",
    "oversight/council/forms/technologies.py",
    "oversight/council/services/complaints.py",
    "oversight/council/services/records.py",
    "oversight/council/views/acquisition.py",
    "oversight/council/views/complaint_desk.py",
    "oversight/council/views/records.py",
    "oversight/ledger/views/auditing.py",
    "oversight/ledger/views/sealing.py",
    "oversight/policy/presenting/effects.py",
    "oversight/transparency/reports/forms.py",
    "oversight/transparency/reports/services/*.py",
    "oversight/transparency/reports/views/desk.py",
    "templates/council/board/_*.html",
    "templates/council/board/an*.html",
    "templates/council/board/dashboard.html",
    "templates/council/board/fi*.html",
    "templates/council/board/me*.html",
    "templates/council/board/pack.html",
    "templates/council/board/recipient*.html",
    "templates/council/board/sample*.html",
    "templates/council/board/supervisors.html",
    "templates/council/board/unusual.html",
    "templates/council/board/violations.html",
    "templates/council/comment_moderate.html",
    "templates/council/complaint_a*.html",
    "templates/council/complaint_compare.html",
    "templates/council/complaint_desk*.html",
    "templates/council/complaint_forget.html",
    "templates/council/consultation_open.html",
    "templates/council/records_*.html",
    "templates/council/technology_*.html",
    "oversight/council/services/documents.py",
    "oversight/council/services/technologies.py",
    # What the board, auditors and administrators see
    "oversight/ledger/forms.py",
    "oversight/ledger/tables.py",
    "oversight/people/models.py",
    "oversight/policy/forms/board.py",
    "oversight/policy/forms/proposing.py",
    "oversight/policy/models.py",
    "oversight/policy/presenting/proposals.py",
    "oversight/policy/services/*.py",
    "oversight/policy/variations.py",
    "oversight/policy/views/proposals.py",
    "templates/ledger/hold.html",
    "templates/ledger/read.html",
    "templates/ledger/seal*.html",
    "templates/ledger/search.html",
    "templates/ledger/watch.html",
    "templates/policy/_effect.html",
    "templates/policy/_office.html",
    "templates/policy/_replay.html",
    "templates/policy/adopt.html",
    "templates/policy/effect.html",
    "templates/policy/proposal*.html",
    "templates/policy/propose.html",
    "templates/policy/replay*.html",
    "templates/policy/suspend.html",
    "templates/policy/sunset.html",
    "templates/policy/upload.html",
    "templates/transparency/desk.html",
    "templates/transparency/report_draft.html",
    "templates/transparency/report_file.html",
    "templates/transparency/report_write.html",
    # What operators see
    "oversight/*/management/**",
    "oversight/site/**",
    # What developers see
    "oversight/interface/style_guide.py",
    "templates/interface/style_guide.html",
    "templates/interface/stale_form.html",
)
_PUBLIC_THOUGH: Final = (
    "oversight/site/context.py",
    # The sentence of an entry stands in the public record, labels of codes in public figures.
    "oversight/leads/events.py",
    "oversight/requests/events.py",
    "oversight/requests/codes.py",
)


def spoken_to_the_public() -> Iterator[Path]:
    """Every template and module whose texts need a translation, in a fixed order."""
    for path in everything():
        place = path.relative_to(BASE_DIR)
        if str(place) in _PUBLIC_THOUGH or not any(
            place.match(one) or _under(place, one) for one in OFFICES
        ):
            yield path


def everything() -> Iterator[Path]:
    """Every template and module, in a fixed order."""
    yield from sorted((BASE_DIR / "templates").rglob("*.html"))
    yield from sorted((BASE_DIR / "oversight").rglob("*.py"))


def _under(place: Path, pattern: str) -> bool:
    folder = pattern.removesuffix("/**")
    return folder != pattern and any(parent.match(folder) for parent in place.parents)
