#!/usr/bin/env python
"""Management commands; those that need the database find it, or start the embedded one for their own duration."""

import os
import sys

from caricom_portal.services.commands import services_for
from caricom_portal.services.homes import ServiceError


def main() -> None:
    """Run the command named by the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caricom_portal.settings")
    try:
        with services_for(sys.argv[1:]):
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except ServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
