"""Requests for release for programs: who asked and the originators see them."""

from typing import Any, ClassVar

from apps.access.api import ScopedViewSet
from apps.rifc.api import shapes
from apps.rifc.models import ReleaseRequest
from apps.rifc.queries import releases as queries


class ReleaseRequestViewSet(ScopedViewSet):
    """Requests to pass a report on; they begin at the report (actions/request_release)."""

    model, serializer_class, noun = ReleaseRequest, shapes.ReleaseRequestSerializer, "release_request"
    related = ("report", "owner")
    filters: ClassVar[dict[str, Any]] = {"state": "state", "purpose": "purpose"}

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Each with the answers that the caller may know."""
        found = queries.answers(self.actor, rows)
        for row in rows:
            row.answers = found[row.pk]
        return rows
