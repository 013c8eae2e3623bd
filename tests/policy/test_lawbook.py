"""docs/law/ says what the rules say, and is up to date."""

import pytest
from django.core.management import CommandError, call_command

from oversight.policy.copies import copies, marks_of
from oversight.policy.gate import catalogue
from oversight.policy.lawbook import pages


def test_the_pages_in_the_repository_are_up_to_date():
    call_command("law_docs", check=True)


def test_every_rule_is_written_out_with_its_source_and_its_text():
    written = pages(catalogue())
    for instrument in catalogue().instruments:
        page = written[f"{instrument.slug}.md"]
        for rule in instrument.rules:
            for part in (rule.id, rule.safeguard, rule.message, rule.citation, rule.cedar):
                assert part in page
            assert f"README.md#{rule.id}" not in page
            assert rule.id in written["README.md"]


def test_doubt_is_written_out():
    written = pages(catalogue())
    assert "sources conflict; awaits a human check" in written["va-2022.md"]
    assert "Awaits counsel" in written["sf-19b-2019.md"]
    assert "from knowledge; to be checked" in written["washington-43.386.md"]


def test_every_copy_that_was_read_is_named_and_every_name_is_of_one():
    used = {mark for instrument in catalogue().instruments for mark in marks_of(instrument)}
    assert {mark for mark in used if mark.startswith("S:")} == copies().keys()
    page = pages(catalogue())["boston-16-62.md"]
    assert "- S:34 · codelibrary.amlegal.com: City of Boston Code" in page


def test_what_is_out_of_date_is_named(tmp_path, capsys):
    call_command("law_docs", folder=tmp_path)
    call_command("law_docs", folder=tmp_path, check=True)
    (tmp_path / "house.md").write_text("Nothing is forbidden.")
    (tmp_path / "old-pack.md").write_text("x")
    with pytest.raises(CommandError, match=r"Out of date: house\.md, old-pack\.md"):
        call_command("law_docs", folder=tmp_path, check=True)
    call_command("law_docs", folder=tmp_path)
    assert not (tmp_path / "old-pack.md").exists()
    assert "2 of 18 pages" in capsys.readouterr().out
