"""The sharing of reports as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig


class Rifc(AppConfig):
    """Declares what follows by itself."""

    name = "apps.rifc"

    def ready(self) -> None:
        """Import actions and listeners; say who sees and reads files of reports, and what search finds."""
        from apps.exchange import lines
        from apps.files import owners
        from apps.rifc import actions, listeners, searching, tasks, waiting  # noqa: F401 - importing declares them
        from apps.rifc.actions import reading
        from apps.rifc.models import Report
        from apps.rifc.queries.asking import CisnetLine

        owners.register("rifc.report", Report.objects.visible_to, opened=reading.open_file)
        lines.register(CisnetLine())
        searching.offer()
