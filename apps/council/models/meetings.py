"""Meetings: who was called, who came and when, what was on the agenda and who spoke."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.models.organs import Organ, RuleSet
from apps.council.rules.titles import meeting_name


class Meeting(Record):
    """One meeting of an organ, from the call to the agreed minutes."""

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        CONVENED = "convened", "Called"
        AGENDA_OPEN = "agenda_open", "Agenda open"
        AGENDA_CLOSED = "agenda_closed", "Agenda closed"
        IN_SESSION = "in_session", "In session"
        SUSPENDED = "suspended", "Suspended"
        ADJOURNED = "adjourned", "Adjourned"
        CLOSED = "closed", "Closed"
        MINUTES_DRAFT = "minutes_draft", "Minutes in draft"
        MINUTES_AGREED = "minutes_agreed", "Minutes agreed"
        CANCELLED = "cancelled", "Cancelled"

    class Kind(TextChoices):
        REGULAR = "regular", "Regular"
        SPECIAL = "special", "Special"
        INTER_SESSIONAL = "inter_sessional", "Inter-sessional"
        JOINT = "joint", "Joint"

    class Mode(TextChoices):
        IN_PERSON = "in_person", "In person"
        REMOTE, HYBRID = "remote", "hybrid"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="of its kind: special meetings count for themselves")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.REGULAR)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.IN_PERSON)
    place = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=40, default="America/Port_of_Spain")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="+", help_text="frozen at the call")
    chair = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    notice_days = models.PositiveSmallIntegerField(default=21, help_text="days between the call and the opening")
    notice_waiver = models.CharField(max_length=300, blank=True, help_text="the chair's reason for a shorter notice")
    agenda_deadline = models.DateField(null=True)
    papers_deadline = models.DateField(null=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    agenda_version = models.PositiveSmallIntegerField(default=0, help_text="counts the closings of the agenda")
    floor_item_id = models.UUIDField(null=True, help_text="the agenda item that is on the floor")
    convened_at = models.DateTimeField(null=True)
    moves = models.JSONField(
        default=list,
        help_text='[{"from_start", "from_end", "to_start", "to_end", "reason", "at"}]: moved after the call',
    )
    corrections_until = models.DateTimeField(null=True, help_text="until when States may correct the draft minutes")
    minutes = models.TextField(blank=True, help_text="Markdown, made from the records")
    minutes_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was cancelled or adjourned")
    fictional = models.BooleanField(default=False, help_text="demonstration: shown with a ribbon, left out of reports")
    state = models.CharField(max_length=15, choices=State, default=State.DRAFT)

    LIVE: ClassVar[frozenset[str]] = frozenset({"in_session", "suspended"})

    @property
    def moved(self) -> list[dict[str, Any]]:
        """Each move after the call: `what` ("start" or "end"), `before` and `after` as instants, and its `reason`."""
        lines = []
        for one in self.moves:
            what = "start" if one["from_start"] != one["to_start"] else "end"
            before, after = (datetime.fromisoformat(one[f"{side}_{what}"]) for side in ("from", "to"))
            lines.append({"what": what, "before": before, "after": after, "reason": one["reason"]})
        return lines

    class Meta:
        verbose_name = pgettext_lazy("kind, council", "Meeting")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["organ", "kind", "number"], name="one_meeting_per_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_has_length"),
        ]
        indexes = [models.Index("starts_at", name="meetings_by_date")]

    def __str__(self) -> str:
        return f"{meeting_name(self.number, self.kind)}, {self.organ_id}"


class MeetingDeskGrant(DeskGrant):
    """Which desks see a meeting."""

    content_object = models.ForeignKey(Meeting, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Delegation(Part):
    """A State at a meeting: who comes for it, and until when their credentials hold."""

    root_field: ClassVar[str] = "meeting"

    class Credentials(TextChoices):
        MISSING = "missing", "Missing"
        PRESENTED = "presented", "Presented"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    class Answer(TextChoices):
        NONE, ACCEPTED, DECLINED = "none", "accepted", "declined"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    votes = models.BooleanField(help_text="a Member State; Associate Members attend and speak")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE)
    head = models.CharField(max_length=150, blank=True)
    members = models.JSONField(default=list, help_text='[{"name", "office"}]')
    credentials = models.CharField(max_length=10, choices=Credentials, default=Credentials.MISSING)
    credentials_until = models.DateField(null=True, help_text="last day, in the meeting's time zone")
    credentials_note = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["meeting", "party"], name="one_delegation_per_state")]


class Sitting(Part):
    """From the opening of a session to its suspension or end."""

    root_field: ClassVar[str] = "meeting"
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    quorum_required = models.PositiveSmallIntegerField()
    present = ArrayField(models.CharField(max_length=8), help_text="Member States present at the opening")
    closed_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_sitting_per_number")]


class PresenceEvent(Part):
    """Somebody came or left. Presence at a moment is what the events up to it add up to; never edited."""

    root_field: ClassVar[str] = "meeting"

    class Event(TextChoices):
        ARRIVE, LEAVE, CONNECT, DISCONNECT = "arrive", "leave", "connect", "disconnect"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    event = models.CharField(max_length=10, choices=Event)
    at = models.DateTimeField()
    seat_id = models.BigIntegerField(help_text="who recorded it")

    class Meta:
        default_permissions = ()
        indexes = [models.Index("meeting", "at", name="presence_of_meeting")]


class AgendaItem(Record):
    """One matter of a meeting. A restricted item is shared with fewer desks than its meeting."""

    class State(TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"
        SCHEDULED = "scheduled", "Scheduled"
        UNDER_DISCUSSION = "under_discussion", "Under discussion"
        DECIDED = "decided", "Decided"
        NOTED = "noted", "Noted"
        DEFERRED = "deferred", "Deferred"
        REFERRED = "referred", "Referred"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kind(TextChoices):
        DECISION = "for_decision", "For decision"
        RECOMMENDATION = "for_recommendation", "For recommendation"
        INFORMATION = "for_information", "For information"
        PROCEDURAL = "procedural", "Procedural"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    summary = models.TextField(blank=True)
    slot_minutes = models.PositiveSmallIntegerField(default=30)
    starts_at = models.DateTimeField(null=True, help_text="by the time plan")
    rapporteur = models.CharField(max_length=150, blank=True)
    restricted = models.BooleanField(default=False, help_text="Member States and the Secretariat only")
    papers_waived = models.BooleanField(default=False, help_text="nothing has to be read for it")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+", help_text="of the meeting")
    outcome = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it was rejected, deferred or withdrawn")
    state = models.CharField(max_length=16, choices=State, default=State.PROPOSED)

    OPEN: ClassVar[frozenset[str]] = frozenset({"proposed", "accepted", "scheduled", "under_discussion"})

    class Meta:
        verbose_name = pgettext_lazy("kind, council", "Agenda item")
        default_permissions = ("view",)
        indexes = [models.Index("meeting", "position", name="items_of_meeting")]

    def __str__(self) -> str:
        return self.title


class AgendaItemDeskGrant(DeskGrant):
    """Which desks see an agenda item."""

    content_object = models.ForeignKey(AgendaItem, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Speaker(Part):
    """A delegation on the speakers' list of an item."""

    root_field: ClassVar[str] = "item"

    class State(TextChoices):
        WAITING, SPEAKING, DONE, WITHDRAWN = "waiting", "speaking", "done", "withdrawn"

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["item", "party"], condition=Q(state__in=["waiting", "speaking"]), name="once_on_the_list"
            )
        ]


