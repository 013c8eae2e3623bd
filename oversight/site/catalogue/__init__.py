"""The catalogue of translations: found in the sources, checked, and compiled, without GNU gettext.

``python -m oversight.site.catalogue compile`` is a step of set-up, ``check`` one of ``make check``;
``update`` brings ``oversight/site/locale/es/LC_MESSAGES/django.po`` in step with the sources, with
empty translations for what is new.
"""
