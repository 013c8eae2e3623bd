import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from oversight.interface import display
from oversight.interface.components import (
    Figure,
    Link,
    SiteAlert,
    SummaryRow,
    TimelineEntry,
    Tone,
    mark_current,
)
from oversight.interface.style_guide import REASONS
from tests.interface.markup import Page, faults

NASTY = "<script>alert(1)</script>"
MOMENT = dt.datetime(2026, 3, 4, 22, 5, tzinfo=dt.UTC)


def show(template: str, **context: object) -> Page:
    page = Page(
        Template("{% load interface %}<h1>x</h1><h2>y</h2>" + template).render(Context(context))
    )
    assert faults(page) == []
    return page


@pytest.mark.parametrize(
    "template",
    [
        "{% alert 'info' heading=bad %}{{ bad }}{% endalert %}",
        "{% notice heading=bad %}{{ bad }}{% endnotice %}",
        "{% details summary=bad %}{{ bad }}{% enddetails %}",
        "{% card bad url=bad footer=bad %}{{ bad }}{% endcard %}",
        "{% fieldgroup legend=bad hint=bad %}{{ bad }}{% endfieldgroup %}",
        "{% status bad 'good' %}",
        "{% steps many 1 %}",
        "{% empty bad bad link %}",
        "{% progress bad '/x' %}",
        "{% breadcrumbs links %}",
        "{% summary_list rows bad %}",
        "{% timeline entries %}",
        "{% reasons refusals %}",
        "{% figure number %}",
    ],
)
def test_no_component_lets_markup_through(template):
    page = show(
        template,
        bad=NASTY,
        many=[NASTY, NASTY],
        link=Link(NASTY, "/x"),
        links=[Link(NASTY, "/x"), Link(NASTY)],
        rows=[SummaryRow(NASTY, NASTY, "/x"), SummaryRow(NASTY, [NASTY, NASTY])],
        entries=[TimelineEntry(NASTY, MOMENT, NASTY, NASTY)],
        refusals=[dict.fromkeys(("rule", "safeguard", "citation", "message", "remedy"), NASTY)],
        number=Figure(NASTY, NASTY, "/x", NASTY, "/x"),
    )
    assert not page.all("script")
    assert "&lt;script&gt;" in page.source


def test_the_content_of_a_block_is_markup_of_the_page():
    page = show("{% alert 'warning' heading='Soon' %}<p>On <b>Friday</b></p>{% endalert %}")
    assert page.one("b").text == "Friday"
    assert "usa-alert--warning" in page.one("div", "usa-alert").attrs["class"]


@pytest.mark.parametrize(("kind", "role"), [("error", "alert"), ("success", "status")])
def test_what_appears_later_is_spoken(kind, role):
    assert show(f"{{% alert '{kind}' live=True %}}x{{% endalert %}}").all(role=role)
    assert not show(f"{{% alert '{kind}' %}}x{{% endalert %}}").all(role=role)


def test_a_refusal_shows_all_that_one_needs_to_answer_it():
    page = show("<p id='reasons'></p>{% reasons given %}", given=REASONS)
    first, second = page.all("li", "reasons__item")
    for key in ("message", "remedy", "rule", "safeguard", "citation"):
        assert REASONS[0][key] in first.text
    assert "Nothing. This cannot be permitted." in second.text


def test_each_tone_has_its_own_sign():
    icons = [show(f"{{% status 'x' '{tone}' %}}").one("use").attrs["href"] for tone in Tone]
    assert len(set(icons)) == len(Tone)
    with pytest.raises(ValueError, match="splendid"):
        show("{% status 'x' 'splendid' %}")


def test_the_notice_cannot_be_dismissed_or_folded():
    page = show("{% notice heading='Lead only' %}<p>x</p>{% endnotice %}")
    assert not page.all("button")
    assert not page.all("details")


def test_progress_asks_again_and_works_without_javascript():
    page = show("{% progress 'Running' '/status/' 5 %}")
    live = page.one(role="status")
    assert (live.attrs["hx-get"], live.attrs["hx-trigger"]) == ("/status/", "every 5s")
    assert page.one("a").attrs["href"] == "/status/"
    assert not page.all("meta")


def test_steps_say_where_one_is():
    page = show("{% steps labels 2 %}", labels=["Case", "Basis", "Check"])
    assert "Step 2 of 3Basis" in page.one("p", "steps__now").text
    assert page.one(aria_current="step").text.strip() == "Basis"


def test_summary_links_name_what_they_change():
    rows = [SummaryRow("Warrant", None, "/w"), SummaryRow("Seen", ["Cat", "Dog"])]
    page = show("{% summary_list rows %}", rows=rows)
    assert page.one("a").text == "Change Warrant"
    assert page.all("dd")[0].text.strip() == "None"
    assert [each.text for each in page.all("li")] == ["Cat", "Dog"]


def test_what_has_not_happened_is_told_in_words():
    page = show("{% timeline given %}", given=[TimelineEntry("Decided")])
    assert "Not yet" in page.one("li").text


def test_the_banner_of_a_suspension():
    alert = SiteAlert("Suspended", "Since Monday.", Link("Order", "/order"))
    page = show("{% include 'components/site_alert.html' %}", site_alert=alert)
    assert "Since Monday." in page.one("section").text
    assert show("{% include 'components/site_alert.html' %}").all("section") == []


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", "Start"), ("/desk/", "Desk"), ("/desk/new/7/", "New"), ("/deskside/", None)],
)
def test_the_nearest_link_of_the_menu_is_current(path, current):
    links = [Link("Start", "/"), Link("Desk", "/desk/"), Link("New", "/desk/new/")]
    assert [each.label for each in mark_current(links, path) if each.current] == (
        [current] if current else []
    )


def test_moments_name_their_zone_and_follow_it():
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        assert display.moment_text(MOMENT) == "March 4, 2026, 2:05 PM PST"
        tag = show("{{ at|at_time }}", at=MOMENT).one("time")
        assert tag.attrs["datetime"] == "2026-03-04T14:05:00-08:00"
        late = MOMENT.replace(hour=3)
        assert show("{{ at|on_date }}", at=late).one("time").text == "March 3, 2026"
    with pytest.raises(ValueError, match="without a time zone"):
        display.moment_text(MOMENT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (1, "fewer than 5"),
        (4, "fewer than 5"),
        (5, "5"),
        (None, "fewer than 5"),
        (1284, "1,284"),
    ],
)
def test_small_counts_are_told_in_words(count, text):
    assert display.count_text(count) == text


def test_values_are_shown_as_people_read_them():
    shown = [display.shown(each) for each in (None, "", True, False, 1284, dt.date(2026, 3, 4))]
    assert shown[:5] == ["None", "None", "Yes", "No", "1,284"]
    assert "March 4, 2026" in shown[5]


def test_words_are_marked_for_translation():
    with translation.override("es"):
        assert display.date_text(dt.date(2026, 3, 4)) == "4 de marzo de 2026"
