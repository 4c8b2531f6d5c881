"""The life of a mandate: led, started, reported to the organ, returned, discharged, revoked, extended."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import share
from apps.access.refusal import Refused
from apps.council.actions.agenda import new_item
from apps.council.models import AgendaItem, Decision, Meeting, Paper
from apps.council.queries.choices import OrganChoice
from apps.impacs.models import Mandate, MandateExtension, Task
from apps.impacs.plan.actions import fields
from apps.impacs.plan.actions.progress import today
from apps.impacs.plan.policy import tasks as policy
from apps.impacs.plan.queries import choices
from apps.impacs.plan.queries.rules_in_force import limits_on
from apps.impacs.policy import is_clock

M = Mandate.State
BASIS = forms.CharField(
    label=_("Decision or minutes of the organ"),
    max_length=60,
    help_text=_("Its number, for example CONSLE/2026/9/DEC/02"),
    error_messages={"required": _("Enter the number of the decision, or the place in the minutes.")},
)


@action(
    "mandate.assign",
    model=Mandate,
    label=_("Assign an officer"),
    done=_("Put an officer in charge of a mandate"),
    policy=policy.may_direct,
    starts={M.OPEN, M.ASSIGNED, M.IN_PROGRESS},
    ends={M.ASSIGNED, M.IN_PROGRESS},
    takes={
        "lead": fields.Chosen(choices.seats, label=_("Officer in charge")),
        "due_on": fields.day(
            _("Agreed due date"), help_text=_("Only if the clause has no due date, or for an earlier one")
        ),
        "reports_to": OrganChoice(label=pgettext_lazy("field, impacs", "Reports to"), required=False),
    },
)
def assign_mandate(
    actor: Actor, row: Mandate, *, lead: str, due_on: datetime.date | None = None, reports_to: str = ""
) -> Mandate:
    """Name the officer in charge and, where the clause sets no day, the day on which it is due."""
    seat = fields.seat_of(actor, lead, "lead")
    limit = row.due_on or row.clause.due_on
    if due_on is not None and limit is not None and due_on > limit:
        sentence = _now(
            "The clause is due on %(day)s. Enter that day or an earlier one. Only an extension can move it."
        )
        raise ValidationError({"due_on": sentence % {"day": f"{limit.day} {limit:%b %Y}"}})
    if due_on is None and row.due_on is None:
        raise ValidationError({"due_on": _now("The clause sets no due date. Enter the agreed date.")})
    if due_on is not None and row.decision.in_force_on is not None and due_on < row.decision.in_force_on:
        raise ValidationError({"due_on": _now("The decision was not in force on that day. Enter a later one.")})
    row.lead, row.due_on = seat, due_on or row.due_on
    row.reports_to = reports_to or row.reports_to or row.decision.organ_id
    row.state = M.ASSIGNED if row.state == M.OPEN else row.state
    if seat is not None:
        share(actor, row, [seat.desk_id], basis=str(row.decision))
    emit("mandate.assigned", row)
    return row


@action(
    "mandate.start",
    model=Mandate,
    label=pgettext_lazy("button, impacs", "Start"),
    done=_("Started a mandate"),
    policy=policy.may_lead,
    starts={M.ASSIGNED},
    ends=M.IN_PROGRESS,
)
def start_mandate(actor: Actor, row: Mandate) -> Mandate:
    """Begin with it: there is at least one task under it."""
    if not Task.objects.filter(mandate=row).exclude(state=Task.State.CANCELLED).exists():
        raise ValidationError(_now("There is no task under this mandate yet. Create one first."))
    return row


@action(
    "mandate.report",
    model=Mandate,
    label=_("Report to the organ"),
    done=_("Reported on a mandate to the organ"),
    policy=policy.may_lead,
    starts={M.IN_PROGRESS},
    ends=M.REPORTED,
    takes={
        "paper": forms.CharField(
            label=pgettext_lazy("field, impacs", "Report paper"),
            max_length=60,
            help_text=_("Its number, for example CONSLE/2026/9/04"),
            error_messages={"required": _("Enter the number of the paper that reports on the mandate.")},
        ),
        "explanation": fields.reason(_("Reason for open tasks"), required=False),
    },
)
def report_on_mandate(actor: Actor, row: Mandate, *, paper: str, explanation: str = "") -> Mandate:
    """Report with a paper; the matter is proposed for the agenda of the organ's next meeting."""
    found = Paper.objects.visible_to(actor).filter(number=paper.strip()).first()
    if found is None:
        raise ValidationError({"paper": _now("There is no paper %(number)s.") % {"number": paper.strip()}})
    open_tasks = Task.objects.filter(mandate=row, state__in=Task.OPEN).order_by("reference")
    if open_tasks.exists() and not explanation.strip():
        names = ", ".join(open_tasks.values_list("reference", flat=True)[:8])
        sentence = _now("Still open: %(names)s. Give a reason, or end them first.") % {"names": names}
        raise ValidationError({"explanation": sentence})
    row.paper, row.note, row.item = found, explanation.strip(), None
    emit("mandate.reported", row)
    return row


