"""What the clerk's process does for this room: thin."""

from celery import shared_task

from oversight.council.services.grouping import group_comments
from oversight.council.services.limiting import forget_sources


@shared_task
def group_new_comments() -> int:
    """Group comments that came in; returns how many were new."""
    forget_sources()
    return group_comments()
