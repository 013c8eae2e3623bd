"""What the record does by the clock."""

import structlog
from celery import shared_task

from oversight.ledger.audit import audit_record

log = structlog.get_logger(__name__)


@shared_task(name="oversight.ledger.tasks.audit")
def audit() -> None:
    """Audit the record in full, nightly; a finding is logged, recorded and shown on its page."""
    done = audit_record()
    for finding in done.findings:
        log.critical("ledger.audit_finding", finding=finding, entry=done.index)
    log.info("ledger.audited", entries=done.entries, findings=len(done.findings), entry=done.index)
