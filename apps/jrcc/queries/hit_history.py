"""What was done to a hit, as its page tells it."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.audit.models import AuditRecord
from apps.audit.sentences import knows_name
from apps.jrcc.models import Hit

AUTOMATIC = ".automation"
"""End of the codes of desks at which the portal itself works."""
DONE = {
    "hit.raise": ("alert", pgettext_lazy("words, jrcc", "Hit raised")),
    "hit.claim": ("user-check", pgettext_lazy("words, jrcc", "Claimed")),
    "hit.release": ("undo", pgettext_lazy("event, jrcc", "Released")),
    "hit.dismiss": ("minus", gettext_lazy("Dismissed: not a match")),
    "hit.refer": ("send", pgettext_lazy("words, jrcc", "Referred")),
    "hit.refer_further": ("send", gettext_lazy("Referred to another State")),
    "hit.agree": ("user-check", gettext_lazy("Second review: not a match")),
    "hit.escalate": ("timer", gettext_lazy("Overdue: approvers notified")),
    "hit.hand_over": ("user-check", gettext_lazy("Taken over with the watch")),
    "hit.acknowledge_too": ("eye", gettext_lazy("Acknowledged by another State")),
    "hit.acknowledge": ("eye", gettext_lazy("Acknowledged by the State")),
    "hit.clear": ("user-check", gettext_lazy("Recorded as a false match for later journeys")),
    "hit.record_outcome": ("circle-check", pgettext_lazy("words, jrcc", "Outcome recorded")),
    "hit.reopen": ("history", pgettext_lazy("words, jrcc", "Reopened")),
    "hit.withdraw": ("x", gettext_lazy("Withdrawn: the traveller left the manifest, or the entry ended")),
    "hit.narrow": ("pen", gettext_lazy("Narrowed: fewer States can use the entry")),
    "hit.leave_out": ("x", gettext_lazy("Withdrawn: fewer States can use the entry")),
    "hit.lapse": ("x", gettext_lazy("Withdrawn: the source's answer no longer applies")),
    "hit.warn": ("alert", gettext_lazy("Notified: the entry is suspended")),
    "hit.observe": ("pen", gettext_lazy("Screened again after a change")),
}
"""What the history says of each act: picture and words; other acts are named by their verb."""


def history_of(actor: Actor, hit: Hit) -> list[dict[str, Any]]:
    """Acts on the hit that this actor may read in the audit, newest first."""
    rows = AuditRecord.objects.visible_to(actor).filter(
        object_type="jrcc.hit", object_id=str(hit.pk), outcome=AuditRecord.Outcome.DONE
    )
    return [_act(actor, row) for row in rows.order_by("-pk")[:40]]


def _act(actor: Actor, row: AuditRecord) -> dict[str, Any]:
    picture, title = DONE.get(row.verb, ("dot", row.verb))
    named = f"{row.person}, {row.desk}" if knows_name(row, actor) else row.desk
    who = pgettext("words, jrcc", "you") if row.seat_id == actor.seat_id else named
    if row.desk.endswith(AUTOMATIC):
        who = pgettext("words, jrcc", "the portal")
    return {"title": title, "picture": picture, "at": row.at, "who": who}
