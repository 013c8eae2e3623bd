"""What strangers send: within limits, so that nobody drowns out the others."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import ngettext

from oversight.council.services.limiting import count_sending


def too_much(request: HttpRequest) -> str:
    """Count a sending; what to say where there were too many, else nothing.

    What was typed stays in the form, so nothing is lost by waiting.
    """
    seconds = count_sending(address=get_adapter(request).get_client_ip(request))
    if seconds is None:
        return ""
    minutes = -(-seconds // 60)
    return ngettext(
        "Too much was sent in a short time, so this was not kept. What you wrote is still here: "
        "wait %(n)s minute, then send it again.",
        "Too much was sent in a short time, so this was not kept. What you wrote is still here: "
        "wait %(n)s minutes, then send it again.",
        minutes,
    ) % {"n": minutes}
