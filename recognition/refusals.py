"""Every reason for which a photograph is refused, with what to do about it.

The wording stands here once, for forms, reports and commands alike.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrPromise


class Refusal(StrEnum):
    """Codes are stable: they stand in reports and in the record."""

    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    NOT_AN_IMAGE = "not_an_image"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TOO_MANY_PIXELS = "too_many_pixels"
    DAMAGED = "damaged"
    ANIMATED = "animated"
    TOO_SMALL = "too_small"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    NO_SUCH_FACE = "no_such_face"
    FACE_TOO_SMALL = "face_too_small"


_KEEP_FORMAT = _("Save it as JPEG, PNG, WebP, TIFF or HEIC and try again.")
_TEXTS: dict[Refusal, tuple[StrPromise, StrPromise]] = {
    Refusal.EMPTY: (_("The file is empty."), _("Choose the file again.")),
    Refusal.TOO_MANY_BYTES: (
        _("The file has %(found)s; at most %(limit)s are accepted."),
        _("Save it with stronger compression, or crop it to the part that matters."),
    ),
    Refusal.NOT_AN_IMAGE: (_("The file is not an image."), _KEEP_FORMAT),
    Refusal.UNSUPPORTED_FORMAT: (
        _("Images of the format %(found)s are not accepted."),
        _KEEP_FORMAT,
    ),
    Refusal.TOO_MANY_PIXELS: (
        _("The image has more pixels than the %(limit)s that are accepted."),
        _("Crop it to the part that matters, or save it smaller."),
    ),
    Refusal.DAMAGED: (
        _("The image is damaged or was cut off: it cannot be read to its end."),
        _("Copy or export it again from where it came."),
    ),
    Refusal.ANIMATED: (
        _("The file holds several pictures or moves."),
        _("Save the one picture that matters as a file of its own."),
    ),
    Refusal.TOO_SMALL: (
        _("The image is %(width)s by %(height)s pixels; at least %(limit)s each way are needed."),
        _("Use the original instead of a preview or thumbnail."),
    ),
    Refusal.NO_FACE: (
        _("No face was found in the image."),
        _("Use an image that shows the face from the front; turn it upright; crop away the rest."),
    ),
    Refusal.SEVERAL_FACES: (
        _("The image shows %(found)s faces and none was chosen."),
        _("Choose the face to search for."),
    ),
    Refusal.NO_SUCH_FACE: (
        _("Face number %(chosen)s was chosen, but the image shows %(found)s."),
        _("Choose one of the faces that were found."),
    ),
    Refusal.FACE_TOO_SMALL: (
        _(
            "The face is %(width)s pixels wide with %(between)s between the eyes; at least "
            "%(least_width)s and %(least_between)s are needed for a comparison that means anything."
        ),
        _("Use the original at full size, or an image taken from closer."),
    ),
}


def _grouped(number: object) -> str:
    return str(number_format(str(number), force_grouping=True))


# How the facts of a message are written where plain digits would be hard to read.
_SHOWN: dict[Refusal, Callable[[object], str]] = {
    Refusal.TOO_MANY_BYTES: lambda size: str(filesizeformat(str(size))),
    Refusal.TOO_MANY_PIXELS: _grouped,
}


class ProbeRefused(Exception):  # noqa: N818  # a decision about a photograph, not a fault
    """A photograph cannot be used: `code`, and `message` and `remedy` in plain words.

    As a string (in a log) it is the code alone.
    """

    def __init__(self, code: Refusal, **facts: object) -> None:
        """`facts` fill the places in the message."""
        self.code = code
        self.facts = facts
        super().__init__(code.value)

    @property
    def message(self) -> str:
        """What is wrong, in the language of the moment."""
        shown = _SHOWN.get(self.code, str)
        facts = {name: shown(value) for name, value in self.facts.items()}
        return str(_TEXTS[self.code][0]) % facts

    @property
    def remedy(self) -> str:
        """What cures it."""
        return str(_TEXTS[self.code][1])
