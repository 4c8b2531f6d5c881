"""Signing in as an app: its listeners have to be known before anybody comes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Entrance(AppConfig):
    """Declares what follows by itself."""

    name = "apps.entrance"
    verbose_name = _("Signing in")  # type: ignore[assignment]

    def ready(self) -> None:
        """Import actions and listeners."""
        from apps.access import permissions
        from apps.entrance import actions, key_guard, listeners, mailing, tasks  # noqa: F401 - importing declares them
        from apps.entrance.queries import rule_for
        from apps.people import queries, stream_rights

        queries.KEY_GUARDS.append(key_guard.key_is_at_home)
        queries.KEY_NARROWS.append(key_guard.narrowed)
        stream_rights.SESSION_RULES.append(rule_for)
        permissions.GATES.append(key_guard.collection_is_named)
