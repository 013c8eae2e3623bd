"""Periodic work of the clerk. Thin: each task calls one service."""

from celery import shared_task

from oversight.policy.services import run_waiting_replays


@shared_task
def run_replays() -> int:
    """Run the replays that the board has asked for and that have no result yet."""
    return run_waiting_replays()
