"""Write the table of permissions anew: `python -m tests.permissions`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from forum.limits import Rules  # noqa: E402
from tests.permissions.acts import ACTS  # noqa: E402
from tests.permissions.table import TABLE, render  # noqa: E402

TABLE.write_text(render(ACTS, Rules()), encoding="utf-8")
