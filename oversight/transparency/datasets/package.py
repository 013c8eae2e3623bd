"""Frictionless data packages (v1): of the whole site, and of one edition."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings

from oversight.interface.csv import csv_lines
from oversight.interface.display import SMALL
from oversight.transparency.datasets.columns import Dataset, Json
from oversight.transparency.datasets.of_an_edition import OF_AN_EDITION
from oversight.transparency.datasets.of_the_site import EDITIONS, SEARCHES_BY_MONTH
from oversight.transparency.models import Edition
from oversight.transparency.selectors import side_by_side

LICENSE: Final = {
    "name": "CC0-1.0",
    "title": "CC0 1.0 Universal",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def site_package(base: str, every: Sequence[Edition], current: Sequence[Edition]) -> Json:
    """Describe the files of the site; ``base`` is its address, ``every`` all editions."""
    used = side_by_side(current)
    return {
        "profile": "tabular-data-package",
        "name": "face-recognition-searches",
        "title": f"Face recognition searches, {settings.CITY_NAME}",
        "description": notes(used),
        "version": str(max((edition.number for edition in used), default=0)),
        "homepage": f"{base}/open-data/",
        "licenses": [LICENSE],
        "keywords": ["face recognition", "police", "oversight"],
        "resources": [
            _resource(SEARCHES_BY_MONTH, current, f"{base}/open-data/"),
            _resource(EDITIONS, every, f"{base}/open-data/"),
        ],
    }


def edition_package(base: str, edition: Edition) -> Json:
    """Describe the files of one edition, at addresses that never mean anything else."""
    home = f"{base}/open-data/editions/{edition.number}/"
    return {
        "profile": "tabular-data-package",
        "name": f"face-recognition-edition-{edition.number}",
        "id": edition.digest,
        "title": f"Face recognition report, edition {edition.number}, {settings.CITY_NAME}",
        "description": notes([edition]),
        "version": str(edition.number),
        "created": edition.created_at.isoformat(timespec="seconds"),
        "homepage": f"{base}/reports/{edition.number}/",
        "licenses": [LICENSE],
        "sources": [
            {
                "title": f"The frozen document, {edition.digest}",
                "path": f"{base}/reports/{edition.number}.json",
            }
        ],
        "resources": [_resource(each, edition.document, home) for each in OF_AN_EDITION],
    }


def content_of(dataset: Dataset, source: Any) -> bytes:
    """The file: RFC 4180, UTF-8."""
    return "".join(csv_lines(dataset.records(source))).encode()


def notes(used: Sequence[Edition]) -> str:
    """What the files are made of, and what was withheld and why (the redaction notes)."""
    periods = ", ".join(
        f"{e.period_from.isoformat()} to {e.period_to.isoformat()} (edition {e.number})"
        for e in used
    )
    imported = any(e.document["figures"]["requests"]["before_adoption"] for e in used)
    earlier = " Includes searches from before adoption, as departments told of them."
    return (
        f"From the published editions of these periods, ends not included: {periods or 'none yet'}."
        f" Counts from 1 to {SMALL - 1} are withheld, and others where they would give such a count"
        f" away; the totals of a report stay exact.{earlier if imported else ''}"
    )


def _resource(dataset: Dataset, source: Any, home: str) -> Json:
    content = content_of(dataset, source)
    return {
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "path": f"{home}{dataset.file}",
        "title": str(dataset.title),
        "description": str(dataset.text),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "licenses": [LICENSE],
        "schema": dataset.schema(),
    }
