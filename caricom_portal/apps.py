"""The project itself as an app: its start checks and commands."""

import sys

from django.apps import AppConfig

from apps.access.manifest import registry
from caricom_portal.services.commands import uses_declarations


class CaricomPortal(AppConfig):
    """Stands above all apps, so it is ready last: then everything is declared."""

    name = "caricom_portal"

    def ready(self) -> None:
        """Make the Celery application known and all that the apps declare, but for commands that use none of it.

        Not at import, so that commands without applications do not pay for it.
        """
        if uses_declarations(sys.argv):
            from caricom_portal import celery  # noqa: F401 - the tasks of all apps are its

            registry.declare()
