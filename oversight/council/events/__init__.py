"""Entries that the council's room writes into the record, a module a subject.

Numbers: 700-709 technologies, 710-719 comment, 720-729 complaints, 730-739 records requests;
750-799 the board.
"""

from oversight.council.events import comment, complaints, technologies

__all__ = ["comment", "complaints", "technologies"]
