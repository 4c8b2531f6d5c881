"""More time for an action: asked by its State, given by the director under the delegation, else by the Council."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import share
from apps.access.refusal import Refused
from apps.council.actions import agenda
from apps.council.actions.decision_fields import DayField
from apps.council.models import AgendaItem, Decision
from apps.council.queries.meetings import next_meeting
from apps.impacs import policy
from apps.impacs.models import ExtensionRequest, StateAction
from apps.impacs.obligations.actions.fields import text_field, today
from apps.impacs.obligations.queries import action_parts
from apps.impacs.obligations.rules import extensions as rules
from apps.impacs.obligations.rules.rag import Extension, Facts
from apps.impacs.queries import lists
from apps.impacs.refusals import Refusals
from apps.notices.queries import working_day_after
from apps.people.queries import desk_ids

S, X = StateAction.State, ExtensionRequest.State
ANSWERED = {X.GRANTED, X.REFUSED, X.WITHDRAWN, X.LAPSED}
NUMBERED = re.compile(r"^[A-Z]+/[0-9]{4}/")
"""What looks like the number of a decision has to be one."""


def due_in_force(row: StateAction, asked: list[Any]) -> datetime.date | None:
    """The due date as it stands: that of the extension last granted, else the original."""
    granted = tuple(
        Extension(one.decided_on, one.new_due_on) for one in asked if one.state == X.GRANTED and one.decided_on
    )
    return Facts(due_on=row.due_on, extensions=granted).due(datetime.date.max)


@action(
    "state_action.request_extension",
    model=StateAction,
    label=_("Ask for more time"),
    done=_("Asked for an extension"),
    policy=policy.may_bind_for_state,
    starts=StateAction.WORKED,
    ends=StateAction.WORKED,
    takes={
        "until": DayField(
            label=_("New due date"),
            help_text=_("For example 30 Sep 2026"),
            error_messages={
                "required": _("Enter the new due date, for example 30 Sep 2026."),
                "invalid": _("Enter the day as 2026-12-31 or 31 Dec 2026."),
            },
        ),
        "reason": text_field(
            pgettext_lazy("field, impacs", "Cause"),
            missing=_("Explain why you need more time, for example: Parliament is dissolved until September."),
            help_text=_("Your State and IMPACS can read this. The Council reads it when it decides."),
        ),
    },
)
def request_extension(actor: Actor, row: StateAction, *, until: datetime.date, reason: str) -> StateAction:
    """Ask for a later due date. The original date stays beside it, and nothing changes until it is granted."""
    day = today(actor)
    limits, asked = lists.extension_limits(day), action_parts.extensions_of(row)
    due = due_in_force(row, asked)
    if due is None or row.due_on is None:
        raise ValidationError({"until": _now("This clause has no due date, so there is nothing to extend.")})
    if any(one.state == X.REQUESTED for one in asked):
        raise ValidationError(
            {"until": _now("A request is already waiting for an answer. Withdraw it before you ask again.")}
        )
    _fits(row.due_on, due, until, day, limits)
    granted = sum(one.state == X.GRANTED for one in asked)
    made = ExtensionRequest.objects.create(
        action=row,
        party_id=row.party_id,
        number=len(asked) + 1,
        from_due=due,
        new_due_on=until,
        cause=reason.strip(),
        requested_on=day,
        power=rules.power(granted, due, until, limits),
        answer_by=working_day_after(day, limits.reply_working_days, "TTO"),
        owner_id=row.owner_id,
        originator_id=row.party_id,
        level=row.level,
        changed_by_seat_id=actor.seat_id,
    )
    own = {row.owner_id, *([row.desk_id] if row.desk_id else [])}
    share(actor, made, {*own, *desk_ids("IMPACS.secretariat", "IMPACS.automation")})
    also("extension.request", made, after=made.state)
    emit("extension.requested", made)
    return row


def _fits(
    original: datetime.date, due: datetime.date, until: datetime.date, day: datetime.date, limits: rules.Limits
) -> None:
    words = {"due": f"{due.day} {due:%b %Y}", "days": limits.grace_days}
    if rules.too_late(due, day, limits):
        sentence = _now(
            "It was due on %(due)s. An extension can be requested up to %(days)s days after "
            "that. Submit the evidence, or report a difficulty."
        )
        raise ValidationError({"until": sentence % words})
    if until <= max(due, day):
        raise ValidationError({"until": _now("Enter a day after today and after the due date, %(due)s.") % words})
    last = rules.latest(original, limits)
    if until > last:
        words = {"last": f"{last.day} {last:%b %Y}"}
        raise ValidationError(
            {"until": _now("The latest date you can request is %(last)s. Enter that date or an earlier one.") % words}
        )


class BasisField(forms.CharField):
    """The decision of the Council that is cited; the director's delegation needs none."""

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Needed where the Council decides."""
        self.required = row is not None and row.power == ExtensionRequest.Power.COUNCIL


@action(
    "extension.grant",
    model=ExtensionRequest,
    label=pgettext_lazy("button, impacs", "Grant"),
    done=_("Granted more time"),
    policy=policy.may_decide_extension,
    starts={X.REQUESTED},
    ends=X.GRANTED,
    takes={
        "until": DayField(
            label=pgettext_lazy("field, impacs", "Until"),
            required=False,
            help_text=_("Leave empty for the day requested"),
        ),
        "decision": BasisField(
            label=_("Decision of the Council"),
            required=False,
            max_length=200,
            help_text=_("Its number, for example CONSLE/2026/9/DEC/02"),
            error_messages={"required": _("The Council decides on this request. Enter the number of its decision.")},
        ),
        "remark": forms.CharField(label=pgettext_lazy("field, impacs", "Remark"), max_length=500, required=False),
    },
)
def grant_extension(
    actor: Actor,
    asked: ExtensionRequest,
    *,
    until: datetime.date | None = None,
    decision: str = "",
    remark: str = "",
) -> ExtensionRequest:
    """Give the time: the first, short one under the Council's delegation, every other one by its decision."""
    row = _locked(asked)
    day = until or asked.new_due_on
    if not asked.from_due < day <= asked.new_due_on:
        sentence = _now("Enter a day after %(due)s, but no later than the day requested.")
        raise ValidationError({"until": sentence % {"due": f"{asked.from_due.day} {asked.from_due:%b %Y}"}})
    if asked.power == ExtensionRequest.Power.COUNCIL:
        asked.basis, asked.decided_by = _cited(actor, decision.strip())
    else:
        asked.basis = _now("Authority delegated by the Council")
    asked.new_due_on, asked.decided_on, asked.answer = day, today(actor), remark.strip()
    emit("extension.decided", asked, {"action": str(row.pk)})
    return asked


