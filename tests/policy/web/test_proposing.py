"""What is proposed is right as a whole, or comes back with place and remedy; hostile files do nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from oversight.policy.models import Proposal
from tests.policy.web.scene import (
    browser_of,
    checked,
    day_parts,
    pack,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("swap", "told"),
    [
        ({'Source::"drone"': 'Source::"drones"'}, "no-drones"),
        ({'citation = "Los Angeles Code § 9-1"': ""}, "no-drones.citation"),
        ({'binds = ["los-angeles"]': 'binds = ["atlantis"]'}, "atlantis"),
        ({"slug = ": "slgu = "}, "slug"),
        ({"when {": "when when {"}, "line"),
        ({"principal,": "principal == ?principal,"}, "is a template"),
        ({'must = [{ name = "a drone", set = { "probe.source" = "drone" } }]': ""}, "has no case"),
        (
            {"when {": "when { context.probe.faces > 3 && context.probe.faces < 2 ||"},
            "never applies",
        ),
        (
            {"[[rule]]": "[[rule]]\nin_force_until = 2026-01-01"},
            "ends before it starts",
        ),
        ({'"probe.source" = "drone"': '"probe.source" = "phone"'}, "does not meet its case"),
        ({'status = "in_force"': 'status = "proposed"'}, "in_force_from"),
        ({"drones-2026": "house"}, "house"),
        ({"drones-2026": "gate"}, "gate"),
        ({"drones-2026": "board"}, "board"),
        ({"drones-2026": "../../etc/passwd"}, "is not a slug"),
        ({"No drones": "<script>alert(1)</script>", "must_not": "musst_not"}, "musst_not"),
    ],
)
def test_a_slip_comes_back_with_place_and_remedy_and_nothing_is_kept(house, swap, told):
    text = pack(swap=swap)
    answer = browser_of(house.administrator).post(reverse("policy:propose"), {"text": text})
    checked(answer, 422)
    (error,) = answer.context["form"].errors["text"]
    assert told in error
    assert answer.context["form"]["text"].value() == text
    assert "<script>alert" not in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_rule_that_stands_twice_comes_back_as_it_was_typed(house):
    text = pack()
    twice = text + text[text.index("[[rule]]") :]
    answer = browser_of(house.administrator).post(reverse("policy:propose"), {"text": twice})
    checked(answer, 422)
    assert "no-drones: appears twice" in answer.context["form"].errors["text"][0]
    assert answer.context["form"]["text"].value() == twice
    assert not Proposal.objects.exists()


def test_no_law_is_made_for_the_past(house):
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = browser_of(house.administrator).post(
        reverse("policy:propose"), {"text": pack(day=yesterday)}
    )
    checked(answer, 422)
    assert "no law is made for the past" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("big.toml", b"#" * 10_000_000),
        ("bytes.toml", b"\xff\xfe\x00\x01"),
        ("empty.toml", b""),
    ],
)
def test_a_hostile_file_is_refused_unread(house, name, content):
    answer = browser_of(house.administrator).post(
        reverse("policy:upload"), {"document": SimpleUploadedFile(name, content)}
    )
    page = checked(answer, 422)
    assert len(answer.content) < 100_000
    assert page.all(css="error-summary")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "<b>x</b>.toml", "a" * 300, "x\n.toml"])
def test_the_name_of_a_file_means_nothing(house, name):
    file = SimpleUploadedFile(name, pack().encode())
    answer = browser_of(house.administrator).post(reverse("policy:upload"), {"document": file})
    checked(answer)
    assert answer.context["form"]["text"].value() == pack()
    assert answer.context["form"].errors == {}
    assert not Proposal.objects.exists()


def test_ten_megabytes_typed_are_refused(house):
    answer = browser_of(house.administrator).post(
        reverse("policy:propose"), {"text": "#" * 10_000_000}
    )
    assert answer.status_code in (400, 413, 422)
    assert not Proposal.objects.exists()


def test_a_copy_of_an_instrument_can_be_edited(house):
    browser = browser_of(house.administrator)
    page = browser.get(reverse("policy:propose"), {"from": "lapd-2021"})
    assert "lapd-2021" in page.context["form"]["text"].value()
    for none in ("house", "no-such-pack", "../base", "base"):
        assert browser.get(reverse("policy:propose"), {"from": none}).status_code == 404


@pytest.mark.parametrize("slug", ["house", "federal-moratorium-bill", "nothing", ""])
def test_what_cannot_end_is_not_ended(house, slug):
    answer = browser_of(house.administrator).post(
        reverse("policy:sunset"), {"slug": slug, **day_parts("ends_on", timezone.localdate())}
    )
    checked(answer, 422)
    assert not Proposal.objects.exists()


def test_a_slip_is_shown_with_its_line_in_the_editor_and_after_an_upload(house):
    admin = browser_of(house.administrator)
    text = pack(swap={'Source::"drone"': 'Source::"dron"'}).strip()
    line = 1 + text[: text.index('"dron"')].count("\n")
    posted = admin.post(reverse("policy:propose"), {"text": text})
    assert f"Line {line}, column" in checked(posted, 422).one("main").text
    file = SimpleUploadedFile("pack.toml", text.encode())
    uploaded = admin.post(reverse("policy:upload"), {"document": file})
    assert f"Line {line}, column" in checked(uploaded).one("main").text
    assert text in posted.content.decode().replace("&quot;", '"').replace("&#x27;", "'")
    assert not Proposal.objects.exists()


def test_ten_megabytes_are_refused_by_every_door(house):
    admin = browser_of(house.administrator)
    text = pack() + "# " + "x" * 10_000_000
    file = SimpleUploadedFile("pack.toml", text.encode())
    answer = admin.post(reverse("policy:upload"), {"document": file})
    assert "larger than 500 kB" in checked(answer, 422).one("main").text
    assert admin.post(reverse("policy:propose"), {"text": text}).status_code in {400, 413, 422}
    assert not Proposal.objects.exists()
