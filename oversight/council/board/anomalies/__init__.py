"""Unusual use (safeguard R41): a reason to look, never a finding.

Each rule is plain arithmetic over the requests of a period; its numbers and the source they are
taken from stand in ``data/anomalies.toml``, and the page shows both beside what was found.
"""

from oversight.council.board.anomalies.asked import Asked, asked_in
from oversight.council.board.anomalies.rules import RULES, Hit, Rule, hits_of

__all__ = ["RULES", "Asked", "Hit", "Rule", "asked_in", "hits_of"]
