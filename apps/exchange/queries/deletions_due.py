"""Requests that were thrown away unsent and can be forgotten; for the clock."""

import datetime
import hashlib
import json
from typing import Any

from apps.access.actor import Actor
from apps.exchange.models import Request, Subject, Variant


def forgettable(clock: Actor, before: datetime.datetime) -> Any:
    """Requests of the clock's lines that were cancelled earlier than a moment and that nobody was ever asked."""
    rows = Request.objects.visible_to(clock).filter(state=Request.State.CANCELLED, sent_at=None)
    return rows.filter(changed_at__lt=before).order_by("pk")


def hash_of(row: Request) -> str:
    """SHA-256 over the JSON of its words, in hexadecimal."""
    variants = Variant.objects.filter(request=row).order_by("order").values_list("subject", "text", "questions")
    subjects = Subject.objects.filter(request=row).order_by("kind", "pk").values_list("kind", "value")
    words = [row.subject, row.purpose, row.legal_basis, row.questions, row.reason]
    text = json.dumps([words, list(variants), list(subjects)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
