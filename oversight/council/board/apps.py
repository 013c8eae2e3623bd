from django.apps import AppConfig


class BoardConfig(AppConfig):
    """The board's desk: an app of its own inside the council's room."""

    name = "oversight.council.board"
    label = "board"
