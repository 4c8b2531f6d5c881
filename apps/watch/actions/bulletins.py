"""Bulletins: drafted, issued, renewed, cancelled; and ended by the clock."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.references import check_character, next_in
from apps.access.violations import BrokenRules
from apps.rifc.actions import fields as rifc_fields
from apps.rifc.actions.shares import TAIL, desks_of, refuse_unfit
from apps.rifc.models import MouMembership
from apps.rifc.queries import rule, violations, vocabulary
from apps.rifc.rules import numbers
from apps.rifc.rules.facts import RED, RESTRICTED, Facts
from apps.rifc.rules.release import invalid
from apps.watch import policy
from apps.watch.actions import fields
from apps.watch.models import Bulletin, BulletinReceipt
from apps.watch.models.bulletins import SHORT
from apps.watch.queries import bulletins as queries
from apps.watch.rules import personal

B = Bulletin.State
LOOKOUT = "lookout"
LONGEST_TEXT = 2500
"""Characters: with its facts and short form a bulletin is one printed page."""


def short_field(**more: Any) -> forms.CharField:
    """The short form."""
    return forms.CharField(
        label=pgettext_lazy("field, watch", "Short form"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("for pagers and phones, up to 480 characters: no telephone or document number, no date of birth"),
        **more,
    )


def text_field(**more: Any) -> forms.CharField:
    """The full text."""
    return forms.CharField(
        label=pgettext_lazy("field, watch", "Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        **more,
    )


GIVEN: dict[str, forms.Field] = {
    "kind": rifc_fields.Terms("bulletin_kind", label=pgettext_lazy("field, watch", "Kind")),
    "subject": rifc_fields.Terms(
        "bulletin_subject", label=pgettext_lazy("words, watch", "Lookout subject"), required=False
    ),
    "instruction": rifc_fields.Terms("bulletin_instruction", label=_("What to do")),
    "title": forms.CharField(label=pgettext_lazy("field, watch", "Title"), max_length=200),
    "text": text_field(),
    "short_text": short_field(),
    "area": forms.CharField(
        label=pgettext_lazy("field, watch", "Area"), max_length=200, help_text=_("for example: ports of Barbados")
    ),
    "classification": rifc_fields.Classification(label=pgettext_lazy("field, watch", "Classification")),
    "tlp": rifc_fields.Terms("tlp", label=pgettext_lazy("field, watch", "TLP")),
    "handling": rifc_fields.CodeList("handling", label=pgettext_lazy("field, watch", "Handling"), required=False),
    "eyes": rifc_fields.Parties(label=_("EYES: for these parties only"), required=False),
    "valid_from": fields.Moment(label=_("In force from (UTC)"), required=False, help_text=_("now, if left empty")),
    "valid_to": fields.Moment(
        label=pgettext_lazy("field, watch", "Until (UTC)"), help_text=_("90 days at most; renewal needs a decision")
    ),
    "to": rifc_fields.Desks(label=pgettext_lazy("field, watch", "To")),
}


@action(
    "bulletin.draft",
    model=Bulletin,
    label=_("Write a bulletin"),
    done=_("Began a bulletin"),
    policy=policy.may_draft,
    ends=B.DRAFT,
    takes=GIVEN,
)
def draft_bulletin(actor: Actor, _row: None, **given: Any) -> Bulletin:
    """Begin a bulletin; nobody but your desk sees it before it is issued."""
    row = Bulletin(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
        written_by=[actor.user_id],
    )
    _write(actor, row, given)
    row.save(force_insert=True)
    share(actor, row, [actor.desk_id], basis="own")
    return row


@action(
    "bulletin.revise",
    model=Bulletin,
    label=pgettext_lazy("button, watch", "Change"),
    done=_("Changed the draft of a bulletin"),
    policy=policy.may_revise,
    starts={B.DRAFT},
    ends=B.DRAFT,
    takes=GIVEN,
)
def revise_bulletin(actor: Actor, row: Bulletin, **given: Any) -> Bulletin:
    """Change a draft."""
    row.written_by = sorted({*row.written_by, actor.user_id})
    _write(actor, row, given)
    return row


def _write(actor: Actor, row: Bulletin, given: dict[str, Any]) -> None:
    """The input on the row, if it is whole: marking, audience, validity, short form."""
    now = timezone.now()
    for name in ("kind", "instruction", "title", "text", "short_text", "area", "tlp", "valid_to"):
        setattr(row, name, given[name])
    row.subject = given.get("subject") or ""
    row.level = given["classification"]
    row.valid_from = given.get("valid_from") or now
    row.to = list(given["to"])
    row.handling, row.eyes = sorted(given.get("handling") or []), sorted(given.get("eyes") or [])
    faults: dict[str, str] = {}
    if row.kind == LOOKOUT and not row.subject:
        faults["subject"] = _now("Choose the lookout subject: a person, a vehicle or a vessel.")
    if row.kind != LOOKOUT and row.subject:
        faults["subject"] = _now("Only a lookout has a person, vehicle or vessel as subject. Leave it empty.")
    if row.tlp == RED:
        faults["tlp"] = _now("TLP:RED is for named people, and a bulletin goes to desks. Choose AMBER+STRICT.")
    unknown = sorted(set(row.eyes) - set(rule.members()))
    if unknown:
        faults["eyes"] = _now("Not members of the MoU: %(codes)s.") % {"codes": ", ".join(unknown)}
    faults |= _of_validity(row.valid_from, row.valid_to, now)
    if faults:
        raise ValidationError(faults)
    facts = queries.facts(row, actor.desk_code)
    wrong = invalid(facts)
    if wrong:
        raise violations.codes("tlp", wrong)
    _audience(row, facts)
    refuse_personal_data(row.short_text)


def _of_validity(begins: datetime.datetime, ends: datetime.datetime, now: datetime.datetime) -> dict[str, str]:
    """The fault of a period, at its field."""
    days = vocabulary.detail("watch_limit", "validity")["days"]
    if ends <= now:
        return {"valid_to": _now("This time has passed. Enter a later one.")}
    if ends <= begins:
        return {"valid_to": _now("The end must be after the start.")}
    if ends - max(begins, now) > datetime.timedelta(days=days):
        said = _now("A bulletin is in force for up to %(days)s days. Enter an earlier end; it can be renewed.")
        return {"valid_to": said % {"days": days}}
    return {}


def _audience(row: Bulletin, facts: Facts) -> list[Any]:
    """The desks that are meant, all of which can receive it; errors at `to` for all that cannot."""
    desks = desks_of(row, list(row.to))  # type: ignore[arg-type]
    if not desks:
        raise ValidationError({"to": _now("Choose at least one recipient desk.")})
    refuse_unfit(facts, desks)
    return desks


def refuse_personal_data(text: str) -> None:
    """BrokenRules at `short_text` with the place of everything that looks like personal data."""
    rows = vocabulary.terms("personal_data", vocabulary.today()).items()
    patterns = [personal.Pattern(code, term.label, term.extra["pattern"]) for code, term in rows]
    places = personal.found(text, patterns)
    if places:
        said = _now(
            "Characters %(start)s to %(end)s look like %(what)s: “%(words)s”. Remove this; the full text has it."
        )
        raise BrokenRules(
            "short_text",
            [
                (
                    f"S-{one.code}",
                    said % {"start": one.start + 1, "end": one.end, "what": one.label, "words": one.words},
                )
                for one in places
            ],
        )


@action(
    "bulletin.issue",
    model=Bulletin,
    label=pgettext_lazy("button, watch", "Issue"),
    done=_("Issued a bulletin"),
    policy=policy.may_issue,
    starts={B.DRAFT},
    ends=B.ISSUED,
)
def issue_bulletin(actor: Actor, row: Bulletin) -> Bulletin:
    """Send the bulletin to its audience: all of it, or nobody if one may not have it. Each desk says that it knows."""
    now = timezone.now()
    faults = _of_validity(row.valid_from, row.valid_to, now)
    if faults:
        raise ValidationError(faults)
    desks = _audience(row, queries.facts(row, actor.desk_code))
    refuse_personal_data(row.short_text)
    _number(row, now)
    row.issued_by_id, row.issued_at = actor.user_id, now
    share(actor, row, [desk.pk for desk in desks], basis="bulletin")
    _ask(row, [desk.pk for desk in desks], now, row.kind)
    emit("watch.bulletin_issued", row, queries.told(row, [desk.pk for desk in desks]))
    return row


def _number(row: Bulletin, now: datetime.datetime) -> None:
    """The bulletin's number: gapless by year and originator, or six random characters where the party wants that."""
    series = numbers.series("bulletin", now.year, row.originator_id)
    own = rule.own_rules(row.originator_id)
    if own is None or own.number_style == MouMembership.Numbers.RUNNING:
        row.number = numbers.numbered(series, next_in(f"rifc:{series}"))
        return
    tail = "".join(secrets.choice(TAIL) for _place in range(6))
    row.number = numbers.disguised(series, tail, check_character(f"{series}{tail}"))


