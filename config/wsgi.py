"""What a WSGI server loads: `config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# What was loaded stays for good, so the collector need not go through it again: 150 ms in the midst of a page.
gc.freeze()
