"""The WSGI application that `rsgi.py` serves."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decider.settings")
application = get_wsgi_application()

from decider.site.installation import has_secret_key  # noqa: E402 (needs Django set up)

if not has_secret_key():
    raise ImproperlyConfigured("There is no secret key yet. Run: ./dev manage prepare")
