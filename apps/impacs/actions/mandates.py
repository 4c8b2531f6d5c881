"""The life of a mandate: led, started, reported to the organ, returned, discharged, revoked, extended."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also, emit
from apps.access.refused import Refused
from apps.access.sharing import share
from apps.council.actions.agenda import new_item
from apps.council.choices import OrganChoice
from apps.council.models import AgendaItem, Decision, Meeting, Paper
from apps.impacs.actions import task_fields as fields
from apps.impacs.actions.task_progress import today
from apps.impacs.models import Mandate, MandateExtension, Task
from apps.impacs.policy import is_clock
from apps.impacs.policy import tasks as policy
from apps.impacs.queries.task_rules import limits_on

M = Mandate.State
BASIS = forms.CharField(
    label=_("Decision or minutes of the organ"),
    max_length=60,
    help_text=_("its number, for example CONSLE/2026/9/DEC/02"),
    error_messages={"required": _("Write the number of the decision, or where in the minutes it stands.")},
)


@action(
    "mandate.assign",
    model=Mandate,
    label=_("Put in charge"),
    policy=policy.may_direct,
    starts={M.OPEN, M.ASSIGNED, M.IN_PROGRESS},
    ends={M.ASSIGNED, M.IN_PROGRESS},
    takes={
        "lead": fields.Chosen(fields.choices.seats, label=_("Officer in charge")),
        "due_on": fields.day(_("Agreed due day"), help_text=_("only where the clause has none, or an earlier one")),
        "reports_to": OrganChoice(label=_("Reports to"), required=False),
    },
)
def assign(
    actor: Actor, row: Mandate, *, lead: str, due_on: datetime.date | None = None, reports_to: str = ""
) -> Mandate:
    """Name the officer in charge and, where the clause sets no day, the day on which it is due."""
    seat = fields.seat_of(actor, lead, "lead")
    limit = row.due_on or row.clause.due_on
    if due_on is not None and limit is not None and due_on > limit:
        sentence = _now("The clause is due on %(day)s. Enter that day or an earlier one; an extension moves it.")
        raise ValidationError({"due_on": sentence % {"day": f"{limit.day} {limit:%b %Y}"}})
    if due_on is None and row.due_on is None:
        raise ValidationError({"due_on": _now("The clause sets no day. Enter the day that was agreed.")})
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
    "mandate.start", model=Mandate, label=_("Start"), policy=policy.may_lead, starts={M.ASSIGNED}, ends=M.IN_PROGRESS
)
def start(actor: Actor, row: Mandate) -> Mandate:
    """Begin with it: there is at least one task under it."""
    if not Task.objects.filter(mandate=row).exclude(state=Task.State.CANCELLED).exists():
        raise ValidationError(_now("There is no task under this mandate yet. Make one first."))
    return row


@action(
    "mandate.report",
    model=Mandate,
    label=_("Report to the organ"),
    policy=policy.may_lead,
    starts={M.IN_PROGRESS},
    ends=M.REPORTED,
    takes={
        "paper": forms.CharField(
            label=_("Report paper"),
            max_length=60,
            help_text=_("its number, for example CONSLE/2026/9/04"),
            error_messages={"required": _("Write the number of the paper that reports on the mandate.")},
        ),
        "explanation": fields.reason(_("Why tasks are still open"), required=False),
    },
)
def report(actor: Actor, row: Mandate, *, paper: str, explanation: str = "") -> Mandate:
    """Report with a paper; the matter is proposed for the agenda of the organ's next meeting."""
    found = Paper.objects.visible_to(actor).filter(number=paper.strip()).first()
    if found is None:
        raise ValidationError({"paper": _now("There is no paper %(number)s.") % {"number": paper.strip()}})
    open_tasks = Task.objects.filter(mandate=row, state__in=Task.OPEN).order_by("reference")
    if open_tasks.exists() and not explanation.strip():
        names = ", ".join(open_tasks.values_list("reference", flat=True)[:8])
        sentence = _now("Still open: %(names)s. Say why, or end them first.") % {"names": names}
        raise ValidationError({"explanation": sentence})
    row.paper, row.note, row.item = found, explanation.strip(), None
    emit("mandate.reported", row)
    return row


@action(
    "mandate.place",
    model=Mandate,
    label=_("Propose for an agenda"),
    policy=is_clock,
    starts={M.REPORTED},
    ends=M.REPORTED,
    automatic=True,
)
def place(actor: Actor, row: Mandate, *, meeting: Meeting) -> Mandate:
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
        summary=_now("%(title)s. Report: paper %(paper)s. %(note)s")
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
    label=_("Return"),
    policy=policy.may_direct,
    starts={M.REPORTED},
    ends=M.IN_PROGRESS,
    takes={
        "basis": BASIS,
        "due_on": fields.day(_("New due day"), required=True),
        "note": fields.reason(_("What the organ asks for")),
    },
)
def give_back(actor: Actor, row: Mandate, *, basis: str, due_on: datetime.date, note: str) -> Mandate:
    """Record that the organ sent the report back, with a new day."""
    if due_on <= today(actor):
        raise ValidationError({"due_on": _now("Enter a day that is still to come.")})
    _move_due(actor, row, due_on, cause=note, basis=basis)
    row.note = note
    emit("mandate.returned", row)
    return row


@action(
    "mandate.discharge",
    model=Mandate,
    label=_("Discharge"),
    policy=policy.may_direct,
    starts={M.REPORTED},
    ends=M.DISCHARGED,
    takes={"basis": BASIS, "note": fields.reason(_("Note"), required=False)},
)
def discharge(actor: Actor, row: Mandate, *, basis: str, note: str = "") -> Mandate:
    """Record that the organ is content: nothing is left to do."""
    row.note = f"{basis.strip()}. {note.strip()}".strip()
    emit("mandate.ended", row, {"how": "discharged"})
    return row


@action(
    "mandate.revoke",
    model=Mandate,
    label=_("Revoke"),
    policy=policy.may_direct,
    starts=Mandate.UNREPORTED,
    ends=M.REVOKED,
    takes={"by": BASIS, "note": fields.reason(_("Why"))},
)
def revoke(actor: Actor, row: Mandate, *, by: str, note: str) -> Mandate:
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
    label=_("Extend"),
    policy=policy.may_direct,
    starts=Mandate.UNREPORTED,
    ends=Mandate.UNREPORTED,
    takes={
        "due_on": fields.day(_("New due day"), required=True),
        "cause": fields.reason(_("Cause")),
        "basis": forms.CharField(
            label=_("Decision of the organ"),
            required=False,
            max_length=60,
            help_text=_("needed for a second extension, and for one of more than 90 days"),
        ),
    },
)
def extend(actor: Actor, row: Mandate, *, due_on: datetime.date, cause: str, basis: str = "") -> Mandate:
    """Move the due day: the first time up to 90 days by the agency's head, else by a decision of the organ."""
    if row.due_on is None:
        raise ValidationError({"due_on": _now("The mandate has no due day yet. It is set with the officer in charge.")})
    if due_on <= row.due_on:
        raise ValidationError({"due_on": _now("This is no later than the day that holds now. Enter a later one.")})
    limit = limits_on(today(actor)).director_extension_days
    first = not MandateExtension.objects.filter(mandate=row).exists()
    if not basis.strip() and not (first and (due_on - row.due_on).days <= limit):
        sentence = _now(
            "Without a decision of the organ only the first extension is possible, and by %(days)s days at most."
            " Write the number of the decision."
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
