"""The words of notices: that something happened, never what or about whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.council.board.models import Notice
from oversight.interface.components import Text


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to a named recipient. It holds nothing about a case or a person."""

    subject: Text
    body: Text


LETTERS: Final[Mapping[str, Letter]] = {
    "finding": Letter(
        _("A violation of the rules on face recognition was recorded"),
        _(
            "The oversight board recorded a violation. Your office is to be told of it under the"
            " rules on notice. Ask the board for the file. For privacy this message carries no"
            " details."
        ),
    ),
    "meeting": Letter(
        _("The oversight board will meet"),
        _(
            "The oversight board has called a meeting. Time, place and papers stand on the public"
            " page of meetings. This message carries no details."
        ),
    ),
    "review": Letter(
        _("Unusual use of face recognition was noticed"),
        _(
            "The regular look at how face recognition is used found something unusual. That is a"
            " reason to look, never a finding. The board's page of unusual use shows it to those"
            " who may see it. For privacy this message carries no details."
        ),
    ),
    "suspension": Letter(
        _("The use of face recognition was suspended"),
        _(
            "The oversight board suspended all use of face recognition. The reason stands on the"
            " public page of suspensions. This message carries no details."
        ),
    ),
    "lifting": Letter(
        _("Face recognition may be used again"),
        _(
            "The oversight board ended the suspension of face recognition. The reason stands on the"
            " public page of suspensions. This message carries no details."
        ),
    ),
    "standing": Letter(
        _("A surveillance technology was suspended, reinstated or retired"),
        _(
            "How a surveillance technology stands was changed. The change and its reason stand on"
            " the public inventory of technologies. This message carries no details."
        ),
    ),
}
"""By what a notice is about."""


def letter_of(notice: Notice) -> Letter:
    """The words for a notice."""
    return LETTERS[notice.subject]
