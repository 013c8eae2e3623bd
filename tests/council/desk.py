"""Pages of this room as the people at its desks use them: read, sent, refused."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.policy.web.scene import checked, day_parts


def read(browser, address):
    """The text of a page without faults."""
    return checked(browser.get(address)).one("main").text


def sent(browser, address, answers):
    """Look at a form and send it: it is done, and the page after it is whole."""
    checked(browser.get(address))
    answer = browser.post(address, answers)
    assert answer.status_code == 302, answer.context["form"].errors
    checked(browser.get(answer.url))


def refused(browser, address, answers):
    """Send a form that is shown again: its page and its form."""
    answer = browser.post(address, answers)
    return checked(answer, 422), answer.context["form"]


def moment_parts(name, at):
    local = timezone.localtime(at)
    return {**day_parts(name, local.date()), f"{name}_time": f"{local:%H:%M}"}


def question(about, **changes):
    now = timezone.now()
    return {
        "subject": about,
        "title": "Mugshots",
        "question": "May the police compare pictures?",
        **moment_parts("opens_at", now - timedelta(minutes=2)),
        **moment_parts("closes_at", now + timedelta(days=30)),
        **changes,
    }


def comment_on(consultation, text):
    browser = Client()
    sent(browser, f"/comment/{consultation.pk}/write/", {"stance": "against", "text": text})
    assert text in read(Client(), f"/comment/{consultation.pk}/")
