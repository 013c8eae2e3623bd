"""Writes of the policy room: each an act, with its entry in the record, in one transaction."""

from oversight.policy.services.adopting import adopt_proposal
from oversight.policy.services.errors import NotAllowedError
from oversight.policy.services.proposing import check_pack, propose_instrument, propose_sunset
from oversight.policy.services.replaying import ask_replay, run_waiting_replays
from oversight.policy.services.suspending import lift_suspension, suspend_use

__all__ = [
    "NotAllowedError",
    "adopt_proposal",
    "ask_replay",
    "check_pack",
    "lift_suspension",
    "propose_instrument",
    "propose_sunset",
    "run_waiting_replays",
    "suspend_use",
]
