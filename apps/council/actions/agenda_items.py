"""What becomes of one agenda item: proposed, accepted, placed, restricted, withdrawn, deferred, referred."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import unshare
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council import policy
from apps.council.actions.agenda import carried, new_item
from apps.council.models import AgendaItem, Decision, Meeting, Paper, WrittenProcedure
from apps.council.policy import meetings as rules
from apps.council.queries import agenda as queries
from apps.council.queries import audience, membership
from apps.council.queries.choices import MeetingChoice, OrganChoice
from apps.council.refusals import Refusals

ITEM, M = AgendaItem.State, Meeting.State
LONGEST_REASON = 300
NOT_YET_DEALT_WITH = {ITEM.PROPOSED, ITEM.ACCEPTED, ITEM.SCHEDULED}
PLACED = {ITEM.ACCEPTED, ITEM.SCHEDULED}
TAKES_ITEMS = ("convened", "agenda_open", "agenda_closed", "in_session", "suspended", "adjourned")


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_REASON)


@action(
    "item.propose",
    model=AgendaItem,
    label=_("Propose an item"),
    done=_("Proposed an agenda item"),
    policy=policy.may_propose,
    ends=ITEM.PROPOSED,
    takes={
        "meeting": MeetingChoice(label=pgettext_lazy("field, council", "Meeting"), states=TAKES_ITEMS[1:]),
        "title": forms.CharField(label=pgettext_lazy("field, council", "Title"), max_length=200),
        "kind": forms.ChoiceField(label=pgettext_lazy("field, council", "Purpose"), choices=AgendaItem.Kind.choices),
        "summary": forms.CharField(
            label=_("What it is about"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
        ),
        "slot_minutes": forms.IntegerField(
            label=pgettext_lazy("field, council", "Minutes"), required=False, min_value=5, max_value=600, initial=30
        ),
        "restricted": forms.BooleanField(label=_("Restricted: Member States and the Secretariat only"), required=False),
    },
)
def propose_agenda_item(
    actor: Actor,
    _row: None,
    *,
    meeting: str,
    title: str,
    kind: str,
    summary: str = "",
    slot_minutes: int | None = None,
    restricted: bool = False,
) -> AgendaItem:
    """Ask that a matter be put on the agenda; after its closing only by leave of the chair."""
    at = visible_or_404(Meeting, actor, meeting)
    _takes_items_of(actor, at)
    item = new_item(
        actor,
        at,
        state=ITEM.PROPOSED,
        title=title,
        kind=kind,
        summary=summary,
        slot_minutes=slot_minutes or 30,
        restricted=restricted,
    )
    emit("agenda.proposed", item)
    return item


def _takes_items_of(actor: Actor, meeting: Meeting) -> None:
    if meeting.state in rules.LATE_BY_CHAIR:
        verdict = rules.may_add_late(actor, meeting)
        if not verdict:
            raise Refused("may-not", getattr(verdict, "code", ""))
    elif meeting.state != M.AGENDA_OPEN:
        sentence = _now(
            "The agenda of this meeting is not open yet. The Secretariat opens it after the meeting is called."
        )
        raise ValidationError({"meeting": sentence})
    day = membership.day_of(meeting.starts_at, meeting.time_zone)
    if actor.party_code in {party.code for party in membership.associates(day)}:
        raise Refused(Refusals.ASSOCIATE_PROPOSES)


@action(
    "item.accept",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Accept"),
    done=_("Accepted an item onto the agenda"),
    policy=policy.may_preside,
    starts={ITEM.PROPOSED},
    ends=ITEM.ACCEPTED,
    locks_first=["meeting"],  # two acceptances at once must not get one place
)
def accept_agenda_item(actor: Actor, item: AgendaItem) -> AgendaItem:
    """Put a proposal at the end of the agenda."""
    item.position = queries.last_position(item.meeting) + 1
    emit("agenda.accepted", item)
    return item


@action(
    "item.reject",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Reject"),
    done=_("Left a proposed item off the agenda"),
    policy=policy.may_preside,
    starts={ITEM.PROPOSED},
    ends=ITEM.REJECTED,
    takes={"reason": _reason(_("Reason for rejection"))},
    danger=True,
)
def reject_agenda_item(actor: Actor, item: AgendaItem, *, reason: str) -> AgendaItem:
    """Leave a proposal off the agenda; its State can appeal when the agenda is adopted."""
    item.reason = reason
    emit("agenda.rejected", item)
    return item


@action(
    "item.move",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Move"),
    done=_("Moved an item on the agenda"),
    policy=policy.may_preside,
    starts=PLACED,
    ends=PLACED,
    takes={
        "position": forms.IntegerField(
            label=pgettext_lazy("field, council", "New position"), min_value=1, max_value=999
        )
    },
)
def move_agenda_item(actor: Actor, item: AgendaItem, *, position: int) -> AgendaItem:
    """Give an item another place while the agenda is open; the others make room."""
    if item.meeting.state not in {M.CONVENED, M.AGENDA_OPEN}:
        raise ValidationError({"position": _now("The agenda is closed. Ask the chair to reopen it first.")})
    others = [row for row in queries.in_order(item.meeting, lock=True) if row.pk != item.pk]
    item.position = min(position, len(others) + 1)
    places = [n for n in range(1, len(others) + 2) if n != item.position]
    for row, place in zip(others, places, strict=True):
        if row.position != place:
            row.position = place
            change_also("item.move", row, "position", before=row.state)
    return item


@action(
    "item.schedule",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Schedule"),
    done=_("Scheduled an agenda item"),
    policy=policy.may_keep,
    starts=PLACED,
    ends=ITEM.SCHEDULED,
    takes={
        "slot_minutes": forms.IntegerField(
            label=pgettext_lazy("field, council", "Minutes"),
            required=False,
            min_value=5,
            max_value=600,
            help_text=_("Leave empty to keep the current value"),
        ),
        "rapporteur": forms.CharField(
            label=pgettext_lazy("field, council", "Rapporteur"), required=False, max_length=150
        ),
        "papers_waived": forms.BooleanField(label=_("No paper needed"), required=False),
    },
)
def schedule_agenda_item(
    actor: Actor,
    item: AgendaItem,
    *,
    slot_minutes: int | None = None,
    rapporteur: str = "",
    papers_waived: bool = False,
) -> AgendaItem:
    """Give an item its length and rapporteur once its paper is there or waived; the hour comes with the closing."""
    item.slot_minutes = slot_minutes or item.slot_minutes
    item.rapporteur = rapporteur or item.rapporteur
    item.papers_waived = papers_waived or item.papers_waived
    if queries.needs_paper(item) and not queries.has_paper(item):
        sentence = _now("This item has no paper. Attach one, or tick “No paper needed”.")
        raise ValidationError({"papers_waived": sentence})
    return item


@action(
    "item.restrict",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Restrict"),
    done=_("Restricted an item to Member States"),
    policy=policy.may_preside,
    starts=NOT_YET_DEALT_WITH,
    ends=NOT_YET_DEALT_WITH,
)
def restrict_agenda_item(actor: Actor, item: AgendaItem) -> AgendaItem:
    """Close an item, with its papers and drafts, to Associate Members; what they have read they have read."""
    item.restricted = True
    day = membership.day_of(item.meeting.starts_at, item.meeting.time_zone)
    groups = audience.ministries([party.code for party in membership.associates(day)])
    unshare(item, groups)
    found: tuple[tuple[str, Any], ...] = (
        ("paper.restrict", Paper.objects.filter(item=item)),
        ("decision.restrict", Decision.objects.filter(item=item)),
        ("procedure.restrict", WrittenProcedure.objects.filter(decision__item=item)),
    )
    for verb, rows in found:
        for row in rows:
            unshare(row, groups)
            also(verb, row, before=row.state, after=row.state)
    return item


@action(
    "item.withdraw",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Withdraw"),
    done=_("Withdrew an agenda item"),
    policy=rules.may_withdraw_item,
    starts=NOT_YET_DEALT_WITH,
    ends=ITEM.WITHDRAWN,
    takes={"reason": forms.CharField(label=_("Reason for withdrawal"), required=False, max_length=LONGEST_REASON)},
    danger=True,
)
def withdraw_agenda_item(actor: Actor, item: AgendaItem, *, reason: str = "") -> AgendaItem:
    """Take a proposed or accepted item back before it is on the floor."""
    item.reason = reason
    emit("agenda.withdrawn", item)
    return item


@action(
    "item.defer",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Defer"),
    done=_("Deferred an item to another meeting"),
    policy=policy.may_preside,
    starts={ITEM.ACCEPTED, ITEM.SCHEDULED, ITEM.UNDER_DISCUSSION},
    ends=ITEM.DEFERRED,
    takes={
        "to": MeetingChoice(
            label=_("Defer to meeting"),
            required=False,
            states=TAKES_ITEMS[:3],
            help_text=_("Leave empty for the next agenda that the organ opens"),
        ),
        "reason": forms.CharField(
            label=pgettext_lazy("field, council", "Reason"), required=False, max_length=LONGEST_REASON
        ),
    },
)
def defer_agenda_item(actor: Actor, item: AgendaItem, *, to: str = "", reason: str = "") -> AgendaItem:
    """Put a matter off: it stands on the other meeting's agenda as accepted, linked to here."""
    item.reason = reason
    if to:
        other = visible_or_404(Meeting, actor, to)
        if other.pk == item.meeting_id or other.starts_at <= item.meeting.starts_at:
            raise ValidationError({"to": _now("Choose a meeting that opens later than this one.")})
        carried(actor, item, other)
    emit("agenda.deferred", item)
    return item


@action(
    "item.refer",
    model=AgendaItem,
    label=pgettext_lazy("button, council", "Refer"),
    done=_("Referred an item to another body"),
    policy=policy.may_preside,
    starts={ITEM.UNDER_DISCUSSION},
    ends=ITEM.REFERRED,
    takes={
        "organ": OrganChoice(label=pgettext_lazy("field, council", "To")),
        "due": forms.DateField(
            label=pgettext_lazy("field, council", "Report due"),
            input_formats=["%Y-%m-%d"],
            help_text=pgettext_lazy("field, council", "For example 2027-02-28"),
        ),
    },
)
def refer_agenda_item(actor: Actor, item: AgendaItem, *, organ: str, due: datetime.date) -> AgendaItem:
    """Send a matter to another body, which reports by a day before the next meeting."""
    if due <= timezone.now().date():
        raise ValidationError({"due": _now("This date has passed. Enter a later date.")})
    words = {"organ": organ, "due": due}
    item.outcome = _now("Referred to %(organ)s, to report by %(due)s.") % words
    emit("agenda.referred", item, {"organ": organ, "due": due.isoformat()})
    return item
