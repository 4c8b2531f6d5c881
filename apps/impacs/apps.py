"""The agency's work as an app: its listeners have to be known before a decision comes into force."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Impacs(AppConfig):
    """Declares what follows by itself."""

    name = "apps.impacs"
    verbose_name = _("Implementation")

    def ready(self) -> None:
        """Import listeners, clocks and what waits for a seat; say who sees the files of which records."""
        from apps.files import owners
        from apps.impacs import calendar, listeners, searching, tasks, telling, waiting  # noqa: F401 - importing declares them
        from apps.impacs.models import Evidence, Task

        owners.register("impacs.evidence", Evidence.objects.visible_to)
        # files of a task are for those who work on it; what it brings forth for others is a paper
        owners.register("impacs.task", lambda actor: Task.objects.visible_to(actor, "work"))
        searching.offer()
