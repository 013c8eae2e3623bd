"""The catalogue of the open data as DCAT-US 1.1 (Project Open Data) wants it at /data.json."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.conf import settings

from oversight.interface.identity import site_identity
from oversight.transparency.datasets.columns import Json
from oversight.transparency.datasets.of_an_edition import OF_AN_EDITION
from oversight.transparency.datasets.of_the_site import EDITIONS, SEARCHES_BY_MONTH
from oversight.transparency.datasets.package import LICENSE, notes
from oversight.transparency.models import Edition
from oversight.transparency.selectors import side_by_side

_SCHEMA: Final = "https://project-open-data.cio.gov/v1.1/schema"
_KEYWORDS: Final = ["face recognition", "police", "oversight", "transparency"]


def catalogue(base: str, every: Sequence[Edition], current: Sequence[Edition]) -> Json:
    """Describe all files; ``base`` is the site's address, ``every`` all editions, newest first."""
    return {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@id": f"{base}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": [
            *([_of_the_site(base, every, current)] if every else []),
            *(_of_an_edition(base, edition) for edition in every),
        ],
    }


def _of_the_site(base: str, every: Sequence[Edition], current: Sequence[Edition]) -> Json:
    home = f"{base}/open-data/"
    files = [(each.title, f"{home}{each.file}") for each in (SEARCHES_BY_MONTH, EDITIONS)]
    return {
        **_common(base),
        "title": "Face recognition searches by month",
        "description": notes(side_by_side(current)),
        "modified": max(edition.created_at for edition in every).date().isoformat(),
        "identifier": f"{home}{SEARCHES_BY_MONTH.file}",
        "landingPage": home,
        "describedBy": f"{home}datapackage.json",
        "distribution": [*(_file(str(title), url) for title, url in files), _interface(base)],
    }


def _of_an_edition(base: str, edition: Edition) -> Json:
    home = f"{base}/open-data/editions/{edition.number}/"
    last = edition.period_to - timedelta(days=1)
    corrected = f" It corrects edition {edition.corrects_id}: {edition.because}"
    return {
        **_common(base),
        "title": f"Face recognition report, edition {edition.number}",
        "description": notes([edition]) + (corrected if edition.corrects_id else ""),
        "modified": edition.created_at.date().isoformat(),
        "issued": edition.created_at.date().isoformat(),
        "temporal": f"{edition.period_from.isoformat()}/{last.isoformat()}",
        "identifier": f"{home}datapackage.json",
        "landingPage": f"{base}/reports/{edition.number}/",
        "describedBy": f"{home}datapackage.json",
        "distribution": [
            *(_file(str(each.title), f"{home}{each.file}") for each in OF_AN_EDITION),
            {
                "@type": "dcat:Distribution",
                "title": "The frozen document",
                "downloadURL": f"{base}/reports/{edition.number}.json",
                "mediaType": "application/json",
            },
        ],
    }


def _common(base: str) -> Json:
    return {
        "@type": "dcat:Dataset",
        "keyword": _KEYWORDS,
        "publisher": {"@type": "org:Organization", "name": str(settings.CITY_NAME)},
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": str(settings.CITY_NAME),
            "hasEmail": f"mailto:{_contact()}",
        },
        "accessLevel": "public",
        "license": LICENSE["path"],
        "language": ["en"],
        "describedByType": "application/json",
        "references": [f"{base}/statistics/", f"{base}/rules/"],
    }


def _file(title: str, url: str) -> Json:
    return {
        "@type": "dcat:Distribution",
        "title": title,
        "downloadURL": url,
        "mediaType": "text/csv",
    }


def _interface(base: str) -> Json:
    return {
        "@type": "dcat:Distribution",
        "title": "Read API",
        "accessURL": f"{base}/api/v1/",
        "format": "API",
        "describedBy": f"{base}/api/schema/openapi.json",
        "describedByType": "application/json",
    }


def _contact() -> str:
    """An address to write to: the site's contact where that is one, else its sender's.

    A host without a dot is no address for strangers, and the schema refuses it: ``.invalid``
    (RFC 2606) then says that nobody has set one.
    """
    contact = site_identity().contact
    address = contact if "@" in contact else settings.DEFAULT_FROM_EMAIL
    return address if "." in address.rpartition("@")[2] else f"{address}.invalid"
