#!/usr/bin/env python
"""Decider's command line: `./dev manage help` lists the commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decider.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OSError) as error:
        sys.exit(f"Decider can't start: {error}")
