"""Lists that were sent: the same one again, layouts of sheets, drafts whose days are over."""

import datetime
from typing import Any

from apps.access.actor import Actor
from apps.manifests.models import Draft, SheetLayout, Submission
from apps.manifests.paxlst.layout import Layout


def submission_of(actor: Actor, sha256: str) -> Submission | None:
    """What the actor's desk has sent already with these bytes."""
    return Submission.objects.visible_to(actor).filter(owner_id=actor.desk_id, sha256=sha256).first()


def layouts(desk_id: int) -> dict[str, Layout]:
    """How a desk's sheets are laid out, by signature of their headings."""
    rows = SheetLayout.objects.filter(desk_id=desk_id).values_list("signature", "content")
    return {signature: Layout(content["columns"], content["orders"]) for signature, content in rows}


def forgettable_drafts(now: datetime.datetime) -> Any:
    """Drafts whose days are over."""
    return Draft.objects.filter(expires_at__lt=now).order_by("desk_id")
