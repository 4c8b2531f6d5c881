"""From a carrier's message to a hit: submissions, journeys, travellers, hits, and the rules of time."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from apps.access.models import DeskGrant, Part, Record
from apps.jrcc.managers import CarrierQuerySet, DocumentQuerySet, RegimeQuerySet, TravellerQuerySet
from apps.people.models import public_id
from apps.screening.models import Entry, Instruction


def party_codes(**more: Any) -> Any:
    """A column of party codes."""
    return ArrayField(models.CharField(max_length=8), default=list, blank=True, **more)


class Carrier(models.Model):
    """An airline or shipping line by its designator; unknown ones are made provisional and flagged for the JRCC."""

    uid = public_id()
    code = models.CharField(max_length=3, primary_key=True, help_text="IATA or ICAO designator as sent")
    name = models.CharField(max_length=120)
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    provisional = models.BooleanField(default=False)

    objects: ClassVar[Any] = CarrierQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.code


class Regime(models.Model):
    """When a State wants a list: dated rule, minutes relative to an event (negative = before)."""

    uid = public_id()
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=[("air", "air"), ("sea", "sea")])
    craft = models.CharField(max_length=12, help_text="commercial, private or any")
    direction = models.CharField(max_length=10, choices=[("arrival", "arrival"), ("departure", "departure")])
    space = models.CharField(max_length=8, help_text="inside or outside the Single Domestic Space, or any")
    event = models.CharField(max_length=10, help_text="arrival or departure")
    minutes = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    status = models.CharField(max_length=12, help_text="verified, press, assumed or unverified")
    source = models.TextField()

    objects: ClassVar[Any] = RegimeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["party", "mode", "craft", "direction", "space", "valid_from"], name="one_regime_per_start"
            )
        ]


class Journey(Record):
    """A flight or voyage on one day, with its legs and travellers. Shared with the States that it touches."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", "List received"
        PARTIAL = "partial", "Part of the list missing"
        COMPLETE = "complete", "List complete"
        CLOSED = "closed", "Closed by the carrier"
        CANCELLED = "cancelled", "Cancelled"

    mode = models.CharField(max_length=4, choices=[("air", "air"), ("sea", "sea")])
    carrier = models.ForeignKey(Carrier, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20, blank=True)
    date = models.DateField(help_text="local date of departure of the crossing leg")
    vessel = models.JSONField(null=True, help_text="name, imo, call_sign, flag of a ship")
    origin = models.CharField(max_length=5, blank=True, help_text="place of departure of the crossing leg")
    destination = models.CharField(max_length=5, blank=True)
    departs_at = models.DateTimeField(null=True, help_text="UTC")
    arrives_at = models.DateTimeField(null=True, help_text="UTC")
    arrival_party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    stated_total = models.PositiveIntegerField(null=True)
    passengers = models.PositiveIntegerField(default=0)
    crew = models.PositiveIntegerField(default=0)
    screened = models.PositiveIntegerField(default=0, help_text="travellers compared with the lists")
    grade = models.CharField(max_length=22, blank=True, help_text="the worst of its current lists")
    lists = models.JSONField(
        default=dict,
        help_text="by category (passenger, crew): parts received and expected, total stated, grade, whether it is "
        "whole, submissions of this version and of the one before",
    )
    state = models.CharField(max_length=10, choices=State, default=State.ANNOUNCED)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["mode", "carrier", "number", "date", "origin"],
                nulls_distinct=False,
                name="one_journey_per_key",
            )
        ]
        indexes = [models.Index("arrives_at", name="journeys_by_arrival")]  # the floor's board

    def __str__(self) -> str:
        return f"{self.carrier_id or ''} {self.number}".strip() or (self.vessel or {}).get("name") or str(self.pk)


class JourneyDeskGrant(DeskGrant):
    """Which desks see a journey: the JRCC's watch, and the border desk of each State that it touches."""

    content_object = models.ForeignKey(Journey, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Leg(Part):
    """One flight or passage between two places of a journey."""

    root_field: ClassVar[str] = "journey"
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    seq = models.PositiveSmallIntegerField(help_text="0, 1, … in travel order")
    from_port = models.CharField(max_length=5, blank=True)
    to_port = models.CharField(max_length=5, blank=True)
    departs_local = models.CharField(max_length=16, blank=True, help_text="as sent, local time of the place")
    arrives_local = models.CharField(max_length=16, blank=True)
    departs_at = models.DateTimeField(null=True, help_text="UTC")
    arrives_at = models.DateTimeField(null=True, help_text="UTC")
    from_party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    to_party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["journey", "seq"], name="one_leg_per_place_in_order")]


