"""The main job from end to end, for people who want to see it: ``make demo`` and ``make serve``.

A made-up unit of a real department, faces from the photographs that installed packages carry, and
20,000 templates of nobody. Everything goes through the pages, as the people would do it.
"""
