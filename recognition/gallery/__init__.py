"""Subjects, their photographs and templates: enrolled with provenance, expunged on an order."""
