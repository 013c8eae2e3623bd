"""Public comment through its pages: sent, counted, grouped, withheld in the open, taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from oversight.council.models import Comment, CommentAuthor, Moderation, SourceCount
from oversight.council.selectors.comment import tally_of
from oversight.council.services import limiting
from oversight.council.services.comment import (
    Question,
    Said,
    moderate_comment,
    open_consultation,
    submit_comment,
)
from oversight.council.services.grouping import group_comments
from oversight.council.services.recording import NotAllowedError
from oversight.ledger.facts import fact_tables, findings_in
from tests.council.town import ballot, document, drone, proposed
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db

FORM_LETTER = (
    "I write to ask you to vote no on this drone. It watches everyone who walks below it, it was "
    "bought before anyone was asked, and the department has not said who may see the pictures, how "
    "long they are kept, or what happens when somebody is taken for another person. Please say no."
)
OWN_WORDS = (
    "My brother went missing in the hills last winter and a drone found him within an hour.",
    "As a nurse at the clinic on Fifth Street I worry that patients will stay away from us.",
    "Spend the money on street lights, the ones near the school have been dark since spring.",
)


@pytest.fixture
def asked(town):
    acquisition = proposed(town, drone(town))
    now = timezone.now()
    return open_consultation(
        subject=acquisition,
        asked=Question("A small drone", "May the city fly it?", now, now + timedelta(days=30)),
        person=town.member,
    )


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    body = answer.content.decode()
    assert faults(Page(body)) == []
    return body


def write(client, asked, status=302, **answers):
    address = f"/comment/{asked.pk}/write/"
    sent = client.post(address, {"stance": "against", "text": FORM_LETTER, **answers})
    assert sent.status_code == status
    return sent.content.decode()


def test_a_comment_is_sent_and_published_as_by_a_resident(client, asked):
    assert "A small drone" in shown(client, "/comment/")
    shown(client, f"/comment/{asked.pk}/write/")
    write(client, asked, name="Ana Ruiz", place="Boyle Heights")
    receipt = shown(client, f"/comment/{asked.pk}/receipt/")
    kept = Comment.objects.get()
    assert kept.number in receipt
    assert not CommentAuthor.objects.exists()
    page = shown(client, f"/comment/{asked.pk}/")
    assert "A resident" in page
    assert "Ana Ruiz" not in page
    assert kept.number not in page


def test_a_name_is_published_with_consent_and_taken_back_with_the_receipt(client, asked):
    write(client, asked, name="Ana Ruiz", place="Boyle Heights", published="on")
    assert "Ana Ruiz, Boyle Heights" in shown(client, f"/comment/{asked.pk}/")
    number = Comment.objects.get().number
    wrong = client.post("/comment/name/", {"number": "AAAA-BBBB-CCCC"})
    assert wrong.status_code == 422
    answer = client.post("/comment/name/", {"number": number.lower().replace("-", " ")})
    assert "Your name is not on that comment" in answer.content.decode()
    assert "Ana Ruiz" not in shown(client, f"/comment/{asked.pk}/")
    assert not CommentAuthor.objects.exists()
    assert "A resident" in shown(client, f"/comment/{asked.pk}/")


def test_letters_are_grouped_and_both_numbers_are_told(client, asked):
    for number in range(8):
        letter = FORM_LETTER.replace("watches everyone", f"watches me, resident {number},")
        submit_comment(consultation=asked, said=Said("against", letter))
    for text in OWN_WORDS:
        submit_comment(consultation=asked, said=Said("for", text))
    submit_comment(consultation=asked, said=Said("against", "No drones over my roof, thank you."))
    page = shown(client, f"/comment/{asked.pk}/")
    assert "Letters are still being grouped: 0 of 12 so far." in page
    assert group_comments() == 12
    assert group_comments() == 0
    page = shown(client, f"/comment/{asked.pk}/")
    assert "9 of 12 comments are against it." in page
    assert "All comments together have 5 distinct texts." in page
    assert "Those against have 2 distinct texts." in page
    assert "sent 8 times" in page
    first = Comment.objects.order_by("pk").first()
    of_letter = shown(client, f"/comment/{asked.pk}/?letter={first.pk}")
    assert of_letter.count("<article") == 8
    rows = client.get(f"/comment/{asked.pk}/?format=csv").getvalue().decode().splitlines()
    assert len(rows) == 13
    assert rows[2].split(",")[2:4] == ["Against", str(first.pk)]
    assert Comment.objects.first().number not in "".join(rows)
    submit_comment(consultation=asked, said=Said("against", FORM_LETTER))
    group_comments()
    assert tally_of(asked).distinct == 5


def test_a_withheld_text_counts_and_shows_its_reason(client, town, asked, signed_in):
    text = "My neighbor's number is 1."
    comment = submit_comment(
        consultation=asked, said=Said("against", text, "The Neighbor", published=True)
    )
    board = signed_in(town.member)
    address = f"/comment/moderate/{comment.pk}/"
    shown(board, address)
    assert client.get(address).status_code == 302
    sent = {"act": "withheld", "reason": "personal_data", "note": "A telephone number."}
    for wrong in ({"reason": "mistake"}, {"act": "shown"}):
        page = board.post(address, {**sent, **wrong})
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"reason"}
    assert board.post(address, sent).status_code == 302
    page = shown(client, f"/comment/{asked.pk}/")
    assert "neighbor" not in page.lower(), "neither the text nor the name"
    assert (
        "neighbor" not in client.get(f"/comment/{asked.pk}/?format=csv").getvalue().decode().lower()
    )
    assert "It tells private things about someone. A telephone number." in page
    assert "1 of 1 comments are against it." in page
    again = board.post(address, sent)
    assert "It is so already." in again.content.decode()
    moderate_comment(
        comment=comment,
        act=Moderation.Act.SHOWN,
        reason=Moderation.Reason.MISTAKE,
        note="",
        person=town.member,
    )
    assert "neighbor" in shown(client, f"/comment/{asked.pk}/")
    assert tally_of(asked).withheld == 0


def test_what_is_wrong_is_named_and_nothing_typed_is_lost(client, asked):
    page = write(client, asked, status=422, stance="", text="x " * 5001)
    assert "Choose an answer for “Are you for or against it?”." in page
    assert "x x x" in page
    page = write(client, asked, status=422, text="...", place="Echo Park")
    assert "Write your comment in words." in page
    assert "Echo Park" in page
    assert not Comment.objects.exists()


def test_scripts_stay_text_and_what_cannot_be_seen_is_refused(client, asked):
    script = "No drones please.\r\n<script>alert(1)</script>"
    write(client, asked, text=script, name="Ana\nRuiz", published="on")
    kept = Comment.objects.get()
    assert kept.text == "No drones please.\n<script>alert(1)</script>"
    assert kept.author.name == "Ana Ruiz"
    page = shown(client, f"/comment/{asked.pk}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    for hidden in ("No\x1b[31m drones", "No \u202esenord", "No\x00"):
        assert "hidden character" in write(client, asked, status=422, text=hidden)
    assert "in words." in write(client, asked, status=422, text="\u200b \u2028 -")
    assert Comment.objects.count() == 1


def test_a_comment_of_five_megabytes_is_refused_with_a_message(client, asked):
    page = write(client, asked, status=413, text="a" * 5_000_000)
    assert "too large" in page
    assert not Comment.objects.exists()


@pytest.mark.usefixtures("window")
def test_too_many_from_one_source_wait_and_keep_their_text(client, asked):
    for _each in range(limiting.PER_SOURCE.most):
        write(client, asked)
    page = write(client, asked, status=429, text="One more thing I want to say.")
    assert "Too much was sent in a short time" in page
    assert "One more thing I want to say." in page
    assert Comment.objects.count() == limiting.PER_SOURCE.most
    elsewhere = {"stance": "for", "text": "From another place."}
    sent = client.post(f"/comment/{asked.pk}/write/", elsewhere, REMOTE_ADDR="203.0.113.9")
    assert sent.status_code == 302


@pytest.mark.usefixtures("window")
def test_a_household_with_many_addresses_is_one_source():
    network = [f"2001:db8:0:1::{n:x}" for n in range(limiting.PER_SOURCE.most)]
    assert {limiting.count_sending(address=each) for each in network} == {None}
    assert limiting.count_sending(address="2001:db8:0:1:ffff::1") is not None
    assert limiting.count_sending(address="2001:db8:0:2::1") is None
    for _each in range(limiting.PER_SOURCE.most):
        limiting.count_sending(address="203.0.113.9")
    assert limiting.count_sending(address="::ffff:203.0.113.9") is not None


@pytest.mark.usefixtures("window")
def test_ten_thousand_in_a_minute_from_everywhere_are_refused(monkeypatch):
    monkeypatch.setattr(limiting, "TOGETHER", limiting.Limit(timedelta(days=1), 20))
    answers = [limiting.count_sending(address=f"198.51.100.{n}") for n in range(30)]
    assert [answer is None for answer in answers] == [True] * 20 + [False] * 10


def test_addresses_are_not_stored_and_counts_are_forgotten():
    limiting.count_sending(address="203.0.113.9")
    assert not any("203.0.113.9" in row.source for row in SourceCount.objects.all())
    SourceCount.objects.update(window=timezone.now() - timedelta(hours=2))
    assert limiting.forget_sources() == 2
    assert not SourceCount.objects.exists()


def test_nobody_comments_before_or_after_the_time(client, town):
    acquisition = proposed(town, drone(town))
    now = timezone.now()
    later = open_consultation(
        subject=acquisition,
        asked=Question("Later", "?", now + timedelta(days=1), now + timedelta(days=2)),
        person=town.administrator,
    )
    page = write(client, later, status=422, text="Too early, I know.")
    assert "The time for comment has not begun or is over." in page
    assert "Too early, I know." in page
    with pytest.raises(IntegrityError, match="not begun or is over"), transaction.atomic():
        Comment.objects.create(
            consultation=later, stance="for", text="x", digest="x", received_at=now
        )
    with pytest.raises(NotAllowedError, match="must end after"):
        open_consultation(
            subject=acquisition,
            asked=Question("Past", "?", now - timedelta(days=2), now - timedelta(days=1)),
            person=town.member,
        )


def test_a_vote_waits_for_the_end_of_comment(town, asked):
    from oversight.council.services.voting import missing_before_vote

    document(town, asked.acquisition, "minutes")
    missing = missing_before_vote(asked.acquisition, ballot().voted_on, timezone.now())
    assert "the end of the time for public comment" in missing


def test_board_and_clerk_ask_and_nobody_else(town, signed_in, client):
    acquisition = proposed(town, drone(town))
    clerk = signed_in(town.administrator)
    shown(clerk, f"/comment/ask/?subject=technology-{acquisition.pk}")
    tomorrow = timezone.localtime() + timedelta(days=1)
    moment = {"month": tomorrow.month, "day": tomorrow.day, "year": tomorrow.year, "time": "17:00"}
    now = timezone.localtime()
    first = {"month": now.month, "day": now.day, "year": now.year, "time": "00:00"}
    sent = clerk.post(
        "/comment/ask/",
        {
            "subject": f"technology-{acquisition.pk}",
            "title": "A drone",
            "question": "May it fly?",
            **{f"opens_at_{part}": value for part, value in first.items()},
            **{f"closes_at_{part}": value for part, value in moment.items()},
        },
    )
    assert sent.status_code == 302, sent.content.decode()
    assert "A drone" in shown(client, "/comment/")
    assert signed_in(town.officer).get("/comment/ask/").status_code == 404


def test_comments_have_their_entries_and_no_text_or_name_in_the_record(client, town, asked):
    write(client, asked, name="Ana Ruiz", published="on")
    client.post("/comment/name/", {"number": Comment.objects.get().number})
    for table in fact_tables():
        if table.model.startswith("council."):
            assert findings_in(table) == []
    from oversight.ledger.models import Entry

    told = " ".join(str(entry.document) for entry in Entry.objects.all())
    assert "Ana Ruiz" not in told
    assert "drone. It watches" not in told
