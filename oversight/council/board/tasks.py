"""Periodic work of the clerk. Thin: each task calls one service."""

from celery import shared_task

from oversight.council.board.services import draw_announced_samples, send_due_notices


@shared_task
def draw_samples() -> int:
    """Draw the samples that were announced and whose root is signed by now."""
    return draw_announced_samples()


@shared_task
def send_notices() -> int:
    """Send the notices that are owed and that nobody was sent yet."""
    return send_due_notices()
