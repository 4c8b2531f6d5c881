"""Requests for information for programs: a desk finds what it asks, and what it is asked."""

from typing import Any, ClassVar

from apps.access.api import ScopedViewSet, record_url
from apps.access.refusal import Refused
from apps.exchange.api import shapes
from apps.exchange.models import Addressee, Request
from apps.exchange.queries import requests as queries
from apps.exchange.refusals import Refusals


class RequestViewSet(ScopedViewSet):
    """Requests. An address names the request; each desk reads and acts on what it has of it."""

    model, serializer_class, noun, creates = Request, shapes.RfiSerializer, "rfi", "draft"
    nouns = ("rfi_addressee",)
    reads, lists = "rfi.read", "rfi.list"
    filters: ClassVar[dict[str, Any]] = {
        "box": queries.boxed,
        "state": queries.in_state,
        "priority": queries.of_priority,
        "q": queries.worded,
    }

    def get_queryset(self, before: Any = None) -> Any:
        """Requests that the caller has asked or was asked."""
        if getattr(self, "swagger_fake_view", False):
            return queries.known(None)
        return queries.known(self.actor, before).select_related("owner")

    def named(self, pk: Any, spec: Any = None) -> Any:
        """The request as the caller has it; a verb of the other side is not their."""
        row = queries.meant(self.actor, pk)
        if spec is not None and not isinstance(row, spec.model):
            if spec.model is Request:
                raise Refused(Refusals.NOT_ASKING_DESK)
            raise Refused(Refusals.NOT_ADDRESSEE)
        return row

    def prepared(self, rows: list[Any]) -> list[Any]:
        """As the caller may know them."""
        place = lambda pk: record_url("rifc-requests", pk, self.request)  # noqa: E731
        return shapes.shown(self.actor, rows, place)

    def fresh(self, row: Any) -> Any:
        """The request as it stands."""
        return queries.meant(self.actor, row.request_id if isinstance(row, Addressee) else row.pk)
