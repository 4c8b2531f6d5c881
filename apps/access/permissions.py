"""Who may call the API at all; what he may see and do is decided by the doors."""

from collections.abc import Callable
from typing import Any

from rest_framework.permissions import BasePermission

GATES: list[Callable[[Any, Any], bool]] = []
"""Asked with the request and its actor before the API answers; rooms above add their own."""


class HasActor(BasePermission):
    """Somebody on a seat asks; a person without a seat sees nothing."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """True with an actor."""
        actor = request._request.actor
        return actor is not None and all(gate(request._request, actor) for gate in GATES)
