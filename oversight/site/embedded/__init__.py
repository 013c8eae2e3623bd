"""PostgreSQL and a Redis-protocol broker from installed packages, for one machine.

``services()`` is the one way in: it returns where they are, starting them when they are
not up. They live as long as any process uses them and stop with the last one, however
it ended (docs/decisions/0003-embedded-services.md).
"""

from oversight.site.embedded.address import Services, services

__all__ = ["Services", "services"]
