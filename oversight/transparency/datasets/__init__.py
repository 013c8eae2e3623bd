"""The open-data files: allow-listed columns, their dictionary, and descriptions that machines read.

Nothing leaves that is not a ``Column`` of a ``Dataset`` in ``of_the_site`` and ``of_an_edition``: the header, the rows, the data
packages, the dictionary and the catalogue are all made from these.
"""
