#!/usr/bin/env python
"""Start Django's commands with the project's settings."""

import os
import sys

from django.core.management import execute_from_command_line

from config.refusals import said_plainly

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with said_plainly():
        execute_from_command_line(sys.argv)
