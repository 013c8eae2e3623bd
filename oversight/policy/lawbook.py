"""The rules written out for readers: docs/law/, made from the packs and from nothing else."""

from collections.abc import Iterator

from oversight.policy.copies import copy_named, marks_of
from oversight.policy.engine.catalogue import Catalogue
from oversight.policy.engine.packs import Case, Instrument, Rule

EVIDENCE = {
    "S": "a public copy of the source was read",
    "K": "from knowledge; to be checked against the official text",
    "?": "sources conflict; awaits a human check",
}
EFFECTS = {"forbid": "Refuses", "require": "Requires", "duty": "Owed"}
NOTICE = "<!-- Made from oversight/policy/packs by `manage.py law_docs`; do not edit. -->"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Every page by its file name: an index, and one page an instrument."""
    written = {f"{one.slug}.md": _page(_instrument(one)) for one in catalogue.instruments}
    return {"README.md": _page(_index(catalogue)), **written}


def _page(lines: Iterator[str]) -> str:
    return "\n".join([NOTICE, "", *lines]) + "\n"


def _index(catalogue: Catalogue) -> Iterator[str]:
    yield "# The law, as the gate applies it"
    yield ""
    yield (
        "Each page gives one instrument: its rules in words, their sources, and the Cedar text "
        "that decides. The numbers R01 to R50 are those of the catalogue of safeguards; SYS marks "
        "refusals of the gate itself."
    )
    yield from ("", "## By instrument", "", "| instrument | in force | rules |", "|---|---|---|")
    for one in catalogue.instruments:
        yield f"| [{one.title}]({one.slug}.md) | {_days(one)} | {len(one.rules)} |"
    yield from ("", "## By agency", "", "| agency | bound by |", "|---|---|")
    for slug, bound in catalogue.bound.items():
        adopted = (pack for pack in bound if catalogue.instrument(pack).in_force_from)
        links = ", ".join(f"[{pack}]({pack}.md)" for pack in ("house", *adopted))
        yield f"| {catalogue.agencies[slug].name} (`{slug}`) | {links} |"
    yield from ("", "## By safeguard", "", "| safeguard | rules |", "|---|---|")
    for number, rules in catalogue.by_safeguard().items():
        links = ", ".join(
            f"[{rule.id}]({rule.instrument}.md#{rule.id.partition('/')[2]})" for rule in rules
        )
        yield f"| {number} | {links} |"


def _instrument(one: Instrument) -> Iterator[str]:
    yield f"# {one.title}"
    yield from ("", one.summary, "", "| | |", "|---|---|")
    yield f"| citation | {one.citation} |"
    yield f"| jurisdiction | {one.jurisdiction} |"
    yield f"| authority | {one.authority_level} |"
    yield f"| adopted | {one.adopted} |"
    yield f"| in force | {_days(one)} |"
    yield f"| binds | {', '.join(one.binds) or 'nobody by itself: applies where asked for by name'} |"
    yield f"| sources | {', '.join(marks_of(one)) or 'none read'} |"
    yield f"| last verified | {one.last_verified} |"
    if one.awaits_counsel:
        yield from ("", f"> **Awaits counsel.** {one.awaits_counsel}")
    if one.exceptions:
        yield from ("", "## Exceptions that it names", "")
        yield from (f"- `{e.code}`: {e.message} ({e.citation})" for e in one.exceptions)
    if marks := marks_of(one):
        yield from ("", "## Copies that were read", "")
        yield from (f"- {copy_named(mark)}" for mark in marks)
    yield from ("", "## Rules")
    newest = {rule.id: rule for rule in one.rules}
    for rule in one.rules:
        yield from _rule(rule, linked=rule is newest[rule.id])


def _rule(rule: Rule, *, linked: bool) -> Iterator[str]:
    """One version of a rule; links from elsewhere lead to the newest, which is `linked`."""
    if linked:
        yield from ("", f'<a id="{rule.id.partition("/")[2]}"></a>')
    yield from ("", f"### {rule.title}", "")
    yield f"`{rule.id}` · {rule.safeguard} · {EFFECTS[rule.effect]}{_what(rule)}"
    yield from ("", rule.message)
    if rule.remedy:
        yield from ("", f"*Remedy:* {rule.remedy}")
    yield ""
    yield f"- Source: {rule.citation}"
    yield f"- Evidence: {EVIDENCE[rule.evidence]}{_sources(rule)}; last verified {rule.last_verified}"
    yield f"- In force: {_span(rule)}"
    yield from ("", "```cedar", rule.cedar, "```", "")
    yield f"Meets: {_cases(rule.must)}."
    yield f"Does not meet: {_cases(rule.must_not)}."


def _what(rule: Rule) -> str:
    if rule.requires:
        return f" `{rule.requires}`"
    if rule.duty is None:
        return ""
    term = {
        rule.duty.hours: f" within {rule.duty.hours} hours",
        rule.duty.months: f" for {rule.duty.months} months",
        rule.duty.each_year_on: f" by {rule.duty.each_year_on} each year",
    }
    named = next((text for key, text in term.items() if key is not None), "")
    return f" `{rule.duty.kind}`{named}"


def _sources(rule: Rule) -> str:
    return f" ({', '.join(rule.sources)})" if rule.sources else ""


def _cases(cases: tuple[Case, ...]) -> str:
    return "; ".join(case.name for case in cases)


def _days(one: Instrument) -> str:
    if one.in_force_from is None:
        return "never: a proposal"
    if one.in_force_from.year == 1:
        return "always"
    until = f", until {one.in_force_until} (first day no longer in force)"
    return f"from {one.in_force_from}{until if one.in_force_until else ''}"


def _span(rule: Rule) -> str:
    if rule.in_force_from.year == 1:
        return "with its instrument"
    until = f", until {rule.in_force_until} (first day no longer in force)"
    return f"from {rule.in_force_from}{until if rule.in_force_until else ''}"
