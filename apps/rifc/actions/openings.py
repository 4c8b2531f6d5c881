"""Opening a sealed text: one asks, two holders of their State release a share each, for that reader alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also, emit
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.rifc import policy
from apps.rifc.actions import fields, sealing
from apps.rifc.actions.event_facts import about
from apps.rifc.models import Opening, ReleasedShare, Report, SealedShare, SealedText
from apps.rifc.queries import sealed_texts as queries
from apps.rifc.refusals import Refusals
from apps.sealing.models import HolderKey
from apps.sealing.queries import holders_of
from apps.sealing.rules import envelopes, points

O = Opening.State  # noqa: E741
WRAPPED = {
    "enc": forms.CharField(max_length=88, widget=forms.HiddenInput),
    "share": forms.CharField(max_length=70, widget=forms.HiddenInput),
}


@action(
    "opening.ask",
    model=Opening,
    label=_("Ask to open the text"),
    done=_("Asked to open a sealed text"),
    policy=policy.may_ask_opening,
    ends=O.ASKED,
    takes={
        "why": fields.reason_field(pgettext_lazy("field, rifc", "Reason"), 300),
        "public": forms.CharField(max_length=88, widget=forms.HiddenInput, help_text=_("key of the reader's browser")),
    },
)
def ask_sealed_opening(actor: Actor, _row: None, *, of: Report, why: str, public: str) -> Opening:
    """Ask two key holders of your State to open the text for you; the originator sees who read it."""
    report: Report = visible_or_404(Report.objects.visible_to(actor), actor, of.pk)
    text = queries.text_of(report)
    if text is None:
        raise Refused("wrong-state", Refusals.NOT_SEALED, record=report)
    shares = list(queries.usable(text.pk, actor.party_code))
    if len(shares) < envelopes.NEEDED:
        raise Refused("wrong-state", Refusals.NO_SHARES_HERE, record=report)
    try:
        points.read_point(public)
    except ValueError:
        raise ValidationError({"public": _now("Your browser made no key. Load the page again.")}) from None
    row: Opening = Opening.objects.create(
        report=report,
        text=text,
        user_id=actor.user_id,
        seat_id=actor.seat_id,
        desk_id=actor.desk_id,
        party_id=actor.party_code,
        public=public,
        why=why,
        until=timezone.now() + queries.ANSWERED_WITHIN,
    )
    told = about(report, {one.key.desk_id for one in shares}, step=str(row.pk))
    emit("rifc.opening_asked", row, told | {"level": row.level})
    return row


@action(
    "opening.release",
    model=Opening,
    label=_("Release your share"),
    done=_("Released a share of the key of a sealed text"),
    policy=policy.may_release_share,
    starts={O.ASKED},
    ends={O.ASKED, O.OPEN},
    takes=WRAPPED,
    parallel=True,
)
def release_key_share(actor: Actor, row: Opening, *, enc: str, share: str) -> Opening:
    """Let who asked read the text, together with a second holder; your share goes to their browser alone."""
    held = _held(actor, row)
    if queries.reader_of(row) is None:
        raise Refused("wrong-state", Refusals.READER_LOST_SIGHT, record=row)
    try:
        wrapped = envelopes.read_wrapped(enc, share)
    except ValueError:
        raise ValidationError({"share": _now("This is no share. Choose your key file again.")}) from None
    ReleasedShare.objects.filter(opening=row, holder_id=actor.user_id).delete()
    _drop_dead(row)
    ReleasedShare.objects.create(
        opening=row,
        holder_id=actor.user_id,
        x=held.x,
        check_hash=held.check_hash,
        enc=wrapped.enc,
        share=wrapped.share,
    )
    if ReleasedShare.objects.filter(opening=row).count() >= envelopes.NEEDED:
        now = timezone.now()
        row.state, row.opened_at, row.until = O.OPEN, now, now + queries.READ_WITHIN
        emit("rifc.opening_open", row, about(row.report, [row.desk_id], step=str(row.pk), seats=[row.seat_id]))
    return row


def _drop_dead(row: Opening) -> None:
    """Remove what was released of shares that open nothing any more: their key has ended, their holder has left."""
    alive = [one.check_hash for one in queries.usable(row.text_id, row.party_id)]
    ReleasedShare.objects.filter(opening=row).exclude(check_hash__in=alive).delete()


def _held(actor: Actor, row: Opening) -> SealedShare:
    """The actor's share of the text, in time; Refused where there is none."""
    held = queries.own_share(actor, row.text_id)
    if held is None:
        raise Refused(Refusals.NOT_A_HOLDER)
    if row.until <= timezone.now():
        raise Refused("wrong-state", Refusals.OPENING_OVER, record=row)
    return held


@action(
    "opening.refuse",
    model=Opening,
    label=pgettext_lazy("button, rifc", "Refuse"),
    done=_("Refused to open a sealed text"),
    policy=policy.may_release_share,
    starts={O.ASKED},
    ends=O.REFUSED,
    takes={"answer": fields.reason_field(pgettext_lazy("field, rifc", "Reason"), 300)},
    danger=True,
)
def refuse_sealed_opening(actor: Actor, row: Opening, *, answer: str) -> Opening:
    """Say that the text is not opened for this person now; who asked reads the reason."""
    _held(actor, row)
    row.answer = answer
    ReleasedShare.objects.filter(opening=row).delete()
    return row


