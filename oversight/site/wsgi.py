"""The WSGI application, for gunicorn: the web's database role unless another is named."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.site.settings")
os.environ.setdefault("OVERSIGHT_ROLE", "web")
application = get_wsgi_application()
