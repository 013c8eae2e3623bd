"""Periodic work of the clerk. Thin: each task calls one service."""

from celery import shared_task

from oversight.requests.services import note_overdue_duties


@shared_task
def note_overdue() -> int:
    """Note the reports whose term has ended."""
    return note_overdue_duties()
