"""Tests mirror the rooms. Services start inside the run, on free ports, and stop with it."""
