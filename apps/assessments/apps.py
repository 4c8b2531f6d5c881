"""Joint threat assessments as an app: its listeners have to be known before anything happens that they wait for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Assessments(AppConfig):
    """Declares what follows by itself."""

    name = "apps.assessments"
    verbose_name = _("Joint threat assessments")  # type: ignore[assignment]

    def ready(self) -> None:
        """Import actions and listeners; open the line of calls; say who writes and reads the text of sections."""
        from apps.assessments import actions, listeners, tasks, waiting  # noqa: F401 - importing declares them
        from apps.assessments.lines import CallLine
        from apps.assessments.queries import views
        from apps.assessments.queries.rights import grant
        from apps.coedit import rights
        from apps.exchange import lines
        from apps.rifc.queries import standing
        from apps.taxii.queries import views as programs

        lines.register(CallLine())
        programs.register("jta", views.of_reports)
        standing.register("jta", views.standing)
        rights.register(grant)