def _locked(asked: ExtensionRequest) -> StateAction:
    """The action, locked; Refused once it is finished."""
    row: StateAction = StateAction.objects.select_for_update(of=("self",)).get(pk=asked.action_id)
    if row.state not in StateAction.OPEN:
        raise Refused("wrong-state", Refusals.ACTION_FINISHED)
    return row


def _cited(actor: Actor, text: str) -> tuple[str, Decision | None]:
    if not text:
        raise ValidationError(
            {"decision": _now("The Council decides on this request. Enter the number of its decision.")}
        )
    found = Decision.objects.visible_to(actor).filter(number=text, state__in=Decision.STANDING).first()
    if found is None and NUMBERED.match(text):
        raise ValidationError({"decision": _now("There is no adopted decision with this number. Check the number.")})
    return text, found


@action(
    "extension.refuse",
    model=ExtensionRequest,
    label=pgettext_lazy("button, impacs", "Refuse"),
    done=_("Refused more time"),
    policy=policy.may_decide_extension,
    starts={X.REQUESTED},
    ends=X.REFUSED,
    takes={
        "reason": text_field(
            pgettext_lazy("field, impacs", "Reason"), missing=_("Give the State a reason."), rows=3, max_length=500
        ),
        "decision": BasisField(
            label=_("Decision of the Council"),
            required=False,
            max_length=200,
            error_messages={"required": _("The Council decides on this request. Enter the number of its decision.")},
        ),
    },
)
def refuse_extension(actor: Actor, asked: ExtensionRequest, *, reason: str, decision: str = "") -> ExtensionRequest:
    """Refuse more time, with the reason; the due date stays."""
    if asked.power == ExtensionRequest.Power.COUNCIL:
        asked.basis, asked.decided_by = _cited(actor, decision.strip())
    asked.decided_on, asked.answer = today(actor), reason.strip()
    emit("extension.decided", asked, {"action": str(asked.action_id)})
    return asked


