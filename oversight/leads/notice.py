"""The fixed notice that stands over every result. Its wording is the same for everybody.

Whoever accepts it accepts this text: its digest is kept with the acknowledgement, so a change
here shows as another digest.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the notice and the safeguards of the catalogue that it rests on."""

    text: str
    safeguards: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.text)


IS_AND_IS_NOT: Final[Sequence[Line]] = (
    Line(gettext_noop("This is an investigative lead only. It is not an identification.")),
    Line(
        gettext_noop(
            "It is not probable cause. By itself it is no ground for a stop, a search, a warrant, "
            "an arrest or a charge."
        ),
        ("R31",),
    ),
    Line(
        gettext_noop(
            "Two trained examiners found that two photographs look alike. People who look alike "
            "are found in every large collection of photographs."
        )
    ),
)

MAY: Final[Sequence[Line]] = (
    Line(gettext_noop("Use it as one pointer to where further inquiry may help.")),
    Line(
        gettext_noop(
            "Check first what could rule the person out: where they were at the time, how far "
            "away they live, their age, build and health on that day."
        ),
        ("R33",),
    ),
    Line(
        gettext_noop(
            "Look for evidence that stands without any comparison of faces, such as records, "
            "objects, fingerprints, or a witness who has not been shown this photograph."
        ),
        ("R31", "R32"),
    ),
)

MAY_NOT: Final[Sequence[Line]] = (
    Line(
        gettext_noop("Do not act on it before there is evidence that is independent of it."),
        ("R31",),
    ),
    Line(
        gettext_noop(
            "Do not hold a lineup, and do not show this photograph in one, on the strength of "
            "this lead."
        ),
        ("R30",),
    ),
    Line(
        gettext_noop(
            "Do not count as independent what somebody says after being shown this photograph."
        ),
        ("R32",),
    ),
    Line(gettext_noop("Do not call it a match, and do not state how certain it is."), ("R23",)),
    Line(
        gettext_noop(
            "Do not leave the use of face recognition out of a report, an affidavit or what is "
            "given to the defense."
        ),
        ("R34", "R35"),
    ),
)

NOTICE_TEXT: Final = "\n".join(line.text for line in (*IS_AND_IS_NOT, *MAY, *MAY_NOT))
NOTICE_DIGEST: Final = "sha256:" + hashlib.sha256(NOTICE_TEXT.encode()).hexdigest()
"""Names the notice's text, in its original wording."""
