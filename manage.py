#!/usr/bin/env python3
"""Run a management command of the township congress program."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
