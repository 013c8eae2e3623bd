"""The policy room, which lies below, may decide past submissions again."""

from oversight.policy.histories import register_history
from oversight.requests.replayed import past_submissions

register_history(past_submissions)
