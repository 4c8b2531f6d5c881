"""Asking originators to let somebody else have a report; each decides, silence is never consent."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import share as grant
from apps.access.grants import unshare
from apps.access.ids import uuid7
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.notices.queries import working_day_after
from apps.people.queries import desk_ids
from apps.rifc import policy
from apps.rifc.actions import fields
from apps.rifc.actions.event_facts import about
from apps.rifc.actions.shares import desks_of, number_of, refuse_unfit, retention_of, send
from apps.rifc.models import Paragraph, Receipt, ReleaseDecision, ReleaseRequest, Report
from apps.rifc.queries import rule, texts, violations, vocabulary
from apps.rifc.refusals import Refusals
from apps.rifc.rules.facts import EXTERNAL, RED, Facts, Finding, Target, Verdict, Viewer
from apps.rifc.rules.onward import ASK, ASK_ALL, BY_NPC, BY_RELEASING, FORBIDDEN, onward

Q = ReleaseRequest.State
D = ReleaseDecision.Answer
ANSWERS = {"approve": D.APPROVED, "sanitise": D.SANITISED, "refuse": D.REFUSED}
ASKS = frozenset({ASK, ASK_ALL, BY_NPC, BY_RELEASING})


@action(
    "release_request.submit",
    model=ReleaseRequest,
    label=pgettext_lazy("button, rifc", "Request release"),
    done=_("Asked for the release of a report"),
    policy=policy.may_ask,
    ends=Q.SUBMITTED,
    takes={
        "to": fields.Desks(label=pgettext_lazy("field, rifc", "To"), required=False),
        "external": forms.CharField(label=_("Body outside the portal"), required=False, max_length=200),
        "purpose": fields.Terms("purpose", label=pgettext_lazy("field, rifc", "Purpose")),
        "note": fields.reason_field(pgettext_lazy("field, rifc", "Intended use"), required=False),
        "portion": fields.Codes(
            label=pgettext_lazy("field, rifc", "Paragraphs"),
            required=False,
            help_text=_("paragraph ids; leave empty for all"),
        ),
        "needed_by": fields.moment_field(_("Needed by (UTC)"), help_text=_("the request expires at this time")),
    },
)
def submit_release_request(
    actor: Actor,
    _row: None,
    *,
    of: Report,
    purpose: str,
    to: Iterable[str] = (),
    external: str = "",
    note: str = "",
    portion: Iterable[str] = (),
    needed_by: datetime.datetime | None = None,
) -> ReleaseRequest:
    """Ask every originator whose material it is; who is outside of EYES or NOASSOC is refused at once."""
    report: Report = visible_or_404(Report.objects.visible_to(actor), actor, of.pk)
    if report.state not in {Report.State.SHARED, Report.State.SUPERSEDED, Report.State.APPROVED}:
        raise Refused("wrong-state", record=report)
    facts, viewer = rule.facts(report), rule.viewer_of(actor)
    desks = desks_of(report, list(to))
    if not desks and not external:
        raise ValidationError({"to": _now("Enter a desk or a body outside the portal.")})
    originators = _asked(facts, viewer, desks, external)
    refuse_unfit(facts, desks)
    now = timezone.now()
    row: ReleaseRequest = ReleaseRequest.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=report.level,
        report=report,
        report_desk_id=report.owner_id,
        report_originator_id=report.originator_id,
        originators=sorted(originators),
        asked_by_id=actor.user_id,
        targets=[desk.code for desk in desks],
        external=external,
        purpose=purpose,
        note=note,
        portion=_portion(report, list(portion)),
        due_at=_lapses(report.originator_id, now, needed_by),
    )
    ReleaseDecision.objects.bulk_create(ReleaseDecision(request=row, party_id=party) for party in sorted(originators))
    grant(actor, row, {actor.desk_id, *_deciders(row)}, basis="release request")
    emit("rifc.release_requested", row, about(report, _deciders(row)))
    return row


def _asked(facts: Facts, viewer: Viewer, desks: list[Any], external: str) -> set[str]:
    """The parties that have to agree; BrokenRules where nobody may be asked, or nobody need be."""
    targets: dict[str, Target] = rule.targets(desk.code for desk in desks)
    if external:
        targets[external] = Target(EXTERNAL, external)
    found: dict[str, Verdict] = {code: onward(facts, viewer, target) for code, target in targets.items()}
    wrong = [Finding(one.rule, code) for code, one in found.items() if one.result not in ASKS]
    if any(one.result == FORBIDDEN and one.rule == "O01" for one in found.values()):
        raise Refused("not-visible")
    wrong += [Finding(one.rule, code) for code, one in found.items() if one.result in {BY_NPC, BY_RELEASING}]
    if wrong:
        raise violations.broken("to", wrong)
    third = {
        party
        for code in found
        if found[code].result == ASK_ALL
        for party in facts.third_parties - {targets[code].party}
    }
    own = viewer.party == facts.originator
    return third if own else third | {facts.originator}


def _portion(report: Report, ids: list[str]) -> list[uuid.UUID]:
    """Ids of paragraphs of the report; "all", or none, is everything."""
    if not ids or ids == ["all"]:
        return []
    known = {str(pid) for pid in Paragraph.objects.filter(report=report).values_list("pid", flat=True)}
    if set(ids) - known:
        raise ValidationError({"portion": _now("These paragraphs are not in this report. Check their ids.")})
    return [uuid.UUID(one) for one in dict.fromkeys(ids)]


def _lapses(party: str, now: datetime.datetime, needed_by: datetime.datetime | None) -> datetime.datetime:
    """When it is needed, at the latest after the working days of the list, by the originator's calendar."""
    if needed_by is not None and needed_by <= now:
        raise ValidationError({"needed_by": _now("This time is past. Enter a later one, or leave it empty.")})
    day = working_day_after(now.date(), vocabulary.detail("period", "release")["working_days"], party)
    latest = now.replace(year=day.year, month=day.month, day=day.day)
    return min(latest, needed_by) if needed_by else latest


