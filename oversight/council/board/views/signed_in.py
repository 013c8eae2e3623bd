"""What someone may do on the board's pages, besides reading: auditors read and write nothing."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from oversight.people.models import Role
from oversight.people.selectors import roles_of
from oversight.people.viewer import viewer_of


def holds(request: HttpRequest, role: Role) -> bool:
    """Tell whether the viewer holds a role today."""
    return role in roles_of(viewer_of(request), on=timezone.localdate())


def demand(request: HttpRequest, role: Role) -> None:
    """Let only holders of a role go on; the act does not exist for others (Http404)."""
    if not holds(request, role):
        raise Http404
