"""Answers that were given with ORCON: what a desk may not pass on in its own words' place."""

from collections.abc import Iterable

from apps.access.actor import Actor
from apps.exchange.models import Answer
from apps.exchange.rules.quotes import Written

MOST = 500
"""Answers that a text is compared with, the newest ones."""


def originators(actor: Actor, texts: Iterable[str]) -> dict[str, str]:
    """{party: number of the request} of those whose ORCON answers to the actor's desk these texts quote. One query."""
    rows = Answer.objects.visible_to(actor).filter(orcon=True, addressee__asker=actor.desk_id).exclude(text="")
    said = rows.order_by("-pk").values_list("text", "addressee__owner__party_id", "addressee__number")[:MOST]
    written = Written(texts)
    return {party: number for words, party, number in said if written.quotes(words)}