def _deciders(row: ReleaseRequest) -> set[int]:
    """Desks that decide: the report's own, and where another party decides, its contact and intelligence desks."""
    others = [party for party in row.originators if party != row.report_originator_id]
    codes = [f"{party}.{name}" for party in others for name in ("contact", "intelligence", "analysis")]
    own = {row.report_desk_id} if row.report_originator_id in row.originators else set()
    return own | set(desk_ids(*codes))


@action(
    "release_request.decide",
    model=ReleaseRequest,
    label=pgettext_lazy("button, rifc", "Decide"),
    done=_("Answered a request for release"),
    policy=policy.may_decide_request,
    starts=ReleaseRequest.OPEN,
    ends={Q.PARTLY_DECIDED, Q.APPROVED, Q.APPROVED_SANITISED, Q.REFUSED},
    takes={
        "decision": forms.ChoiceField(
            label=pgettext_lazy("field, rifc", "Decision"),
            choices=[
                ("approve", pgettext_lazy("choice, rifc", "Agree")),
                ("sanitise", _("Approve a variant only")),
                ("refuse", pgettext_lazy("choice, rifc", "Refuse")),
            ],
            widget=forms.RadioSelect,
        ),
        "reason": fields.reason_field(
            pgettext_lazy("field, rifc", "Reason"),
            required=False,
            help_text=_("a code from the list, or text that stays within your party"),
        ),
        "conditions": fields.reason_field(_("Conditions for the new recipients"), 300, required=False),
        "variant": forms.CharField(
            label=pgettext_lazy("field, rifc", "Approved variant"),
            required=False,
            max_length=40,
            help_text=_("id of the report to release instead"),
        ),
    },
)
def decide_release_request(
    actor: Actor, row: ReleaseRequest, *, decision: str, reason: str = "", conditions: str = "", variant: str = ""
) -> ReleaseRequest:
    """Answer for your party. The report goes when every originator has agreed; one refusal ends it."""
    mine = ReleaseDecision.objects.select_for_update().get(request=row, party=actor.party_code)
    if mine.answer != D.WAITING:
        raise Refused("wrong-state", Refusals.DECIDED_ALREADY, record=row)
    if decision == "sanitise":
        row.variant = _variant(actor, row, variant)
    mine.answer, mine.reason, mine.conditions = ANSWERS[decision], reason, conditions
    mine.code = reason if reason in dict(vocabulary.choices("refusal")) else "not_further_specified"
    mine.at, mine.by_seat_id = timezone.now(), actor.seat_id
    mine.save()
    _settle(actor, row, mine)
    if row.state not in ReleaseRequest.OPEN:
        row.decided_at = timezone.now()
        emit("rifc.release_decided", row, about(row.report, [row.owner_id]))
    return row


def _variant(actor: Actor, row: ReleaseRequest, pk: str) -> Report:
    """A variant of the report that a second person has approved."""
    rows = Report.objects.visible_to(actor).filter(variant_of__thread=row.report.thread)
    try:
        found: Report = visible_or_404(rows, actor, pk)
    except Refused:
        found = Report()
    if found.state not in {Report.State.APPROVED, Report.State.SHARED}:
        raise ValidationError({"variant": _now("Write a variant and have it approved first, then enter it here.")})
    return found


def _settle(actor: Actor, row: ReleaseRequest, mine: ReleaseDecision) -> None:
    """The state that follows from all answers, and what it brings about."""
    answers = list(ReleaseDecision.objects.filter(request=row).values_list("answer", flat=True))
    if mine.answer == D.REFUSED:
        row.state, row.reason = Q.REFUSED, mine.code
    elif D.WAITING in answers:
        row.state = Q.PARTLY_DECIDED
    else:
        given = ReleaseDecision.objects.filter(request=row).exclude(conditions="").order_by("party")
        row.conditions = "\n".join(given.values_list("conditions", flat=True))[:1000]
        row.state = Q.APPROVED_SANITISED if D.SANITISED in answers else Q.APPROVED
        _let_go(actor, row)


