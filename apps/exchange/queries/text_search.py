"""The words of requests: whole for the desk that asks, and for a desk that is asked those that it has."""

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import CharField, Func, OuterRef, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from apps.access.actor import Actor
from apps.exchange.models import Addressee, Question, Variant

SUBJECT = Coalesce(NullIf("variant__subject", Value("", CharField())), "request__subject")
"""A part's subject as the desk that is asked reads it."""


def received(actor: Actor) -> Any:
    """Parts of requests by which the actor's desk is asked."""
    return Addressee.objects.visible_to(actor).filter(owner_id=actor.desk_id)


def asked_words(_actor: Actor) -> SearchVector:
    """Of a request of one's own: subject, purpose, questions, each text for those asked, and what was asked later.

    The desk that asks reads all parts of what it asks.
    """
    texts = Variant.objects.filter(request=OuterRef("pk")).values("request")
    later = Question.objects.filter(addressee__request=OuterRef("pk")).values("addressee__request")
    first = Func("questions", Value(" "), function="array_to_string", output_field=TextField())
    said = (_joined(texts, "subject"), _joined(texts, "text"), _joined(later, "text"))
    return SearchVector("subject", "purpose", first, *said, config="english")


def received_words(_actor: Actor) -> SearchVector:
    """Of one's own part: its subject, text and questions, and the purpose; nothing that others are asked."""
    asked = Question.objects.filter(addressee=OuterRef("pk")).values("addressee")
    return SearchVector(SUBJECT, "variant__text", "request__purpose", _joined(asked, "text"), config="english")


def _joined(rows: Any, column: str) -> Any:
    joined = rows.annotate(_joined=StringAgg(column, Value(" "), output_field=TextField()))
    return Coalesce(Subquery(joined.values("_joined")), Value(""), output_field=TextField())
