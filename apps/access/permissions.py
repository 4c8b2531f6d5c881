"""Who may call the API at all; what they may see and do is decided by access."""

from typing import Any

from rest_framework.permissions import BasePermission

from apps.access.manifest import registry


class HasActor(BasePermission):
    """Somebody on a seat asks; a person without a seat sees nothing."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """True with an actor."""
        actor = request._request.actor
        return actor is not None and all(
            gate(request._request, actor) for gate in registry.offered("access.gates").values()
        )
