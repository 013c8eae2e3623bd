"""The inventory in the read API: what its pages show, and not who typed it in."""

import json
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from oversight.council.services.technologies import change_standing
from oversight.council.services.voting import confirm_vote
from oversight.site.export.layout import Place, is_copied
from tests.council.town import drone, proposed, voted

LIST = "/api/v1/technologies/"
ONE = f"{LIST}drone-1/"
FIELDS = {
    *("slug", "name", "kind", "purpose", "maker", "product", "agency", "galleries", "added_at"),
    *("state", "usable", "approval_ends", "votes", "url", "page"),
}
OF_VOTE = {
    "permitted",
    *("aim", "body", "voted_on", "carried", "confirmed", "ayes", "noes", "conditions"),
    *("approved_from", "approval_ends", "signed_document", "signed_document_digest"),
}


def listed(client, query=""):
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200, answer.content
    return [row["slug"] for row in answer.json()["results"]]


def test_programs_follow_a_technology_to_its_approval_and_its_end(client, town):
    assert listed(client) == []
    vote = voted(town, proposed(town, drone(town, galleries=("pictures",))))
    told = client.get(ONE).json()
    assert (told["state"], told["usable"], told["approval_ends"]) == ("voted", False, None)
    assert told["votes"][0]["confirmed"] is False
    confirm_vote(vote=vote, person=town.colleague)
    told = client.get(ONE).json()
    ends = (timezone.localdate() + timedelta(days=365)).isoformat()
    assert (told["state"], told["usable"], told["approval_ends"]) == ("approved", True, ends)
    (cast,) = told["votes"]
    assert (cast["carried"], cast["confirmed"], cast["approval_ends"]) == (True, True, ends)
    assert (len(cast["ayes"]), cast["noes"]) == (13, [])
    assert cast["conditions"] == ["A report every month."]
    for address in (told["page"], cast["signed_document"]):
        assert client.get(address).status_code == 200
    change_standing(
        technology=vote.acquisition.technology,
        act="suspended",
        reason="A test.",
        person=town.member,
    )
    told = client.get(ONE).json()
    assert (told["state"], told["usable"]) == ("suspended", False)


def test_only_public_fields_are_told_and_nobody_who_typed_them_in(client, town):
    voted(town, proposed(town, drone(town)))
    text = client.get(ONE).content.decode()
    told = json.loads(text)
    assert set(told) == FIELDS
    assert set(told["votes"][0]) == OF_VOTE
    assert told == client.get(LIST).json()["results"][0]
    for person in (town.administrator, town.member, town.colleague):
        assert person.name not in text
        assert f'"{person.username}"' not in text


def test_filters_choose_and_what_is_unknown_is_refused(client, town):
    voted(town, proposed(town, drone(town)))
    drone(town, slug="plates", name="Plate reader", kind="alpr")
    assert listed(client) == ["plates", "drone-1"]
    assert listed(client, "kind=alpr") == ["plates"]
    assert listed(client, "state=voted") == ["drone-1"]
    assert listed(client, "agency=lapd&state=approved") == []
    for query, name in (("state=fine", "state"), ("agency=lapdd", "agency"), ("q=x", "q")):
        answer = client.get(f"{LIST}?{query}")
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert [error["name"] for error in answer.json()["errors"]] == [name]
    assert client.get(f"{LIST}nothing/").status_code == 404


def test_many_technologies_cost_no_more_questions_than_few(
    client, town, django_assert_max_num_queries
):
    for number in range(8):
        voted(town, proposed(town, drone(town, slug=f"drone-{number}")))
    with django_assert_max_num_queries(12):
        assert len(listed(client)) == 8


def test_the_list_stands_at_the_start_in_the_description_and_on_the_page(client, live_database):
    cache.clear()  # a minute's requests of the tests before
    lists = {each["name"]: each["url"] for each in client.get("/api/v1/").json()["lists"]}
    assert lists["technologies"] == f"http://testserver{LIST}"
    paths = client.get("/api/schema/").json()["paths"]
    assert {LIST, f"{LIST}{{slug}}/"} <= paths.keys()
    assert f"GET {LIST}" in client.get("/es/api/").content.decode()
    assert client.get(f"/es{LIST}").status_code == 404
    assert not is_copied(Place(LIST))
