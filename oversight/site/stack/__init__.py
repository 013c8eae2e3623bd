"""All of Oversight on one machine, as child processes of one runner.

``python -m oversight.site.stack`` is `make serve`; ``with Stack() as stack:`` is what the
demonstration, the browser journeys and the fault tests use. See docs/decisions/0061-stack.md.
"""

from oversight.site.stack.runner import Stack
from oversight.site.stack.state import StackBusyError, StackError

__all__ = ["Stack", "StackBusyError", "StackError"]
