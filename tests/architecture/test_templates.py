"""What templates may not do, and that all their text can be translated."""

import re

import pytest

from tests.architecture.sources import modules, shown, templates

# The style guide shows components with made-up data, in development only.
PAGES = [path for path in templates() if "style_guide" not in path.name]
_COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
_TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL
)
_NO_PROSE = re.compile(r"<(script|style|svg|code|pre)\b.*?</\1>", re.DOTALL)
# A comparison within a template tag within an HTML tag does not end the latter.
_MARKUP = re.compile(r"<(?:{%.*?%}|{{.*?}}|[^>])*>|{%.*?%}|{{.*?}}|&[#\w]+;", re.DOTALL)
_CLASSES = re.compile(r"\b[a-z-]+--[a-z-]+\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPOKEN = re.compile(
    r"""\b(?:title|alt|aria-label|aria-description|placeholder)=(["'])(?P<text>.*?)\1""", re.DOTALL
)
# The names that things have in every language.
_PROPER = re.compile(r"\b(?:Oversight|JSON|CSV|PDF|SHA|RSS|Atom|NIBRS|FISWG|USWDS|GitHub)\b")


def _text(path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def _prose(path) -> list[str]:
    """Words of a template that stand outside every translation tag."""
    source = _NO_PROSE.sub(" ", _TRANSLATED.sub(" ", _text(path)))
    spoken = " ".join(match["text"] for match in _SPOKEN.finditer(source))
    words = _MARKUP.sub(" ", f"{source} {_MARKUP.sub(' ', spoken)}")
    return _WORD.findall(_PROPER.sub(" ", _CLASSES.sub(" ", words)))


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_all_text_is_marked_for_translation(path):
    assert _prose(path) == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_nothing_switches_escaping_off(path):
    assert re.findall(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b", _text(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_nothing_needs_a_wider_content_policy(path):
    """No style or script inside a page: the policy forbids it and the page would break."""
    inline = r"<style\b|<script(?![^>]*\bsrc=)(?![^>]*application/(?:json|ld))|\bstyle=|\bon[a-z]+="
    assert re.findall(inline, _text(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_no_address_is_written_by_hand(path):
    """Links come from the URL table, so that a page that moves takes its links with it."""
    by_hand = re.findall(r"""\b(?:href|action|hx-get|hx-post)=["'](/[^"'{]*)""", _text(path))
    assert [address for address in by_hand if address != "/"] == []


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_no_match_score_is_shown_as_a_share(path):
    score = r"(?:score|similarity|distance|confidence|likeness)"
    shares = rf"{score}[^\n]{{0,60}}(?:%(?!}})|percent)|(?:widthratio|percent)[^\n]{{0,40}}{score}"
    assert re.findall(shares, _text(path), re.IGNORECASE) == []


def test_markup_is_made_safe_in_one_place_only():
    allowed = ("oversight/interface/", "oversight/transparency/charts")
    users = [
        shown(path)
        for path in modules("oversight", "recognition")
        if re.search(r"\bmark_safe\(|SafeString\(", path.read_text(encoding="utf-8"))
    ]
    assert [name for name in users if not name.startswith(allowed)] == []
