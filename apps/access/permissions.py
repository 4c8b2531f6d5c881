"""Who may call the API at all; what he may see and do is decided by the doors."""

from typing import Any

from rest_framework.permissions import BasePermission


class HasActor(BasePermission):
    """Somebody on a seat asks; a person without a seat sees nothing."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """True with an actor."""
        return request._request.actor is not None
