"""The forms of answers about the inventory: what is not named here is not told."""

from typing import Any, Final

from rest_framework import serializers

from oversight.council.life import State
from oversight.council.models import Acquisition, Technology

_STATES: Final = [str(state) for state in State]


def _texts(meaning: str = "") -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), help_text=meaning)


class VoteForm(serializers.Serializer[Any]):
    """A vote by name on a proposal. It counts once a second person has confirmed it."""

    aim = serializers.ChoiceField(
        choices=Acquisition.Aim.values,
        help_text="What was voted on: to get it, use it newly, keep it.",
    )
    body = serializers.CharField(help_text="Who voted, such as the city council.")
    voted_on = serializers.DateField()
    carried = serializers.BooleanField(help_text="Whether more voted for it than against.")
    confirmed = serializers.BooleanField(help_text="False: it does not count yet.")
    permitted = serializers.BooleanField(
        help_text="False: the gate found, as it was confirmed, that the law forbids it."
    )
    ayes = _texts("By name.")
    noes = _texts("By name.")
    conditions = _texts()
    approved_from = serializers.DateField(help_text="First day, if it was carried.")
    approval_ends = serializers.DateField(allow_null=True, help_text="Null: no end was set.")
    signed_document = serializers.URLField()
    signed_document_digest = serializers.RegexField(r"^sha256:[0-9a-f]{64}\Z")


class TechnologyForm(serializers.Serializer[Any]):
    """A surveillance technology, how it stands today, and every vote on it."""

    slug = serializers.CharField(help_text="Its name in the record and in the facts of the gate.")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Technology.Kind.values)
    purpose = serializers.CharField(help_text="What it does.")
    maker = serializers.CharField(help_text="Maker or operator.")
    product = serializers.CharField(allow_blank=True, help_text="Empty: not stated.")
    agency = serializers.CharField(help_text="Who uses it.")
    galleries = _texts("Collections of pictures that it searches.")
    added_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=_STATES, help_text="Where it stands today.")
    usable = serializers.BooleanField(help_text="Whether the gate may permit a use today.")
    approval_ends = serializers.DateField(
        allow_null=True, help_text="Of the newest vote that counts; null: no approval, or no end."
    )
    votes = VoteForm(many=True)
    url = serializers.URLField()
    page = serializers.URLField(help_text="The page for people.")
