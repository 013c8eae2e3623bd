"""Reads of the council's room, a module a subject."""