class JourneyParty(Part):
    """What a journey is to one State, and by when that State wants the list."""

    root_field: ClassVar[str] = "journey"
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, help_text="departure or arrival; a stop on the way is both")
    deadline_at = models.DateTimeField(null=True, help_text="UTC; null where the State has no rule")
    received_at = models.DateTimeField(null=True, help_text="when the first list arrived")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["journey", "party", "role"], name="one_row_per_role")]


class Submission(Record):
    """One message of a carrier, exactly as it came, with its receipt and how far we are with it."""

    class State(models.TextChoices):
        RECEIVED, READ, SCREENED, ANSWERED = "received", "read", "screened", "answered"

    class Channel(models.TextChoices):
        UPLOAD, API, TYPEB = "upload", "api", "typeb"

    receipt = models.CharField(max_length=30, unique=True, help_text="JRCC-YYMMDD-nnnnnn-c, c by ISO 7064 MOD 37,36")
    channel = models.CharField(max_length=8, choices=Channel)
    file_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    grade = models.CharField(max_length=22, blank=True)
    parser_version = models.CharField(max_length=20, blank=True)
    flight = models.CharField(max_length=40, blank=True, help_text="what the list is for, in short")
    journey = models.ForeignKey(Journey, models.PROTECT, null=True, related_name="+")
    passengers = models.PositiveIntegerField(default=0)
    crew = models.PositiveIntegerField(default=0)
    parts_missing = models.BooleanField(default=False)
    unknown_sender = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["owner", "sha256"], name="same_bytes_same_receipt")]

    told: str  # the state as the sender may know it, where rows were read with apps.jrcc.progress.as_told
    not_for_owner = frozenset({"submission.screen", "submission.answer"})
    """Verbs that the stream keeps from the sender: their moments would tell of a hit."""

    def __str__(self) -> str:
        return self.receipt

    @property
    def etag(self) -> str:
        """Entity tag; for a sender it changes with what he is told, not with what is done."""
        told = getattr(self, "told", "")
        return f'"{told}"' if told else super().etag


class SubmissionDeskGrant(DeskGrant):
    """Which desks see a submission: the sender's and the JRCC's."""

    content_object = models.ForeignKey(Submission, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class SubmissionContent(Part):
    """The bytes of a submission, unchanged, and what was made of them; apart, so that lists stay narrow."""

    root_field: ClassVar[str] = "submission"
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="+")
    raw = models.BinaryField()
    reading = models.JSONField(null=True, help_text="objects of the PAXLST contract, section 2")
    response = models.TextField(blank=True, help_text="CUSRES; says nothing about screening")

    class Meta:
        default_permissions = ()


class Traveller(Part):
    """A person on a journey, as the carrier declared him."""

    root_field: ClassVar[str] = "journey"
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="+", help_text="the list that named him last"
    )
    seq = models.PositiveIntegerField(help_text="place in that list, from 1")
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, default="U")
    birth_date = models.CharField(max_length=10, blank=True, help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    birth_date_other = models.CharField(max_length=10, blank=True, help_text="with the other century that it may mean")
    nationality = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=20, help_text="passenger, crew, transit_passenger or transit_crew")
    from_port = models.CharField(max_length=5, blank=True)
    to_port = models.CharField(max_length=5, blank=True)
    seat = models.CharField(max_length=8, blank=True)
    pnr = models.CharField(max_length=35, blank=True)
    carrier_reference = models.CharField(max_length=35, blank=True)
    parties = party_codes(help_text="States where he boards, lands or is cleared")
    transit_parties = party_codes(help_text="States where he is on board at a stop")
    keys = ArrayField(models.CharField(max_length=24), default=list, help_text="probe keys of the matcher")
    screened_at = models.DateTimeField(null=True, help_text="null = not yet compared with the lists")
    withdrawn_at = models.DateTimeField(null=True, help_text="no longer on the list")

    objects: ClassVar[Any] = TravellerQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index("journey", "seq", name="travellers_of_journey"),
            # reverse screening: a new entry against everybody still to arrive
            GinIndex(fields=["keys"], name="travellers_by_key", fastupdate=True),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def states(self) -> list[str]:
        """States that may screen him with the lists open to them: where he boards, lands or is on board at a stop."""
        return [*self.parties, *self.transit_parties]


