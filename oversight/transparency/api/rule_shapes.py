"""The forms of answers about the law."""

from typing import Any, Final

from rest_framework import serializers

from oversight.policy.presenting.words import EFFECTS, EVIDENCE, Standing

_STANDINGS: Final = [str(standing) for standing in Standing]
_ALWAYS: Final = "First day; null: always, or never (see standing)."
_UNTIL: Final = "First day no longer in force; null: no end is set."


class Law(serializers.Serializer[Any]):
    """What instruments and rules have in common."""

    standing = serializers.ChoiceField(choices=_STANDINGS, help_text="Where it stands today.")
    in_force_from = serializers.DateField(allow_null=True, help_text=_ALWAYS)
    in_force_until = serializers.DateField(allow_null=True, help_text=_UNTIL)
    citation = serializers.CharField()
    sources = serializers.ListField(
        child=serializers.CharField(), help_text="Public copies that were read."
    )
    last_verified = serializers.DateField()
    url = serializers.URLField()
    page = serializers.URLField(help_text="The page for people.")


class PackForm(Law):
    """A legal instrument as the gate applies it."""

    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    jurisdiction = serializers.CharField()
    authority_level = serializers.CharField()
    adopted = serializers.CharField(help_text="When, by whom and by which vote.")
    binds = serializers.ListField(
        child=serializers.CharField(), help_text="Governments; none: nobody by itself."
    )
    awaits_counsel = serializers.CharField(
        allow_null=True, help_text="What is contested; until it is answered, the rules refuse."
    )
    rules = serializers.ListField(child=serializers.CharField(), help_text="Ids of its rules.")


class DutyForm(serializers.Serializer[Any]):
    """What a rule makes someone owe, and by when."""

    kind = serializers.CharField()
    hours = serializers.IntegerField(allow_null=True)
    months = serializers.IntegerField(allow_null=True)
    each_year_on = serializers.CharField(allow_null=True, help_text="Month and day, such as 02-01.")
    owed_on = serializers.ChoiceField(choices=["permit", "refusal"])


class RuleForm(Law):
    """A rule: what it refuses or asks for, in words and as the text that decides."""

    id = serializers.CharField()
    pack = serializers.CharField()
    safeguard = serializers.CharField(help_text="Its number in the catalogue of safeguards.")
    effect = serializers.ChoiceField(choices=list(EFFECTS))
    title = serializers.CharField()
    message = serializers.CharField()
    remedy = serializers.CharField(allow_null=True, help_text="Null: nothing cures it.")
    evidence = serializers.ChoiceField(
        choices=list(EVIDENCE),
        help_text="S: a public copy was read. K: from knowledge, unverified. ?: sources conflict.",
    )
    requires = serializers.CharField(allow_null=True, help_text="What it demands, if anything.")
    duty = DutyForm(allow_null=True)
    cedar = serializers.CharField(help_text="The text that decides, in Cedar.")