def _ask(row: Bulletin, desks: Iterable[int], now: datetime.datetime, period: str) -> None:
    """Ask desks anew to say that they know; what they were asked before is void."""
    waiting = BulletinReceipt.objects.filter(bulletin=row, state__in=sorted(BulletinReceipt.WAITING))
    waiting.update(state=BulletinReceipt.State.VOID)
    row.round += 1
    due = now + datetime.timedelta(minutes=vocabulary.detail("bulletin_period", period)["minutes"])
    BulletinReceipt.objects.bulk_create(
        BulletinReceipt(bulletin=row, desk_id=desk, round=row.round, of_end=period == "cancelled", sent_at=now, due=due)
        for desk in sorted(desks)
    )


@action(
    "bulletin.renew",
    model=Bulletin,
    label=pgettext_lazy("button, watch", "Renew"),
    done=_("Renewed a bulletin"),
    policy=policy.may_steer,
    starts=Bulletin.IN_FORCE,
    ends=B.RENEWED,
    takes={
        "valid_to": fields.Moment(
            label=pgettext_lazy("field, watch", "Until (UTC)"), help_text=_("90 days from now at most")
        ),
        "reason": rifc_fields.reason_field(_("Why it is still needed")),
        "text": text_field(required=False, help_text=_("only if it changes: each desk must then acknowledge again")),
        "short_text": short_field(required=False),
    },
)
def renew_bulletin(
    actor: Actor, row: Bulletin, *, valid_to: datetime.datetime, reason: str, text: str = "", short_text: str = ""
) -> Bulletin:
    """Let it hold longer. Desks are asked again only if the text has changed."""
    now = timezone.now()
    if row.valid_to <= now:
        raise ValidationError({"valid_to": _now("The bulletin has ended. Write a new one.")})
    faults = _of_validity(now, valid_to, now)
    if faults:
        raise ValidationError(faults)
    words = {"text": text or row.text, "short_text": short_text or row.short_text}
    changed = [name for name, said in words.items() if said != getattr(row, name)]
    if changed and row.level > RESTRICTED:
        said = _now("Above RESTRICTED, a second person reviews each text: cancel this bulletin and write a new one.")
        raise ValidationError({changed[0]: said})
    refuse_personal_data(words["short_text"])
    row.text, row.short_text = words["text"], words["short_text"]
    row.valid_to, row.reason, row.renewals = valid_to, reason, row.renewals + 1
    desks = queries.audience_of(row)
    if changed:
        row.edition += 1
        _ask(row, desks, now, row.kind)
    emit("watch.bulletin_renewed", row, queries.told(row, desks, step=f"r{row.renewals}"))
    return row


