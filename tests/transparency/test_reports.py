"""Reports that instruments ask for: filled from an edition, completed by people, filed, corrected."""

import hashlib
from datetime import date

import pytest
import rfc8785

from oversight.transparency.reports import services
from oversight.transparency.reports.calendar import term_of
from oversight.transparency.reports.catalogue import packs
from tests.interface.pdf import UA, Opened
from tests.transparency.rows import moment

pytestmark = pytest.mark.django_db

YEAR = {"start": date(2025, 1, 1), "end": date(2026, 1, 1)}
MARYLAND = {"pack": "maryland-2-510", **YEAR}


def busy(office):
    """A year with something in most tables, and few in each."""
    for day in range(1, 25):
        office.run(office.send(moment(f"2025-03-{day:02}T12:00")), "lead" if day % 3 else "no_lead")
    office.run(office.send(moment("2025-04-01T12:00"), nibrs="13A"), "no_candidate")
    office.refuse(office.send(moment("2025-05-01T12:00")))


def item(report, name):
    return next(each for each in report.document["items"] if each["id"] == name)


def term(pack, day):
    return term_of(packs()[pack].due, day)


@pytest.mark.parametrize("slug", list(packs()))
def test_a_report_of_each_pack_is_filed_and_read_as_pdf(office, slug):
    busy(office)
    own = term(slug, date(2025, 3, 12))
    report = services.file_report(pack=slug, start=own.start, end=own.end)
    assert [each["id"] for each in report.document["items"]] == [i.id for i in packs()[slug].items]
    assert report.digest == f"sha256:{hashlib.sha256(rfc8785.dumps(report.document)).hexdigest()}"
    languages = {}
    for file in report.files.all():
        opened = Opened(bytes(file.content))
        assert UA.search(opened.metadata)
        assert opened.root.MarkInfo.Marked is True
        assert str(opened.root.Lang) == file.language
        title = packs()[slug].title.by_language[file.language]
        assert str(opened.pdf.docinfo.Title) == title
        headings = opened.roles("H1")
        assert len(headings) == len(report.document["items"]) + 2
        assert report.digest in opened.text.replace(" ", "")
        for table in opened.tags.all("Table"):
            assert list(table.all("TH"))
        languages[file.language] = opened
    assert set(languages) == {"en", "es"}