@action(
    "mandate.place",
    model=Mandate,
    label=_("Propose for an agenda"),
    done=_("Proposed the report of a mandate for an agenda"),
    policy=is_clock,
    starts={M.REPORTED},
    ends=M.REPORTED,
    automatic=True,
)
def propose_mandate_report(actor: Actor, row: Mandate, *, meeting: Meeting) -> Mandate:
    """Propose the report for the agenda of the organ's next meeting that takes items."""
    if row.item_id is not None or row.paper is None:
        raise Refused("wrong-state")
    row.item = new_item(
        actor,
        meeting,
        state=AgendaItem.State.PROPOSED,
        title=_now("Report on %(decision)s, clause %(number)s")
        % {"decision": row.decision, "number": row.clause.number},
        kind=AgendaItem.Kind.DECISION,
        summary=pgettext("words, impacs", "%(title)s. Report: paper %(paper)s. %(note)s")
        % {"title": row.title, "paper": row.paper.number, "note": row.note},
        owner_id=row.owner_id,
        originator_id=row.originator_id,
    )
    also("item.propose", row.item, after=row.item.state)
    emit("agenda.proposed", row.item)
    return row


@action(
    "mandate.return",
    model=Mandate,
    label=pgettext_lazy("button, impacs", "Return"),
    done=_("Recorded that the organ sent a report back"),
    policy=policy.may_direct,
    starts={M.REPORTED},
    ends=M.IN_PROGRESS,
    takes={
        "basis": BASIS,
        "due_on": fields.day(_("New due date"), required=True),
        "note": fields.reason(_("What the organ asks for")),
    },
)
def return_mandate(actor: Actor, row: Mandate, *, basis: str, due_on: datetime.date, note: str) -> Mandate:
    """Record that the organ sent the report back, with a new day."""
    if due_on <= today(actor):
        raise ValidationError({"due_on": _now("Enter a day in the future.")})
    _move_due(actor, row, due_on, cause=note, basis=basis)
    row.note = note
    emit("mandate.returned", row)
    return row


@action(
    "mandate.discharge",
    model=Mandate,
    label=pgettext_lazy("button, impacs", "Discharge"),
    done=_("Discharged a mandate"),
    policy=policy.may_direct,
    starts={M.REPORTED},
    ends=M.DISCHARGED,
    takes={"basis": BASIS, "note": fields.reason(pgettext_lazy("field, impacs", "Note"), required=False)},
)
def discharge_mandate(actor: Actor, row: Mandate, *, basis: str, note: str = "") -> Mandate:
    """Record that the organ is content: nothing is left to do."""
    row.note = f"{basis.strip()}. {note.strip()}".strip()
    emit("mandate.ended", row, {"how": "discharged"})
    return row


@action(
    "mandate.revoke",
    model=Mandate,
    label=pgettext_lazy("button, impacs", "Revoke"),
    done=_("Recorded that a mandate was withdrawn"),
    policy=policy.may_direct,
    starts=Mandate.UNREPORTED,
    ends=M.REVOKED,
    takes={"by": BASIS, "note": fields.reason(pgettext_lazy("field, impacs", "Reason"))},
    danger=True,
)
def revoke_mandate(actor: Actor, row: Mandate, *, by: str, note: str) -> Mandate:
    """Record a decision in force by which the organ took the mandate back; open tasks stop with this reason."""
    decision = Decision.objects.visible_to(actor).filter(number=by.strip(), state=Decision.State.IN_FORCE).first()
    if decision is None:
        raise ValidationError({"by": _now("There is no decision %(number)s in force.") % {"number": by.strip()}})
    row.note = f"{decision.number}: {note.strip()}"
    emit("mandate.ended", row, {"how": "revoked"})
    return row


@action(
    "mandate.extend",
    model=Mandate,
    label=pgettext_lazy("button, impacs", "Extend"),
    done=_("Moved the due day of a mandate"),
    policy=policy.may_direct,
    starts=Mandate.UNREPORTED,
    ends=Mandate.UNREPORTED,
    takes={
        "due_on": fields.day(_("New due date"), required=True),
        "cause": fields.reason(pgettext_lazy("field, impacs", "Cause")),
        "basis": forms.CharField(
            label=_("Decision of the organ"),
            required=False,
            max_length=60,
            help_text=_("Needed for a second extension, or one of more than 90 days"),
        ),
    },
)
def extend_mandate(actor: Actor, row: Mandate, *, due_on: datetime.date, cause: str, basis: str = "") -> Mandate:
    """Move the due day: the first time up to 90 days by the agency's head, else by a decision of the organ."""
    if row.due_on is None:
        raise ValidationError(
            {"due_on": _now("The mandate has no due date yet. Set it when you assign the officer in charge.")}
        )
    if due_on <= row.due_on:
        raise ValidationError({"due_on": _now("This is not later than the current due date. Enter a later one.")})
    limit = limits_on(today(actor)).director_extension_days
    first = not MandateExtension.objects.filter(mandate=row).exists()
    if not basis.strip() and not (first and (due_on - row.due_on).days <= limit):
        sentence = _now(
            "Without a decision of the organ, only a first extension of up to %(days)s days is "
            "possible. Enter the number of the decision."
        )
        raise ValidationError({"basis": sentence % {"days": limit}})
    if basis.strip() and not Decision.objects.visible_to(actor).filter(number=basis.strip()).exists():
        raise ValidationError({"basis": _now("There is no decision %(number)s.") % {"number": basis.strip()}})
    _move_due(actor, row, due_on, cause=cause, basis=basis)
    emit("mandate.extended", row)
    return row


def _move_due(actor: Actor, row: Mandate, due_on: datetime.date, **why: str) -> None:
    MandateExtension.objects.create(
        mandate=row,
        from_due=row.due_on,
        new_due=due_on,
        seat_id=actor.seat_id,
        **{k: v.strip() for k, v in why.items()},
    )
    row.due_on = due_on
