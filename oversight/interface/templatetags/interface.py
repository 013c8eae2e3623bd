"""Everything a template of ours may call: `{% load interface %}`. See docs/interface.md."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from oversight.interface import components, display, languages
from oversight.interface.forms.problems import errors_id, problems_of
from oversight.interface.identity import Identity, site_identity

register = template.Library()

register.filter("on_date", display.date_tag)
register.filter("at_time", display.moment_tag)
register.filter("count", display.count_text)
register.filter("yes_or_no", display.yes_or_no)
register.filter("shown", display.shown)


@register.simple_tag
def file_url(name: str, *args: object) -> str:
    """`{% file_url "name" … %}`: as `url`, for a file without language (CSV, JSON)."""
    return languages.file_url(name, *args)


@register.simple_tag
def home_url() -> str:
    """The address of the front page, in the language of the page."""
    return languages.home_url()


@register.simple_tag
def identity() -> Identity:
    """`{% identity as site %}`: the names at the head of every page."""
    return site_identity()


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """The content of the block `name` once more: a page's title is its heading too."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return SafeString(block.render(context)) if block else SafeString()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the design system's sprite, for the eye only."""
    return format_html(
        '<svg class="usa-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("uswds/img/sprite.svg"),
        name,
    )


@register.inclusion_tag("components/status.html")
def status(text: components.Text, tone: str = components.Tone.NEUTRAL) -> dict[str, Any]:
    """A status in a word or two. Raises ValueError for a tone that does not exist."""
    return {"text": text, "tone": components.Tone(tone)}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """All problems of the given forms and form sets; nothing when there are none."""
    return {"problems": problems_of(*forms)}


@register.inclusion_tag("components/form_problems.html")
def form_problems(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole, at its head."""
    return {"messages": form.non_field_errors(), "id": errors_id(form)}


@register.inclusion_tag("components/steps.html")
def steps(labels: Sequence[components.Text], current: int) -> dict[str, Any]:
    """Where one is in a form of several steps; `current` counts from 1."""
    return {"labels": labels, "current": current, "current_label": labels[current - 1]}


@register.inclusion_tag("components/summary_list.html")
def summary_list(
    rows: Sequence[components.SummaryRow], heading: components.Text = "", level: int = 2
) -> dict[str, Any]:
    """Answers with their questions, each with a link to change it."""
    return {"rows": rows, "heading": heading, "level": level}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[components.TimelineEntry]) -> dict[str, Any]:
    """A dated history, in the order given."""
    return {"entries": entries}


@register.inclusion_tag("components/reasons.html")
def reasons(given: Sequence[components.Reason], level: int = 3) -> dict[str, Any]:
    """Why something was refused: message, remedy, rule, safeguard and citation of each."""
    return {"reasons": given, "level": level}


@register.inclusion_tag("components/figure.html")
def figure(given: components.Figure) -> dict[str, Any]:
    """One number with its name and definition."""
    return {"figure": given}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(links: Sequence[components.Link] | None) -> dict[str, Any]:
    """The way back up. The last link is the page one is on."""
    return {"links": links or ()}


@register.inclusion_tag("components/progress.html")
def progress(label: components.Text, url: str, seconds: int = 3) -> dict[str, Any]:
    """Something is under way: asks `url` again by itself, and offers a link for the same."""
    return {"label": label, "url": url, "seconds": seconds}


@register.inclusion_tag("components/empty.html")
def empty(
    heading: components.Text, text: components.Text = "", link: components.Link | None = None
) -> dict[str, Any]:
    """What a page says when there is nothing to show yet, and what to do about it."""
    return {"heading": heading, "text": text, "link": link}


@register.inclusion_tag("components/table.html", takes_context=True)
def data_table(context: Context, table: Any, filters: BaseForm | None = None) -> dict[str, Any]:
    """A `tables.Table` with its count, its pages and its CSV link; `filters` goes above it."""
    return {"table": table, "filters": filters, "request": context.get("request")}


@register.inclusion_tag("components/pagination.html")
def pagination(pages: Any) -> dict[str, Any]:
    """Links to the pages of a list (`tables.Pages`); nothing when there is only one."""
    return {"pages": pages}


def _render(component: str, **values: Any) -> SafeString:
    # The tag's content was rendered, and so escaped, by the template engine before it came here.
    return template.loader.render_to_string(f"components/{component}.html", values)


@register.simple_block_tag
def alert(
    content: str,
    kind: str = "info",
    heading: components.Text = "",
    *,
    level: int = 2,
    live: bool = False,
) -> SafeString:
    """`{% alert "warning" heading=… %}…{% endalert %}`; `live` announces it when it appears."""
    return _render("alert", content=content, kind=kind, heading=heading, level=level, live=live)


@register.simple_block_tag
def notice(content: str, heading: components.Text, level: int = 2) -> SafeString:
    """A fixed notice in a frame that cannot be overlooked, dismissed or folded away."""
    return _render("notice", content=content, heading=heading, level=level)


@register.simple_block_tag
def details(content: str, summary: components.Text, *, is_open: bool = False) -> SafeString:
    """A disclosure: its summary is shown, its content on demand."""
    return _render("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def card(
    content: str, heading: components.Text, url: str = "", level: int = 2, footer: str = ""
) -> SafeString:
    """A framed piece of a page, its heading a link where `url` is given."""
    return _render("card", content=content, heading=heading, url=url, level=level, footer=footer)


@register.simple_block_tag
def fieldgroup(
    content: str, legend: components.Text, hint: components.Text = "", name: str = "group"
) -> SafeString:
    """Fields that belong together, in a fieldset; `name` makes the hint's id unique on the page."""
    return _render("fieldgroup", content=content, legend=legend, hint=hint, name=name)


@register.simple_block_tag
def buttons(content: str) -> SafeString:
    """Buttons side by side, under one another on a telephone: the main one first."""
    return _render("buttons", content=content)
