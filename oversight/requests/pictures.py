"""Faces as drawn on an uploaded picture."""

from dataclasses import dataclass

from django.utils.functional import Promise

from oversight.requests import codes
from recognition.gateway import Face, Inspection

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ShownFace:
    """A face as drawn on the picture: its box in the rendition's pixels, and its number."""

    index: int
    left: int
    top: int
    width: int
    height: int
    searchable: bool
    findings: list[Text]

    @property
    def number(self) -> int:
        """People count from one."""
        return self.index + 1


def faces_shown(report: Inspection) -> list[ShownFace]:
    """Return the faces of a picture, ready to be drawn."""
    return [_shown_face(face) for face in report.faces]


def _shown_face(face: Face) -> ShownFace:
    left, top, right, bottom = (round(edge) for edge in face.box)
    return ShownFace(
        face.index, left, top, right - left, bottom - top, face.searchable, findings_of(face)
    )


def findings_of(face: Face) -> list[Text]:
    """Return what lowers the quality of a face, in words."""
    return [codes.FINDINGS.get(code, code) for code in face.findings]
