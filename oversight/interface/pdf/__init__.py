"""The door to PDF: a document as data in, the bytes of a tagged, accessible PDF/UA-1 file out.

    from oversight.interface import pdf

    document = pdf.Document(
        title=_("Meeting pack"), language="en", publisher=city, dated=published_at,
        sections=[pdf.Section(_("Agenda"), [pdf.Paragraph("..."), pdf.Table(...)])],
    )
    content = pdf.typeset(document)            # the same document: the same bytes
    answer = pdf.pdf_response(content, "meeting-pack-7")

Whatever text holds is shown as it is: markup in it is never interpreted.
"""

from oversight.interface.pdf.blocks import TypesettingError
from oversight.interface.pdf.document import (
    BigFigure,
    BigFigures,
    Block,
    Document,
    Facts,
    Listing,
    Note,
    Paragraph,
    Picture,
    Section,
    Small,
    Table,
)
from oversight.interface.pdf.responses import pdf_response
from oversight.interface.pdf.typesetting import digest_of, drawn_pages, typeset

__all__ = [
    "BigFigure",
    "BigFigures",
    "Block",
    "Document",
    "Facts",
    "Listing",
    "Note",
    "Paragraph",
    "Picture",
    "Section",
    "Small",
    "Table",
    "TypesettingError",
    "digest_of",
    "drawn_pages",
    "pdf_response",
    "typeset",
]
