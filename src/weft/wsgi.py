"""The site as a WSGI application, for any server; `weft serve` uses it too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weft.settings")
application = get_wsgi_application()
