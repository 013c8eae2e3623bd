"""Periodic work of the clerk. Thin: each task calls one service."""

from celery import shared_task

from oversight.leads.services import close_empty_comparisons


@shared_task
def close_searches_without_candidates() -> int:
    """End comparisons that have nothing to compare, and tell their officers."""
    return close_empty_comparisons()