class Document(Part):
    """A travel document that a traveller declared."""

    root_field: ClassVar[str] = "traveller"
    traveller = models.ForeignKey(Traveller, models.CASCADE, related_name="documents")
    type = models.CharField(max_length=4, blank=True)
    number = models.CharField(max_length=40, blank=True)
    issuer = models.CharField(max_length=3, blank=True)
    expires = models.CharField(max_length=10, blank=True)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index("number", name="documents_by_number")]


class Hit(Record):
    """A traveller who may be the subject of a list entry: work for the JRCC, then for the State it refers him to."""

    class State(models.TextChoices):
        RAISED, CLAIMED, REFERRED, ACKNOWLEDGED = "raised", "claimed", "referred", "acknowledged"
        CLOSED, DISMISSED, WITHDRAWN = "closed", "dismissed", "withdrawn"

    class Outcome(models.TextChoices):
        DETAINED = "detained", "Detained"
        REFUSED = "refused", "Refused entry"
        QUESTIONED = "questioned", "Questioned"
        ADMITTED = "admitted", "Admitted"
        NOT_THE_PERSON = "not_the_person", "Not the person"
        DID_NOT_TRAVEL = "did_not_travel", "Did not travel"

    reference = models.CharField(max_length=20, unique=True, help_text="H-2026-00042")
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="+")
    traveller = models.ForeignKey(Traveller, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    entry_version = models.PositiveIntegerField(help_text="of the entry when the score was found")
    list_name = models.CharField(max_length=100)
    list_party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="owner of the entry")
    hit_visible_to = models.CharField(max_length=20, help_text="the entry's rule when the hit was raised")
    score = models.FloatField(help_text="probability, 0 to 1")
    prior = models.FloatField(help_text="log-odds before the evidence")
    evidence = models.JSONField(help_text="[{feature, text, weight}]; prior + weights = log-odds of the score")
    matcher = models.CharField(max_length=40)
    instruction = models.CharField(max_length=10, choices=Instruction)
    parties = party_codes(help_text="States of the journey that may screen with the entry")
    referred_to = party_codes()
    cleared_for = party_codes(help_text="States that said earlier that this traveller is not that entry")
    due_at = models.DateTimeField(null=True, help_text="thirty minutes before arrival")
    claimed_by_seat_id = models.BigIntegerField(null=True)
    claimed_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(
        max_length=200, blank=True, help_text="code or words: why dismissed, withdrawn or opened again"
    )
    note = models.TextField(blank=True, help_text="what the JRCC writes to the State")
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    outcome_note = models.TextField(blank=True)
    outcome_party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.RAISED)

    OPEN: ClassVar[frozenset[str]] = frozenset({"raised", "claimed", "referred", "acknowledged"})
    # score from (with) and to (without); 2 stands above every probability
    GRADES: ClassVar[dict[str, tuple[float, float]]] = {"high": (0.95, 2), "mid": (0.75, 0.95), "low": (0, 0.75)}

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["traveller", "entry"], name="one_hit_per_traveller_and_entry"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="score_is_a_probability"),
        ]
        indexes = [
            models.Index("journey", name="hits_of_journey"),
            models.Index("entry", name="hits_of_entry"),
            models.Index(
                "due_at",
                condition=Q(state__in=["raised", "claimed", "referred", "acknowledged"]),
                name="open_hits_by_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def grade(self) -> str:
        """One of `GRADES`: how the floor colours it."""
        return next(grade for grade, (low, _high) in self.GRADES.items() if self.score >= low)

    @classmethod
    def of_grade(cls, grade: str) -> dict[str, float]:
        """The filter for the hits of a grade."""
        low, high = cls.GRADES[grade]
        return {"score__gte": low, "score__lt": high}


class HitDeskGrant(DeskGrant):
    """Which desks see a hit: the JRCC's watch, the entry's owner, and the State that it is referred to."""

    content_object = models.ForeignKey(Hit, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
