"""The public site of a small town, with something on each of its pages, and a walk through it."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import rfc8785
from django.test import Client
from django.urls import Resolver404, resolve

from oversight.interface.languages import in_language
from oversight.ledger.registry import kinds
from oversight.policy import gate
from oversight.transparency.services import publish_edition
from tests.accessibility.wording import Said
from tests.ledger.logs import Log
from tests.transparency.rows import Office, moment

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
        office.refuse(office.send(at, "identity_fraud", nibrs="26F", source="social_media"))
        office.run(office.send(at), ("lead", "no_lead", "no_candidate")[day % 3])
    publish_edition(**MARCH)
    office.refuse(office.send(moment("2026-03-30T12:00")), _rule("lapd-2021", "officer-camera"))
    publish_edition(**MARCH, corrects=1, because="18 + 1")


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


def walk(start, *also):
    """Every page that links lead to from a start, within its language; each page once."""
    client, prefix = Client(), urlsplit(start).path
    waiting, seen = [start, *also], {start, *also}
    while waiting:
        path = waiting.pop(0)
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


def _is_ours(address, prefix):
    path = urlsplit(address)
    other = prefix == "/" and re.match(r"/es/", path.path)
    return not path.netloc and path.path.startswith(prefix) and not other and not path.query
