"""Benchmarks: ``make bench`` prints one JSON document (contracts: keys and units).

Everything is measured on this machine in one run, against a stack of its own in ``var/bench``; what
matters are ratios, such as a search against a bare read of the same bytes.
"""
