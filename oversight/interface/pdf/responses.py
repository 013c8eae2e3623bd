"""A PDF as an answer to a browser."""

import re
from typing import Final

from django.http import HttpResponse

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return the bytes as a file called `name`.pdf, shown in the browser where it can.

    Raises ValueError unless the name is lower-case words joined by hyphens.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no file name: use lower-case words joined by hyphens.")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
