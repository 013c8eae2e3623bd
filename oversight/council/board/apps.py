from django.apps import AppConfig


class BoardConfig(AppConfig):
    """The board's desk: an app of its own inside the council's room."""

    name = "oversight.council.board"
    label = "board"

    def ready(self) -> None:
        """Tell editions what the board counts, and the record what it writes."""
        from oversight.council.board import events  # noqa: F401, PLC0415  (apps are loaded now)
        from oversight.council.board.editions import (  # noqa: PLC0415  (as above)
            NAMES,
            board_figures,
        )
        from oversight.transparency.sources import register_figures  # noqa: PLC0415  (as above)

        register_figures(NAMES, board_figures)
