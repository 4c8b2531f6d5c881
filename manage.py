#!/usr/bin/env python
"""Management commands; those that need the database find it, or start the embedded one for their own duration."""

import importlib
import os
import sys

from caricom_portal.memory import rarely
from caricom_portal.services.commands import services_for
from caricom_portal.services.homes import ServiceError

# pure functions at the command line: they answer in half the time when no application is set up for them
PURE = {
    "paxlst": "apps.jrcc.management.commands.paxlst",
    "match_pairs": "apps.screening.management.commands.match_pairs",
}


def main() -> None:
    """Run the command named by the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caricom_portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] in PURE:
        importlib.import_module(PURE[sys.argv[1]]).Command().run_from_argv(sys.argv)
        return
    rarely()
    try:
        with services_for(sys.argv[1:]):
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except ServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
