"""The read API under /api/v1/: what is published, for programs. Nothing can be written here.

Anyone may read, without a key. Editions are read through the public's own database role; rules come
from the law as it stands. A room above this one adds its lists with ``listings.register_listing``
and views made of ``reading.ReadView``.
"""
