#!/usr/bin/env python
"""Management commands; those that need the database find it, or start the embedded one for their own duration."""

import gc
import importlib
import os
import sys
from typing import Any

from caricom_portal.memory import rarely
from caricom_portal.services.commands import services_for
from caricom_portal.services.homes import ServiceError

# pure functions at the command line: they answer in half the time when no application is set up for them
PURE = {
    "paxlst": "apps.manifests.management.commands.paxlst",
    "match_pairs": "apps.screening.management.commands.match_pairs",
}


def execute() -> None:
    """Run the command as Django does, and look for garbage again once it is loaded."""
    from django.core.management import ManagementUtility

    from apps.access.database_context import work_for_portal

    class Loaded(ManagementUtility):
        def fetch_command(self, subcommand: str) -> Any:
            command = super().fetch_command(subcommand)
            gc.freeze()
            gc.enable()
            return command

    work_for_portal("command")
    Loaded(sys.argv).execute()


def main() -> None:
    """Run the command named by the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caricom_portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] in PURE:
        importlib.import_module(PURE[sys.argv[1]]).Command().run_from_argv(sys.argv)
        return
    rarely()
    # what is loaded until the command begins stays to its end: rounds over it take a fifth of the start
    gc.disable()
    try:
        with services_for(sys.argv[1:]):
            execute()
    except ServiceError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
