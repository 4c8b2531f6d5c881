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

from apps.access.actor import Actor
from apps.access.broken import BrokenRules
from apps.access.doors import action, emit
from apps.access.references import check_character, next_in
from apps.access.sharing import share
from apps.rifc import wording
from apps.rifc.actions import fields as rifc_fields
from apps.rifc.actions.sharing import TAIL, desks_of, refuse_unfit
from apps.rifc.models import MouMembership
from apps.rifc.queries import rule, vocabulary
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
        label=_("Short form"),
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("for pagers and phones, up to 480 characters: no telephone or document number, no date of birth"),
        **more,
    )


def text_field(**more: Any) -> forms.CharField:
    """The full text."""
    return forms.CharField(label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8}), **more)


GIVEN: dict[str, forms.Field] = {
    "kind": rifc_fields.Terms("bulletin_kind", label=_("Kind")),
    "subject": rifc_fields.Terms("bulletin_subject", label=_("Of a lookout"), required=False),
    "instruction": rifc_fields.Terms("bulletin_instruction", label=_("What to do")),
    "title": forms.CharField(label=_("Title"), max_length=200),
    "text": text_field(),
    "short_text": short_field(),
    "area": forms.CharField(label=_("Area"), max_length=200, help_text=_("for example: ports of Barbados")),
    "classification": rifc_fields.Classification(label=_("Classification")),
    "tlp": rifc_fields.Terms("tlp", label=_("TLP")),
    "handling": rifc_fields.CodeList("handling", label=_("Handling"), required=False),
    "eyes": rifc_fields.Parties(label=_("EYES: for these parties alone"), required=False),
    "valid_from": fields.Moment(label=_("In force from (UTC)"), required=False, help_text=_("now when left out")),
    "valid_to": fields.Moment(label=_("Until (UTC)"), help_text=_("90 days at most; renewing is a decision")),
    "to": rifc_fields.Desks(label=_("To")),
}


@action(
    "bulletin.draft", model=Bulletin, label=_("Write a bulletin"), policy=policy.may_draft, ends=B.DRAFT, takes=GIVEN
)
def draft(actor: Actor, _row: None, **given: Any) -> Bulletin:
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
    label=_("Change"),
    policy=policy.may_revise,
    starts={B.DRAFT},
    ends=B.DRAFT,
    takes=GIVEN,
)
def revise(actor: Actor, row: Bulletin, **given: Any) -> Bulletin:
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
        faults["subject"] = _now("Say of what the lookout is: a person, a vehicle or a vessel.")
    if row.kind != LOOKOUT and row.subject:
        faults["subject"] = _now("Only a lookout is of a person, vehicle or vessel. Leave it empty.")
    if row.tlp == RED:
        faults["tlp"] = _now("TLP:RED is for persons by name, and a bulletin goes to desks. Choose AMBER+STRICT.")
    unknown = sorted(set(row.eyes) - set(rule.members()))
    if unknown:
        faults["eyes"] = _now("Not members of the MoU: %(codes)s.") % {"codes": ", ".join(unknown)}
    faults |= _of_validity(row.valid_from, row.valid_to, now)
    if faults:
        raise ValidationError(faults)
    facts = queries.facts(row, actor.desk_code)
    wrong = invalid(facts)
    if wrong:
        raise wording.codes("tlp", wrong)
    _audience(row, facts)
    refuse_personal_data(row.short_text)


def _of_validity(begins: datetime.datetime, ends: datetime.datetime, now: datetime.datetime) -> dict[str, str]:
    """The fault of a period, at its field."""
    days = vocabulary.detail("watch_limit", "validity")["days"]
    if ends <= now:
        return {"valid_to": _now("This moment is over. Enter a later one.")}
    if ends <= begins:
        return {"valid_to": _now("The end comes after the beginning.")}
    if ends - max(begins, now) > datetime.timedelta(days=days):
        said = _now("A bulletin holds for up to %(days)s days. Enter an earlier end; it can be renewed.")
        return {"valid_to": said % {"days": days}}
    return {}


def _audience(row: Bulletin, facts: Facts) -> list[Any]:
    """The desks that are meant, all of which can receive it; errors at `to` for all that cannot."""
    desks = desks_of(row, list(row.to))  # type: ignore[arg-type]
    if not desks:
        raise ValidationError({"to": _now("Name at least one desk that gets the bulletin.")})
    refuse_unfit(facts, desks)
    return desks


def refuse_personal_data(text: str) -> None:
    """BrokenRules at `short_text` with the place of everything that looks like personal data."""
    rows = vocabulary.terms("personal_data", vocabulary.today()).items()
    patterns = [personal.Pattern(code, term.label, term.extra["pattern"]) for code, term in rows]
    places = personal.found(text, patterns)
    if places:
        said = _now(
            "Characters %(start)s to %(end)s look like %(what)s: “%(words)s”. Take it out; the full text has it."
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
    label=_("Issue"),
    policy=policy.may_issue,
    starts={B.DRAFT},
    ends=B.ISSUED,
)
def issue(actor: Actor, row: Bulletin) -> Bulletin:
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
    label=_("Renew"),
    policy=policy.may_steer,
    starts=Bulletin.IN_FORCE,
    ends=B.RENEWED,
    takes={
        "valid_to": fields.Moment(label=_("Until (UTC)"), help_text=_("90 days from now at most")),
        "reason": rifc_fields.reason_field(_("Why it is still needed")),
        "text": text_field(required=False, help_text=_("only if it changes: then each desk is asked again")),
        "short_text": short_field(required=False),
    },
)
def renew(
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
        said = _now("Above RESTRICTED a second person looks at each text: cancel this one and write a new bulletin.")
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
    label=_("Cancel"),
    policy=policy.may_steer,
    starts=Bulletin.IN_FORCE,
    ends=B.CANCELLED,
    takes={"reason": rifc_fields.reason_field(_("Why"), help_text=_("each desk that has it reads this"))},
)
def cancel(actor: Actor, row: Bulletin, *, reason: str) -> Bulletin:
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
    label=_("Throw away"),
    policy=policy.may_revise,
    starts={B.DRAFT},
    ends=B.CANCELLED,
)
def discard(actor: Actor, row: Bulletin) -> Bulletin:
    """Give up a draft that nobody else has seen."""
    row.ended_at = timezone.now()
    return row


@action(
    "bulletin.expire",
    model=Bulletin,
    label=_("End"),
    policy=policy.is_clock,
    starts=Bulletin.IN_FORCE,
    ends=B.EXPIRED,
    automatic=True,
)
def expire(actor: Actor, row: Bulletin, *, now: datetime.datetime) -> Bulletin:
    """Its end has passed: out of the active list, and nobody is asked any more."""
    row.ended_at = now
    waiting = BulletinReceipt.objects.filter(bulletin=row, state__in=sorted(BulletinReceipt.WAITING))
    waiting.update(state=BulletinReceipt.State.VOID)
    return row
