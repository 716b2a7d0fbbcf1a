"""The WSGI application that a server such as Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decider.settings")
application = get_wsgi_application()
