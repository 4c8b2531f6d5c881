"""What search finds of requests for information: those that one's desk has asked, and what it is asked."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.exchange.models import Request
from apps.exchange.policy import FUNCTIONS
from apps.exchange.queries import text_search
from apps.search.queries.kinds import Kind


def list_exchange_kinds() -> Iterator[Kind]:
    """They: the asking desk finds all of a request, a desk that is asked its own text alone."""
    yield Kind(
        *("request", _("Requests for information"), "message", "exchange:request"),
        rows=Request.objects.visible_to,
        text=text_search.asked_words,
        numbers=("number",),
        title="subject",
        detail="number",
        works=FUNCTIONS,
        facets={"tlp": "tlp"},
    )

    yield Kind(
        *("request_part", pgettext_lazy("words, exchange", "Requests received"), "message", "exchange:request"),
        rows=text_search.received,
        text=text_search.received_words,
        numbers=("number",),
        title=text_search.SUBJECT,
        detail="number",
        at="sent_at",
        key="request_id",
        works=FUNCTIONS,
        facets={"tlp": "tlp"},
    )
