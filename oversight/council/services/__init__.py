"""Writes of the council's room: each an act, with its entry in the record, in one transaction."""
