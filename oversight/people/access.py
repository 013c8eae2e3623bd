"""The one table that says who may see which page.

Every address has a name, and every name an audience here; the middleware refuses a page
without an entry, and the suite fails on it. What someone may see *within* a page is the
business of the selectors, which take the viewer first.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Audience(StrEnum):
    """Who a page is for. Roles are those of ``people.models.Role``."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed-in"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    EXAMINER = "examiner"
    BOARD = "board"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    DEVELOPMENT = "development"
    OPERATIONS = "operations"


_E, _S = frozenset({Audience.EVERYONE}), frozenset({Audience.SIGNED_IN})
_OFFICER = frozenset({Audience.OFFICER})
_SUPERVISOR = frozenset({Audience.SUPERVISOR})
_EXAMINER = frozenset({Audience.EXAMINER})
_AUDITOR = frozenset({Audience.AUDITOR})
_BOARD = frozenset({Audience.BOARD})
_ADMINISTRATOR = frozenset({Audience.ADMINISTRATOR})
_INSTRUMENTS = _BOARD | _ADMINISTRATOR | _AUDITOR
_DEV = frozenset({Audience.DEVELOPMENT})

ACCESS: Final[Mapping[str, frozenset[Audience]]] = {
    # Sign-in
    "account_login": _E,
    "account_logout": _E,
    "account_reauthenticate": _S,
    "account_change_password": _S,
    "mfa_authenticate": _E,
    "mfa_reauthenticate": _S,
    "mfa_index": _S,
    "mfa_activate_totp": _S,
    "mfa_deactivate_totp": _S,
    "mfa_view_recovery_codes": _S,
    "mfa_generate_recovery_codes": _S,
    # Health
    "healthz": _E,
    "readyz": _E,
    # The desk: where each person starts
    "desk": _S,
    "interface:style_guide": _DEV,
    # Officer
    "requests:mine": _OFFICER,
    "requests:start": _OFFICER,
    "requests:status": _OFFICER,
    "requests:case": _OFFICER,
    "requests:legal_basis": _OFFICER,
    "requests:image": _OFFICER,
    "requests:image_check": _OFFICER,
    "requests:source": _OFFICER,
    "requests:scope": _OFFICER,
    "requests:check": _OFFICER,
    "requests:withdraw": _OFFICER,
    "requests:again": _OFFICER,
    "requests:report": _OFFICER,
    "requests:receipt": _OFFICER,
    "requests:probe": _OFFICER,
    "requests:probe_face": _OFFICER,
    # Supervisor
    "requests:queue": _SUPERVISOR,
    "requests:sheet": _SUPERVISOR,
    "requests:sheet_image": _SUPERVISOR,
    "requests:sheet_face": _SUPERVISOR,
    "requests:approve": _SUPERVISOR,
    "requests:return": _SUPERVISOR,
    "requests:refuse": _SUPERVISOR,
    "requests:sign_off_receipt": _SUPERVISOR,
    # Examiner
    "leads:queue": _EXAMINER,
    "leads:start": _EXAMINER,
    "leads:examination": _EXAMINER,
    "leads:probe_image": _EXAMINER,
    "leads:compare": _EXAMINER,
    "leads:candidate_image": _EXAMINER,
    "leads:conclude": _EXAMINER,
    "leads:release": _EXAMINER,
    # The officer's result
    "leads:result": _OFFICER,
    "leads:lead_image": _OFFICER,
    # The record, for everyone
    "ledger:overview": _E,
    "ledger:checkpoint": _E,
    "ledger:policy": _E,
    "ledger:verifier": _E,
    "ledger:compared": _E,
    "ledger:entry": _E,
    "ledger:proof": _E,
    "ledger:leaf": _E,
    "ledger:archive": _E,
    "ledger:tile": _E,
    "ledger:timestamp": _E,
    "ledger:search": _AUDITOR,
    "ledger:read": _AUDITOR,
    "ledger:sealings": _AUDITOR | _ADMINISTRATOR,
    "ledger:seal": _AUDITOR | _ADMINISTRATOR,
    "ledger:hold": _AUDITOR | _ADMINISTRATOR,
    "ledger:withdraw": _AUDITOR | _ADMINISTRATOR,
    "ledger:lift": _AUDITOR | _ADMINISTRATOR,
    "ledger:watch": _BOARD,
    "leads:search_file": _AUDITOR,
    # The rules, for everyone
    "policy:rules": _E,
    "policy:instrument": _E,
    "policy:rule": _E,
    "policy:ask": _E,
    "policy:suspensions": _E,
    # Instruments: an administrator proposes, the board adopts, suspends and replays
    "policy:proposals": _INSTRUMENTS,
    "policy:proposal": _INSTRUMENTS,
    "policy:effect": _INSTRUMENTS,
    "policy:propose": _ADMINISTRATOR,
    "policy:upload": _ADMINISTRATOR,
    "policy:sunset": _ADMINISTRATOR,
    "policy:adopt": _BOARD,
    "policy:suspend": _BOARD,
    "policy:replays": _BOARD,
    "policy:replay": _BOARD,
    # Publications, for everyone
    "transparency:landing": _E,
    "transparency:statistics": _E,
    "transparency:accessibility": _E,
    "transparency:reports": _E,
    "transparency:report": _E,
    "transparency:report_json": _E,
    "transparency:report_csv": _E,
    "transparency:report_pdf": _E,
    "transparency:due": _E,
    "transparency:filed": _E,
    "transparency:filed_pdf": _E,
    "transparency:filed_json": _E,
    "transparency:filed_csv": _E,
    # Reports: the board and the administrators write and file them
    "transparency:report_desk": _BOARD | _ADMINISTRATOR,
    "transparency:report_draft": _BOARD | _ADMINISTRATOR,
    "transparency:report_write": _BOARD | _ADMINISTRATOR,
    "transparency:report_file": _BOARD | _ADMINISTRATOR,
    "transparency:open_data": _E,
    "transparency:searches_by_month": _E,
    "transparency:data_package": _E,
    "transparency:data_dictionary": _E,
    "transparency:editions_csv": _E,
    "transparency:edition_package": _E,
    "transparency:edition_file": _E,
    "transparency:current_package": _E,
    "transparency:current_file": _E,
    "transparency:catalogue": _E,
    "transparency:feed": _E,
    "transparency:chart_svg": _E,
    "transparency:chart_csv": _E,
    "transparency:demographics": _E,
    "transparency:concerns": _E,
    "transparency:api": _E,
    # The read API, for everyone
    "api:schema": _E,
    "api:schema_json": _E,
    "api:schema_yaml": _E,
    "api:root": _E,
    "api:editions": _E,
    "api:edition": _E,
    "api:figures": _E,
    "api:tables": _E,
    "api:filed_reports": _E,
    "api:filed_report": _E,
    "api:statistics": _E,
    "api:definitions": _E,
    "api:searches": _E,
    "api:packs": _E,
    "api:pack": _E,
    "api:rules": _E,
    "api:rule": _E,
    "council_api:technologies": _E,
    "council_api:technology": _E,
    "api_absent": _E,
    # Surveillance technology: everyone reads, the department proposes, the board hears and votes
    "council:technologies": _E,
    "council:technology": _E,
    "council:document": _E,
    "council:technology_add": _ADMINISTRATOR,
    "council:technology_propose": _ADMINISTRATOR,
    "council:technology_cost": _ADMINISTRATOR,
    "council:technology_document": _ADMINISTRATOR | _BOARD,
    "council:technology_hearing": _BOARD,
    "council:technology_vote": _BOARD,
    "council:technology_confirm": _BOARD | _ADMINISTRATOR,
    "council:technology_standing": _BOARD | _ADMINISTRATOR,
    # Public comment: everyone reads and writes, the board moderates in the open
    "council:consultations": _E,
    "council:consultation": _E,
    "council:comment_write": _E,
    "council:comment_receipt": _E,
    "council:comment_withdraw": _E,
    "council:consultation_open": _BOARD | _ADMINISTRATOR,
    "council:comment_moderate": _BOARD,
    # Complaints: anyone makes and follows one, the board answers, auditors read and compare
    "council:complaints": _E,
    "council:complaint_write": _E,
    "council:complaint_receipt": _E,
    "council:complaint_status": _E,
    "council:complaint_desk": _BOARD | _AUDITOR,
    "council:complaint": _BOARD | _AUDITOR,
    "council:complaint_compare": _BOARD | _AUDITOR,
    "council:complaint_acknowledge": _BOARD,
    "council:complaint_answer": _BOARD,
    "council:complaint_forget": _BOARD,
    # Requests for public records
    "council:records_requests": _E,
    "council:records_enter": _ADMINISTRATOR,
    "council:records_answer": _ADMINISTRATOR,
    # The board's desk: auditors read, the board acts
    "board:dashboard": _BOARD | _AUDITOR,
    "board:figure": _BOARD | _AUDITOR,
    "board:supervisors": _BOARD | _AUDITOR,
    "board:unusual": _BOARD | _AUDITOR,
    "board:samples": _BOARD | _AUDITOR,
    "board:announce": _BOARD,
    "board:sample": _BOARD | _AUDITOR,
    "board:member": _BOARD | _AUDITOR,
    "board:finding": _BOARD | _AUDITOR,
    "board:violations": _BOARD | _AUDITOR,
    "board:notices": _BOARD | _AUDITOR,
    "board:meetings": _BOARD | _AUDITOR,
    "board:meeting": _BOARD | _AUDITOR,
    "board:pack": _BOARD | _AUDITOR,
    "board:pack_pdf": _BOARD | _AUDITOR,
    "board:recipients": _INSTRUMENTS,
    "board:recipient": _INSTRUMENTS,
    # The department answers the board
    "board:answers": _SUPERVISOR,
    "board:answer": _SUPERVISOR,
    # What the board publishes, for everyone
    "board:audits": _E,
    "board:audit": _E,
    "board:audit_json": _E,
    "board:lots": _E,
    "board:public_meetings": _E,
    "board:public_meeting": _E,
    "board:meeting_pdf": _E,
    "board:meeting_json": _E,
}
"""Name of an address -> its audiences. Whoever is in one of them may see the page."""


def audiences_of(name: str) -> frozenset[Audience]:
    """Return the audiences of a page; none for a name without an entry."""
    return ACCESS.get(name, frozenset())
