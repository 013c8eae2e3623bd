"""How often the machine errs on pairs whose truth is known."""

from recognition.evaluation.pairs import Pair, PairsUnreadable, read_pairs
from recognition.evaluation.rates import ErrorRate, equal_error, error_rate
from recognition.evaluation.report import evaluate_pairs

__all__ = [
    "ErrorRate",
    "Pair",
    "PairsUnreadable",
    "equal_error",
    "error_rate",
    "evaluate_pairs",
    "read_pairs",
]
