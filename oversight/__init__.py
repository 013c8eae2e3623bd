"""The institution: who may search, why, and who watches."""
