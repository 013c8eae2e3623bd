"""A resident comments and complains; a clerk and the board take a technology to its vote."""

import re

import pytest

from tests.journeys.clerk import Clerk, Resident

pytestmark = pytest.mark.journey


def test_a_technology_goes_from_the_inventory_to_a_vote_with_what_residents_say(enter):
    clerk = enter(Clerk, "administrator")
    clerk.add_technology("Park drone", "park-drone").propose("Park drone")
    clerk.document("Impact report", "impact.txt").document("Use policy", "policy.txt")
    clerk.document("Minutes or signed vote", "minutes.txt").look("council-technology-proposed")
    clerk.ask("A drone over the park")

    resident = enter(Resident)
    resident.open("/comment/").look("council-consultations")
    resident.follow("A drone over the park")
    resident.follow("Write a comment")
    resident.look("council-comment-write")
    resident.press("Send the comment")
    assert "There is a problem" in resident.words or "Choose an answer" in resident.words
    resident.comment("Against", "Nobody asked the people who use this park.")
    resident.look("council-comment-receipt")
    resident.follow("See all comments")
    assert "1 of 1 comments are against it." in resident.words
    resident.look("council-consultation")

    member = enter(Clerk, "board")
    member.open("/technologies/park-drone/").hearing()
    member.follow("Enter the vote")
    member.confirm_who_they_are()
    assert "the end of the time for public comment" in member.words
    member.look("council-vote-not-ready")


def test_a_resident_complains_and_follows_it_without_a_name(enter):
    resident = enter(Resident)
    resident.open("/complaints/").look("council-complaints")
    resident.follow("Make a complaint")
    resident.look("council-complaint-write")
    resident.answer("What is it about?", "Someone was taken for another person")
    resident.page.get_by_label("What happened?").fill("They said a computer had named me.")
    resident.press("Send the complaint")
    code = re.search(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}", resident.words)
    assert code
    resident.look("council-complaint-receipt")
    resident.follow("See how a complaint stands")
    resident.page.get_by_label("Receipt code").fill(code[0])
    resident.press("Show how it stands")
    assert "Received" in resident.words
    resident.look("council-complaint-status")

    member = enter(Clerk, "board")
    member.open("/complaints/desk/").look("council-desk")
    member.page.get_by_role("link", name=re.compile("Complaint .*")).last.click()
    member.look("council-desk-one")


def test_everyone_reads_the_inventory(enter):
    resident = enter(Resident)
    resident.open("/technologies/").look("council-inventory")
    resident.follow("County digital mugshot system")
    assert "4-0, carried" in resident.words
    resident.look("council-technology")
    resident.open("/records-requests/").look("council-records")
