"""Periodic work of the clerk. Thin: each task calls one service."""

from celery import shared_task

from oversight.council.board.services import (
    draw_announced_samples,
    owe_halt_notices,
    review_use,
    send_due_notices,
)


@shared_task
def draw_samples() -> int:
    """Draw the samples that were announced and whose root is signed by now."""
    return draw_announced_samples()


@shared_task
def send_notices() -> int:
    """Send the notices that are owed and that nobody was sent yet, those of halts included."""
    owe_halt_notices()
    return send_due_notices()


@shared_task
def review_unusual_use() -> bool:
    """Look at what is unusual, where it is time; tells whether it was."""
    return review_use() is not None
