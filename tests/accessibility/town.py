"""The public site of a small town, with something on each of its pages, and a walk through it."""

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import rfc8785
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import override

from oversight.interface.languages import in_language
from oversight.ledger.registry import kinds
from oversight.people.access import ACCESS, Audience
from oversight.policy import gate
from oversight.transparency.services import publish_edition
from tests.accessibility.council import fill_council
from tests.accessibility.wording import Said
from tests.ledger.logs import Log
from tests.transparency.rows import Office, moment

_OF_EACH = 8
# Leads out, or on to a page that needs a session.
_NO_WALK = {"account_logout", "mfa_authenticate", "ledger:archive", "healthz", "readyz"}
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}


@dataclass(frozen=True)
class Visited:
    """A page as it came."""

    path: str
    name: str
    body: str
    said: Said


def fill_town():
    """Requests that ended in every way, a report of March 2026 and its correction."""
    office = Office()
    for day in range(1, 13):
        at = moment(f"2026-03-{day:02}T14:05")
        sent = office.send(at, "identity_fraud", nibrs="26F", source="social_media")
        office.refuse(sent, _rule("lapd-2021", "purpose"))
        office.run(office.send(at), ("lead", "no_lead", "no_candidate")[day % 3])
    publish_edition(**MARCH)
    office.refuse(office.send(moment("2026-03-30T12:00")), _rule("lapd-2021", "officer-camera"))
    publish_edition(**MARCH, corrects=1, because="18 + 1")
    fill_council(office)


def keep_record(root, settings):
    """A published record with an entry of every kind; returns the addresses of their pages."""
    log = Log(root / "log")
    settings.LEDGER_PUBLISHED, settings.LEDGER_STATE = str(log.published), str(log.root / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0
    log.source.held = [_entry(kind) for kind in kinds()]
    log.publish()
    return [f"/ledger/entries/{index}/" for index in range(len(log.source.held))]


def _entry(kind):
    values = {"day": "2026-03-04", "entry": 7, "findings": 7}
    public = {name: values.get(name, "7") for name in kind.public}
    leaf = {"commitment": "22" * 32, "event": kind.slug, "kind": kind.number}
    return rfc8785.dumps({**leaf, "public": public, "v": 1})


def _rule(pack, name):
    (rule,) = (r for r in gate.catalogue().instrument(pack).rules if r.id == f"{pack}/{name}")
    return {
        "rule": rule.id,
        "safeguard": rule.safeguard,
        "instrument": pack,
        "citation": rule.citation,
        "message": rule.message,
        "remedy": rule.remedy,
    }


def every_address():
    """The pages for everyone that need nothing to be named; links need not lead to each."""
    for name, audiences in sorted(ACCESS.items()):
        if Audience.EVERYONE in audiences and name not in _NO_WALK:
            with suppress(NoReverseMatch), override("es"):
                address = reverse(name)
                plain = in_language(address, "en")
                if address != plain and kind_of(plain) == "text/html":
                    yield plain


def walk(start, *also):
    """Every page that links lead to from a start, within its language, and some of each kind.

    That every rule and every sentence of the record has its translation is checked where the
    translations are; here it is their pages that are looked at.
    """
    client, prefix = Client(), urlsplit(start).path
    waiting, seen, visits = [start, *also], {start, *also}, Counter()
    while waiting:
        path = waiting.pop(0)
        visits[name_of(path)] += 1
        if visits[name_of(path)] > _OF_EACH:
            continue
        response = client.get(path)
        if response.status_code == HTTPStatus.FOUND:
            continue  # where a link should lead is asked of the page that has it
        assert response.status_code == HTTPStatus.OK, (path, response.status_code)
        if not response["Content-Type"].startswith("text/html"):
            response.close()
            continue
        body = response.content.decode()
        said = Said(body)
        yield Visited(path, name_of(path), body, said)
        for link in said.links:
            found = urljoin(path, link).partition("#")[0]
            if _is_ours(found, prefix) and found not in seen:
                seen.add(found)
                waiting.append(found)


def name_of(address):
    """The name of a page by its address in any language; None where there is no page."""
    with suppress(Resolver404):
        return resolve(in_language(urlsplit(address).path, "en")).view_name
    return None


def public_links(page):
    """The paths on our site, of pages and files for everyone, that a page links to."""
    for link in page.said.links:
        address = urlsplit(urljoin(page.path, link))
        if not address.netloc and Audience.EVERYONE in ACCESS.get(name_of(address.path), ()):
            yield address.path


def kinds_of_links(pages):
    """The content type of everything public that pages link to; asked while the town is there."""
    linked = {path for page in pages for path in public_links(page)}
    return {path: kind_of(path.removeprefix("/es") or "/") for path in sorted(linked)}


def kind_of(path):
    """The content type at an address in English."""
    response = Client().get(path)
    response.close()
    return response["Content-Type"].partition(";")[0]


def _is_ours(address, prefix):
    path = urlsplit(address)
    other = prefix == "/" and re.match(r"/es/", path.path)
    return not path.netloc and path.path.startswith(prefix) and not other and not path.query