def _let_go(actor: Actor, row: ReleaseRequest) -> None:
    """Give the report, its variant, or the part asked for to the targets; an unshared one is shared by its own desk."""
    going: Report = Report.objects.select_for_update(of=("self",)).get(pk=row.variant_id or row.report_id)
    if row.variant_id is None and going.state == Report.State.APPROVED:
        return
    if row.portion and row.variant_id is None:
        going = row.variant = _extract(actor, going, row.portion)
    if going.tlp == RED:
        raise ValidationError(
            {
                "decision": _now(
                    "TLP:RED goes only to named people. Approve a variant, or write a version that names more."
                )
            }
        )
    if going.state == Report.State.APPROVED:
        if texts.digest(going) != going.content_sha256:
            raise Refused("wrong-state", Refusals.NOT_WHAT_WAS_APPROVED, record=row)
        _share_variant(going)
    elif going.state not in {Report.State.SHARED, Report.State.SUPERSEDED}:
        raise Refused("wrong-state", record=row)
    desks = desks_of(going, row.targets)
    refuse_unfit(rule.facts(going), desks)
    have = Receipt.objects.filter(report=going, user=None).exclude(state="withdrawn").values_list("desk", flat=True)
    new = [desk for desk in desks if desk.pk not in set(have)]
    send(actor, going, new, f"release:{row.pk}", timezone.now(), None, row.conditions)
    also("rifc_report.release", going, request=str(row.pk))
    emit("rifc.shared", going, about(going, [desk.pk for desk in new]))


def _extract(actor: Actor, whole: Report, portion: list[uuid.UUID]) -> Report:
    """A variant that holds nothing but the paragraphs asked for, approved by who decides."""
    if whole.sealed:
        said = _now("The text is sealed: no part of it can be taken out here. Agree to a variant that you write.")
        raise ValidationError({"decision": said})
    chosen = list(Paragraph.objects.filter(report=whole, pid__in=portion).order_by("order"))
    made = Report.objects.get(pk=whole.pk)
    made.pk, made.thread, made.edition = uuid7(), uuid7(), 1
    made._state.adding = True
    made.variant_of, made.version, made.state = whole, 1, Report.State.APPROVED
    made.number = made.register_number = made.summary = ""
    made.level = max([whole.title_level, *(one.portion for one in chosen)])
    made.words = "\n".join(one.text for one in chosen)
    made.approved_by_id, made.approved_at, made.shared_at = actor.user_id, timezone.now(), None
    made.save(force_insert=True)
    for order, one in enumerate(chosen, start=1):
        one.pk, one.report, one.order = uuid7(), made, order
        one._state.adding = True
    Paragraph.objects.bulk_create(chosen)
    made.content_sha256 = texts.digest(made)
    made.save(update_fields=["content_sha256"])
    grant(actor, made, [made.owner_id])
    return made


def _share_variant(going: Report) -> None:
    now = timezone.now()
    number_of(going, now)
    going.state, going.shared_at, going.retention_review = Report.State.SHARED, now, retention_of(going, now)
    change_also(
        "rifc_report.share",
        going,
        "state",
        "shared_at",
        "number",
        "register_number",
        "retention_review",
        before="approved",
    )


@action(
    "release_request.withdraw",
    model=ReleaseRequest,
    label=_("Withdraw the request"),
    done=_("Withdrew a request for release"),
    policy=policy.may_withdraw_request,
    starts=ReleaseRequest.OPEN,
    ends=Q.WITHDRAWN,
    danger=True,
)
def withdraw_release_request(actor: Actor, row: ReleaseRequest) -> ReleaseRequest:
    """No longer needed."""
    return row


@action(
    "release_request.expire",
    model=ReleaseRequest,
    label=pgettext_lazy("button, rifc", "Lapse"),
    done=_("Closed an expired release request"),
    policy=policy.is_clock,
    starts=ReleaseRequest.OPEN,
    ends=Q.EXPIRED,
    automatic=True,
)
def expire_release_request(actor: Actor, row: ReleaseRequest) -> ReleaseRequest:
    """Nobody answered in time, and that is no consent."""
    row.reason = "not-answered"
    emit("rifc.release_decided", row, about(row.report, [row.owner_id]))
    return row


@action(
    "release_request.revoke",
    model=ReleaseRequest,
    label=_("Revoke the release"),
    done=_("Revoked the release of a report"),
    policy=policy.may_revoke_request,
    starts={Q.APPROVED, Q.APPROVED_SANITISED},
    ends=Q.REVOKED,
    takes={"reason": fields.reason_field(pgettext_lazy("field, rifc", "Reason"), 300)},
    danger=True,
)
def revoke_release_request(actor: Actor, row: ReleaseRequest, *, reason: str) -> ReleaseRequest:
    """Take the report from those who have it by this release."""
    rows = Receipt.objects.filter(basis=f"release:{row.pk}").exclude(state="withdrawn").select_related("report")
    for one in rows.select_for_update(of=("self",)):
        one.state, one.reason, one.withdrawn_at = "withdrawn", reason, timezone.now()
        one.save(update_fields=["state", "reason", "withdrawn_at"])
        unshare(one.report, [one.desk_id])
        emit("rifc.entry_withdrawn", one.report, about(one.report, [one.desk_id]))
    row.reason = "revoked"
    return row
