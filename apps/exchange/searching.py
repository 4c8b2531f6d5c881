"""What search finds of requests for information: those that one's desk has asked, and what it is asked."""

from django.utils.translation import gettext_lazy as _

from apps.exchange.models import Request
from apps.exchange.policy import FUNCTIONS
from apps.exchange.queries import finding
from apps.search.kinds import Kind, register


def offer() -> None:
    """Register them: the asking desk finds all of a request, a desk that is asked its own text alone."""
    register(
        Kind(
            *("request", _("Requests for information"), "message", "exchange:request"),
            rows=Request.objects.visible_to,
            text=finding.asked_words,
            numbers=("number",),
            title="subject",
            detail="number",
            works=FUNCTIONS,
            facets={"tlp": "tlp"},
        )
    )
    register(
        Kind(
            *("request_part", _("Requests received"), "message", "exchange:request"),
            rows=finding.received,
            text=finding.received_words,
            numbers=("number",),
            title=finding.SUBJECT,
            detail="number",
            at="sent_at",
            key="request_id",
            works=FUNCTIONS,
            facets={"tlp": "tlp"},
        )
    )
