"""Lists before they are sent: drafts and the layouts of sheets. What a desk keeps nobody else sees."""

import datetime
import hashlib
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.files.actions import purged
from apps.files.models import Purge
from apps.manifests import policy
from apps.manifests.actions.submissions import cleaned
from apps.manifests.models import Draft, SheetLayout
from apps.manifests.queries import dated

S = Draft.State
A_ROUND = 500


def _end() -> datetime.datetime:
    now = timezone.now()
    return now + datetime.timedelta(days=dated.days_drafts_are_kept(now.date()))


@action(
    "draft.begin",
    model=Draft,
    label=_("Save as draft"),
    done=_("Saved a draft of a list"),
    policy=policy.may_keep,
    ends=S.OPEN,
)
def begin_list_draft(
    actor: Actor,
    _row: None,
    *,
    kind: str,
    title: str = "",
    raw: bytes | None = None,
    content_type: str = "",
    content: dict[str, Any] | None = None,
    amends: Any = None,
) -> Draft:
    """Keep a file or a form that is not sent yet, for the days of the rule in force."""
    draft: Draft = Draft.objects.create(
        desk_id=actor.desk_id,
        kind=kind,
        title=cleaned(title)[:120],
        raw=raw,
        content_type=content_type[:100],
        content=cleaned(content or {}),
        amends_id=amends,
        expires_at=_end(),
    )
    return draft


@action(
    "draft.change",
    model=Draft,
    label=_("Save as draft"),
    done=_("Changed a draft of a list"),
    policy=policy.may_keep,
    starts={S.OPEN},
    ends=S.OPEN,
)
def change_list_draft(actor: Actor, draft: Draft, *, content: dict[str, Any], title: str = "") -> Draft:
    """Keep what was typed so far; its days begin anew."""
    draft.content, draft.title, draft.expires_at = cleaned(content), cleaned(title)[:120], _end()
    return draft


@action(
    "draft.drop",
    model=Draft,
    label=pgettext_lazy("button, manifests", "Discard draft"),
    done=_("Discarded a draft of a list"),
    policy=policy.may_keep,
    starts={S.OPEN},
    ends=S.DROPPED,
)
def drop_list_draft(actor: Actor, draft: Draft) -> Draft:
    """Throw a draft away: what was in it is gone at once."""
    return _emptied(draft)


@action(
    "draft.finish",
    model=Draft,
    label=pgettext_lazy("button, jrcc", "Sent"),
    done=_("Sent the lists of a draft"),
    policy=policy.may_keep,
    starts={S.OPEN},
    ends=S.SENT,
)
def finish_list_draft(actor: Actor, draft: Draft, *, sent: list[str]) -> Draft:
    """Say that its lists were sent (`sent`: their keys): what was in it is kept with them alone."""
    _emptied(draft).content = {"sent": sent}
    return draft


def _emptied(draft: Draft) -> Draft:
    draft.raw, draft.content = None, {}
    return draft


@action(
    "layout.keep",
    model=SheetLayout,
    label=_("Remember the columns"),
    done=_("Remembered the columns of a sheet"),
    policy=policy.may_keep,
    ends="kept",
)
def save_layout(
    actor: Actor, _row: None, *, signature: str, columns: dict[str, str], orders: dict[str, str]
) -> SheetLayout:
    """Remember for your desk what the columns of such a sheet mean; the next one is read by it."""
    row: SheetLayout
    row, _new = SheetLayout.objects.update_or_create(
        desk_id=actor.desk_id, signature=signature, defaults={"content": {"columns": columns, "orders": orders}}
    )
    return row


@action(
    "purge.drafts",
    model=Purge,
    label=_("Delete expired drafts"),
    done=_("Deleted drafts whose time was over"),
    policy=policy.may_process,
    ends="done",
    automatic=True,
)
def delete_list_drafts(actor: Actor, _row: None, *, desk_id: int, now: datetime.datetime) -> Purge:
    """Remove a desk's drafts whose days are over, whatever became of them; counts and hashes stay told."""
    rows = list(Draft.objects.select_for_update().filter(desk_id=desk_id, expires_at__lt=now).order_by("pk")[:A_ROUND])
    hashes = [hashlib.sha256(bytes(row.raw or b"") + str(row.content).encode()).hexdigest() for row in rows]
    Draft.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return purged(Draft._meta.label_lower, desk_id, len(rows), hashes, now)
