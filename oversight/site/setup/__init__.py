"""Set-up from a bare checkout: ``python3 -m oversight.site.setup``, with the standard library alone.

It runs before anything is installed, so nothing here may import what it installs. The choices
are explained in docs/decisions/0060-set-up.md.
"""
