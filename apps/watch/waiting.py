"""What of the watch waits for a seat, for My desk. Importing registers it."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.people.waiting import Ask, Facts, WorkRow, moment, register
from apps.rifc.rules.facts import RESTRICTED
from apps.watch import policy
from apps.watch.models import Bulletin, BulletinReceipt, Digest, Watch


@register
def receipts(actor: Actor) -> Iterator[Ask]:
    """Bulletins, and ends of bulletins, of which the desk has still to say that it knows."""
    if actor.function not in policy.CISNET or actor.rank < WORKS:
        return
    rows = BulletinReceipt.objects.visible_to(actor).filter(
        desk_id=actor.desk_id, state__in=sorted(BulletinReceipt.WAITING)
    )
    columns = {
        "number": F("bulletin__number"), "key": F("bulletin_id"), "due": F("due"), "tlp": F("bulletin__tlp"),
        "of_end": F("of_end"),
    }  # fmt: skip
    yield Ask(rows, ["due", "pk"], columns, lambda facts: [_receipt(facts)])


def _receipt(facts: Facts) -> WorkRow:
    title = _("Bulletin %(number)s is cancelled") if facts["of_end"] else _("Read bulletin %(number)s")
    return WorkRow(
        title=title % {"number": facts["number"]},
        url=reverse("watch:bulletin", args=[facts["key"]]),
        due=moment(facts["due"]),
        detail=f"TLP:{facts['tlp']}",
        kind="flag",
        act=pgettext("verb", "Read"),
        place=reverse("watch:bulletins"),
    )


@register
def to_issue(actor: Actor) -> Iterator[Ask]:
    """Drafts that wait for who decides at the desk."""
    if not {actor.function, actor.desk_code} & policy.ISSUERS or actor.rank < DECIDES:
        return
    mine = Q(level__gt=RESTRICTED, written_by__contains=[actor.user_id])
    rows = Bulletin.objects.visible_to(actor).filter(state=Bulletin.State.DRAFT, owner_id=actor.desk_id).exclude(mine)
    yield Ask(rows, ["-pk"], {"key": F("pk"), "title": F("title")}, lambda facts: [_draft(facts)])


def _draft(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Issue “%(title)s”") % {"title": facts["title"]},
        url=reverse("watch:bulletin", args=[facts["key"]]),
        due=None,
        detail="",
        kind="flag",
        act=_("Issue"),
        place=reverse("watch:bulletins"),
    )


@register
def handovers(actor: Actor) -> Iterator[Ask]:
    """A watch of the desk that waits for its next officer."""
    if actor.function != policy.ON_DUTY or actor.rank < WORKS:
        return
    rows = Watch.objects.visible_to(actor).filter(state=Watch.State.HANDOVER, owner_id=actor.desk_id)
    rows = rows.exclude(Q(officer_id=actor.user_id) | Q(outgoing_id=actor.user_id))
    yield Ask(rows, ["pk"], {"key": F("pk"), "number": F("number")}, lambda facts: [_handover(facts)])


def _handover(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Take over watch %(number)s") % {"number": facts["number"]},
        url=reverse("watch:do", args=[facts["key"], "accept"]),
        due=None,
        detail="",
        kind="clock",
        act=_("Take over"),
        place=reverse("watch:desk"),
    )


@register
def digests(actor: Actor) -> Iterator[Ask]:
    """Digests to approve."""
    if actor.desk_code not in policy.DIGESTERS or actor.rank < DECIDES:
        return
    rows = Digest.objects.visible_to(actor).filter(state=Digest.State.REVIEW, owner_id=actor.desk_id)
    rows = rows.exclude(written_by__contains=[actor.user_id])
    yield Ask(rows, ["pk"], {"key": F("pk"), "day": F("week_to")}, lambda facts: [_digest(facts)])


def _digest(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Approve the digest to %(day)s") % {"day": facts["day"]},
        url=reverse("watch:digest", args=[facts["key"]]),
        due=None,
        detail="",
        kind="file-text",
        act=_("Approve"),
        place=reverse("watch:digests"),
    )