@action(
    "opening.read",
    model=Opening,
    label=pgettext_lazy("button, rifc", "Read"),
    done=_("Opened a sealed text"),
    policy=policy.is_reader,
    starts={O.OPEN},
    ends=O.OPEN,
    automatic=True,
    by_readers=True,
)
def read_sealed_text(actor: Actor, row: Opening) -> Opening:
    """Note the reading before shares and text are sent to the reader's browser; the originator sees it."""
    if row.until <= timezone.now():
        raise Refused("wrong-state", Refusals.OPENING_OVER, record=row)
    do_also("rifc_report.read", None, report=row.report, channel=sealing.OPENED)
    return row


@action(
    "opening.close",
    model=Opening,
    label=pgettext_lazy("button, rifc", "Close"),
    done=_("Closed the opening of a sealed text"),
    policy=policy.is_reader,
    starts={O.ASKED, O.OPEN},
    ends=O.OVER,
)
def close_sealed_opening(actor: Actor, row: Opening) -> Opening:
    """Be done with it: the shares that were released for you are removed."""
    ReleasedShare.objects.filter(opening=row).delete()
    return row


@action(
    "opening.expire",
    model=Opening,
    label=pgettext_lazy("button, rifc", "Lapse"),
    done=_("Closed an expired opening of a sealed text"),
    policy=policy.is_clock,
    starts={O.ASKED, O.OPEN},
    ends=O.OVER,
    automatic=True,
)
def expire_sealed_opening(actor: Actor, row: Opening) -> Opening:
    """Nobody answered in time, or the time to read is over; shares that were released are removed."""
    ReleasedShare.objects.filter(opening=row).delete()
    return row


@action(
    "sealed_share.give",
    model=SealedShare,
    label=_("Seal it for a State"),
    done=_("Sealed a text for the holders of a State"),
    policy=policy.may_ask_opening,
    ends="kept",
    takes={
        "party": forms.CharField(label=pgettext_lazy("field, rifc", "State"), max_length=8),
        "shares": forms.JSONField(widget=forms.HiddenInput),
    },
)
def give_key_shares(actor: Actor, _row: None, *, of: Opening, party: str, shares: Any) -> SealedShare:
    """Give all holders of a State new shares of a text that two of yours have opened for you.

    Of one's own State always, where a key was lost or is new; of others for the originator alone.
    """
    opening = visible_or_404(Opening.objects.visible_to(actor).select_related("report", "text"), actor, of.pk)
    if opening.user_id != actor.user_id or opening.state != O.OPEN or opening.until <= timezone.now():
        raise Refused("wrong-state", Refusals.OPENING_OVER, record=opening)
    report: Report = visible_or_404(Report.objects.visible_to(actor), actor, opening.report_id)
    if party != actor.party_code and not policy.may_change(actor, report) and not policy.may_steer(actor, report):
        raise Refused(Refusals.NOT_ORIGINATOR)
    try:
        given = envelopes.read_shares(shares)
    except ValueError as wrong:
        raise ValidationError({"shares": sealing.FAULTS[str(wrong)]}) from wrong
    holders = holders_of([party]).get(party, [])
    if not holders or {one.pk for one in holders} != {one.key for one in given}:
        said = _now("%(party)s has no such keys in force. Load the page again.")
        raise ValidationError({"party": said % {"party": party[:8]}})
    text: SealedText = SealedText.objects.select_for_update().get(pk=opening.text_id)
    SealedShare.objects.filter(text=text, party=party).delete()
    # shares of the old line do not go together with new ones: who waits for a second one is asked for both again
    halves = ReleasedShare.objects.filter(opening__text=text, opening__party=party, opening__state=O.ASKED)
    halves.delete()
    return sealing.keep_shares(text, party, given, holders)[0]


@action(
    "sealed_share.rewrap",
    model=SealedShare,
    label=_("Carry it over to the newer key"),
    done=_("Carried a share over to a newer key"),
    policy=policy.may_rewrap,
    starts={"kept"},
    ends="kept",
    takes=WRAPPED,
)
def rewrap_key_share(actor: Actor, row: SealedShare, *, enc: str, share: str) -> SealedShare:
    """Put your share of a text under your newer key; nobody else is needed for it."""
    newer = HolderKey.objects.filter(user_id=actor.user_id, party=row.party_id, state="in_force").first()
    if newer is None or newer.pk == row.key_id or row.key.state not in queries.USABLE:
        raise Refused("wrong-state", Refusals.NO_NEWER_KEY)
    try:
        wrapped = envelopes.read_wrapped(enc, share)
    except ValueError:
        raise ValidationError({"share": _now("This is no share. Choose your key file again.")}) from None
    row.key, row.enc, row.share = newer, wrapped.enc, wrapped.share
    return row
