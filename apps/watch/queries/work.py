"""What of the watch waits for a seat, for My work."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import DECIDES, WORKS, Actor
from apps.people.queries.work import Ask, Facts, WorkRow, day, moment, same_for_a_seat
from apps.rifc.rules.facts import RESTRICTED
from apps.watch import policy, titles
from apps.watch.models import Bulletin, BulletinReceipt, Digest, Watch


@same_for_a_seat
def receipts(actor: Actor) -> Iterator[Ask]:
    """Bulletins, and ends of bulletins, of which the desk has still to say that it knows."""
    if actor.function not in policy.CISNET or actor.rank < WORKS:
        return
    rows = BulletinReceipt.objects.visible_to(actor).filter(
        desk_id=actor.desk_id, state__in=sorted(BulletinReceipt.WAITING)
    )
    columns = {
        "number": F("bulletin__number"), "key": F("bulletin_id"), "due": F("due"), "tlp": F("bulletin__tlp"),
        "of_end": F("of_end"), "title": F("bulletin__title"),
    }  # fmt: skip
    yield Ask(rows, ["due", "pk"], columns, lambda facts: [_receipt(facts)])


def _receipt(facts: Facts) -> WorkRow:
    title = (
        _("A bulletin is cancelled: %(title)s")
        if facts["of_end"]
        else pgettext("words, watch", "Read the bulletin: %(title)s")
    )
    return WorkRow(
        title=title % {"title": facts["title"]},
        url=reverse("watch:bulletin", args=[facts["key"]]),
        due=moment(facts["due"]),
        detail=f"TLP:{facts['tlp']}",
        kind="flag",
        code=facts["number"],
        act=pgettext("button, watch", "Read"),
        place=reverse("watch:bulletins"),
    )


@same_for_a_seat
def to_issue(actor: Actor) -> Iterator[Ask]:
    """Drafts that wait for who decides at the desk."""
    if not {actor.function, actor.desk_code} & policy.ISSUERS or actor.rank < DECIDES:
        return
    mine = Q(level__gt=RESTRICTED, written_by__contains=[actor.user_id])
    rows = Bulletin.objects.visible_to(actor).filter(state=Bulletin.State.DRAFT, owner_id=actor.desk_id).exclude(mine)
    yield Ask(rows, ["-pk"], {"key": F("pk"), "title": F("title")}, lambda facts: [_draft(facts)])


def _draft(facts: Facts) -> WorkRow:
    return WorkRow(
        title=pgettext("heading, watch", "Issue “%(title)s”") % {"title": facts["title"]},
        url=reverse("watch:bulletin", args=[facts["key"]]),
        due=None,
        detail="",
        kind="flag",
        act=pgettext("button, watch", "Issue"),
        place=reverse("watch:bulletins"),
    )


@same_for_a_seat
def handovers(actor: Actor) -> Iterator[Ask]:
    """A watch of the desk that waits for its next officer."""
    if actor.function != policy.ON_DUTY or actor.rank < WORKS:
        return
    rows = Watch.objects.visible_to(actor).filter(state=Watch.State.HANDOVER, owner_id=actor.desk_id)
    rows = rows.exclude(Q(officer_id=actor.user_id) | Q(outgoing_id=actor.user_id))
    columns = {"key": F("pk"), "number": F("number"), "officer": F("officer__full_name"), "opened": F("opened_at")}
    zone = actor.time_zone
    yield Ask(rows, ["pk"], columns, lambda facts: [_handover(facts, zone)])


def _handover(facts: Facts, zone: str) -> WorkRow:
    name = titles.watch(facts["officer"], moment(facts["opened"]), zone)
    return WorkRow(
        title=pgettext("words, watch", "Take over: %(watch)s") % {"watch": name},
        url=reverse("watch:do", args=[facts["key"], "accept"]),
        due=None,
        detail="",
        kind="clock",
        code=facts["number"],
        act=pgettext("button, watch", "Take over"),
        place=reverse("watch:desk"),
    )


@same_for_a_seat
def digests(actor: Actor) -> Iterator[Ask]:
    """Digests to approve."""
    if actor.desk_code not in policy.DIGESTERS or actor.rank < DECIDES:
        return
    rows = Digest.objects.visible_to(actor).filter(state=Digest.State.REVIEW, owner_id=actor.desk_id)
    rows = rows.exclude(written_by__contains=[actor.user_id])
    yield Ask(rows, ["pk"], {"key": F("pk"), "day": F("week_to")}, lambda facts: [_digest(facts)])


def _digest(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("Approve the digest for the week to %(day)s") % {"day": titles.day_in_words(day(facts["day"]))},
        url=reverse("watch:digest", args=[facts["key"]]),
        due=None,
        detail="",
        kind="file-text",
        act=pgettext("button, watch", "Approve"),
        place=reverse("watch:digests"),
    )
