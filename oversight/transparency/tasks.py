"""Periodic work of the clerk. Thin: each task calls one service."""

from celery import shared_task

from oversight.transparency.reports import services


@shared_task
def set_waiting_files() -> int:
    """Set as PDF what was published and not set yet."""
    return services.set_waiting_files()


@shared_task
def send_reminders() -> int:
    """Remind those who file reports of those that are due."""
    return services.send_reminders()
