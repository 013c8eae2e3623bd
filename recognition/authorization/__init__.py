"""Single-use permission to run one search, and how a search ends that cannot be run.

The tables stand in ``recognition.models.searches``; what they allow, in ``migrations/sql``.
"""