@action(
    "bulletin.cancel",
    model=Bulletin,
    label=pgettext_lazy("button, watch", "Cancel the bulletin"),
    done=_("Cancelled a bulletin"),
    policy=policy.may_steer,
    starts=Bulletin.IN_FORCE,
    ends=B.CANCELLED,
    takes={
        "reason": rifc_fields.reason_field(
            pgettext_lazy("field, watch", "Reason"), help_text=_("each recipient desk reads this")
        )
    },
)
def cancel_bulletin(actor: Actor, row: Bulletin, *, reason: str) -> Bulletin:
    """End it at once; each desk that has it is told and says that it knows."""
    now = timezone.now()
    row.reason, row.ended_at = reason, now
    desks = queries.audience_of(row)
    _ask(row, desks, now, "cancelled")
    emit("watch.bulletin_cancelled", row, queries.told(row, desks, step="end"))
    return row


@action(
    "bulletin.discard",
    model=Bulletin,
    label=pgettext_lazy("button, watch", "Discard"),
    done=_("Discarded a bulletin"),
    policy=policy.may_revise,
    starts={B.DRAFT},
    ends=B.CANCELLED,
    danger=True,
)
def discard_bulletin(actor: Actor, row: Bulletin) -> Bulletin:
    """Give up a draft that nobody else has seen."""
    row.ended_at = timezone.now()
    return row


@action(
    "bulletin.expire",
    model=Bulletin,
    label=pgettext_lazy("button, watch", "End"),
    done=_("Ended a bulletin after its last day"),
    policy=policy.is_clock,
    starts=Bulletin.IN_FORCE,
    ends=B.EXPIRED,
    automatic=True,
)
def expire_bulletin(actor: Actor, row: Bulletin, *, now: datetime.datetime) -> Bulletin:
    """Its end has passed: out of the active list, and nobody is asked any more."""
    row.ended_at = now
    waiting = BulletinReceipt.objects.filter(bulletin=row, state__in=sorted(BulletinReceipt.WAITING))
    waiting.update(state=BulletinReceipt.State.VOID)
    return row
