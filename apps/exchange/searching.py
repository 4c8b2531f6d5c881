"""What search finds of requests for information: those that one's own desk has asked."""

from django.contrib.postgres.search import SearchVector
from django.utils.translation import gettext_lazy as _

from apps.exchange.models import Request
from apps.exchange.policy import FUNCTIONS
from apps.search.kinds import Kind, register


def offer() -> None:
    """Register them. What a desk is asked it has in a text of its own, which is not searched."""
    register(
        Kind(
            *("request", _("Requests for information"), "message", "exchange:request"),
            rows=Request.objects.visible_to,
            text=SearchVector("subject", "purpose", config="english"),
            numbers=("number",),
            title="subject",
            detail="number",
            works=FUNCTIONS,
            facets={"tlp": "tlp"},
        )
    )
