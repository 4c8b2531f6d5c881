"""The region's register as an app: who takes part in what, who is bound by what, since when."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Region(AppConfig):
    """Declares what follows by itself, and whose files the register keeps."""

    name = "apps.region"
    verbose_name = _("Region")

    def ready(self) -> None:
        """Import actions, listeners and clock; say who sees the files of which records."""
        from apps.files import owners
        from apps.region import actions, tasks, telling  # noqa: F401 - importing declares them
        from apps.region.models import Instrument, InstrumentParty
        from apps.region.queries import evidence

        owners.register("region.participation", evidence.participations)
        owners.register("region.track", evidence.tracks)
        owners.register("region.instrument", Instrument.objects.visible_to)
        owners.register("region.instrumentparty", InstrumentParty.objects.visible_to)
