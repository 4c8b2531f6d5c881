"""Drafts of bulletins and digests that were thrown away and can be forgotten; for the clock."""

import datetime
from typing import Any

from apps.rifc.rules.content import digest
from apps.watch.models import Bulletin, Digest, DigestItem


def bulletins(before: datetime.datetime) -> Any:
    """Bulletins that were never issued and were thrown away earlier than a moment."""
    return Bulletin.objects.filter(state=Bulletin.State.CANCELLED, number="", changed_at__lt=before).order_by("pk")


def digests(before: datetime.datetime) -> Any:
    """Digests that were thrown away earlier than a moment."""
    return Digest.objects.filter(state=Digest.State.DISCARDED, changed_at__lt=before).order_by("pk")


def hash_of_bulletin(row: Bulletin) -> str:
    """SHA-256 over the canonical JSON of its words."""
    return digest({name: getattr(row, name) for name in ("kind", "title", "text", "short_text", "area")})


def hash_of_digest(row: Digest) -> str:
    """SHA-256 over the canonical JSON of its words."""
    items = DigestItem.objects.filter(digest=row).order_by("position", "pk").values_list("subject", "sentence")
    return digest({"intro": row.intro, "items": [[str(subject), sentence] for subject, sentence in items]})
