"""Editions are told what the board counts."""

from oversight.council.board.editions import NAMES, board_figures
from oversight.transparency.sources import register_figures

register_figures(NAMES, board_figures)