@action(
    "extension.withdraw",
    model=ExtensionRequest,
    label=_("Withdraw the request"),
    done=_("Withdrew a request for more time"),
    policy=policy.may_bind_for_state,
    starts={X.REQUESTED},
    ends=X.WITHDRAWN,
)
def withdraw_extension(actor: Actor, asked: ExtensionRequest) -> ExtensionRequest:
    """Take the request back; the due date stays."""
    asked.decided_on = today(actor)
    emit("extension.withdrawn", asked)
    return asked


@action(
    "extension.escalate",
    model=ExtensionRequest,
    label=_("Bring before the Council"),
    done=_("Brought a request for more time before the Council"),
    policy=policy.is_clock,
    starts={X.REQUESTED},
    ends=X.REQUESTED,
    automatic=True,
)
def escalate_extension(actor: Actor, asked: ExtensionRequest, *, now: datetime.datetime) -> ExtensionRequest:
    """Put a request beyond the delegation, or without an answer in time, on the agenda of the organ's next meeting."""
    row = StateAction.objects.select_related("decision", "clause", "party").get(pk=asked.action_id)
    asked.power = ExtensionRequest.Power.COUNCIL
    meeting = next_meeting(row.decision.organ_id, now)
    if meeting is None or asked.item_id is not None:
        return asked
    keeper = desk_ids("IMPACS.secretariat")[0]
    words = {"state": row.party.short_name, "decision": str(row.decision), "clause": row.clause.number}
    asked.item = agenda.new_item(
        actor,
        meeting,
        state=AgendaItem.State.PROPOSED,
        title=_now("Extension for %(state)s: %(decision)s, clause %(clause)s") % words,
        kind=AgendaItem.Kind.DECISION,
        summary=pgettext("words, impacs", "From %(before)s to %(until)s: %(address)s")
        % {
            "before": f"{asked.from_due.day} {asked.from_due:%b %Y}",
            "until": f"{asked.new_due_on.day} {asked.new_due_on:%b %Y}",
            "address": reverse("impacs:action", args=[row.pk]),
        },
        slot_minutes=10,
        papers_waived=True,
        owner_id=keeper,
        originator_id="IMPACS",
    )
    also("item.propose", asked.item, after=asked.item.state)
    emit("agenda.proposed", asked.item)
    return asked


@action(
    "extension.lapse",
    model=ExtensionRequest,
    label=pgettext_lazy("button, impacs", "Lapse"),
    done=_("Closed an expired request for an extension"),
    policy=policy.is_clock,
    starts={X.REQUESTED},
    ends=X.LAPSED,
    automatic=True,
)
def lapse_extension(actor: Actor, asked: ExtensionRequest) -> ExtensionRequest:
    """The action is finished or ended with its decision: nothing is left to decide."""
    state = StateAction.objects.values_list("state", flat=True).get(pk=asked.action_id)
    if state in StateAction.OPEN:
        raise Refused("wrong-state")
    asked.decided_on = today(actor)
    return asked
