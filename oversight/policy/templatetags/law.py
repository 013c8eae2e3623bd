"""`{% load law %}`: the words of the law, in the language of the page and in English."""

from collections.abc import Mapping
from typing import Any

from django import template

from oversight.policy.translations import Wording, as_written, wording

register = template.Library()
register.filter("as_written", as_written)


@register.simple_tag
def words_of(slug: str, english: str) -> Wording:
    """`{% words_of rule.id rule.title %}`: a text in the language of the page, if it has one."""
    return wording(slug, english)


@register.inclusion_tag("policy/_law.html")
def law(slug: str, english: str, style: str = "") -> Mapping[str, Any]:
    """`{% law rule.id rule.message %}`: a paragraph, and the English that governs beneath it."""
    return {"said": wording(slug, english), "style": style}