class MinutesCorrection(Part):
    """A State's correction of the draft minutes, and what became of it."""

    root_field: ClassVar[str] = "meeting"

    class Disposition(TextChoices):
        OPEN = "open", pgettext_lazy("correction, council", "Open")
        ACCEPTED, ANNEXED = "accepted", "annexed"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    paragraph = models.CharField(max_length=20)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    disposition = models.CharField(max_length=10, choices=Disposition, default=Disposition.OPEN)

    class Meta:
        default_permissions = ()


class Position(Record):
    """What a State means to say and do on an item: private to its own ministry, nobody else ever sees it."""

    floor: ClassVar[str | None] = ""

    class State(TextChoices):
        DRAFT, APPROVED = "draft", "approved"

    class Stance(TextChoices):
        AGREE = "agree", "Agree"
        CHANGE = "change", "Agree with changes"
        OPPOSE = "oppose", "Oppose"
        ABSTAIN = "abstain", "Abstain"
        OPEN = "open", "Not yet decided"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.OPEN)
    note = models.TextField(blank=True, help_text="for ourselves")
    speaking_note = models.TextField(blank=True, help_text="to be read out")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        verbose_name = pgettext_lazy("kind, council", "Position")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["owner", "item"], name="one_position_per_item")]

    def __str__(self) -> str:
        return f"Position of {self.originator_id}"


class PositionDeskGrant(DeskGrant):
    """The State's own ministry, nobody else."""

    content_object = models.ForeignKey(Position, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
