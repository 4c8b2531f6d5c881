"""Operations as an app: its gate has to stand before the first request."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Operations(AppConfig):
    """Declares actions, and closes what is switched off in the API and at the sockets of texts."""

    name = "apps.operations"
    verbose_name = _("Operation of the portal")  # type: ignore[assignment]

    def ready(self) -> None:
        """Import actions, stand at the door."""
        from apps.access import permissions
        from apps.coedit import rights
        from apps.operations import actions, gate  # noqa: F401 - importing declares them

        permissions.GATES.append(gate.api_room_is_open)
        rights.GATES.append(gate.texts_closed_to)
