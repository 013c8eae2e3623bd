"""Puts the rooms together: settings, addresses, processes. Nothing imports this room."""
