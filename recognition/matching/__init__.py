"""Comparing: it happens in the database (``migrations/sql/lock.sql``), and here is its one door."""
