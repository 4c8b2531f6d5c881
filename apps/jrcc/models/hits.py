"""Travellers who may be the subject of a list entry."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.journeys.models.journeys import Journey
from apps.journeys.models.travellers import Traveller, party_codes
from apps.screening.models import Entry, Instruction


class Hit(Record):
    """A traveller who may be the subject of a list entry: work for the JRCC, then for the State it refers them to."""

    class State(TextChoices):
        RAISED, CLAIMED, REFERRED, ACKNOWLEDGED = "raised", "claimed", "referred", "acknowledged"
        CLOSED, DISMISSED, WITHDRAWN = "closed", "dismissed", "withdrawn"

    class Outcome(TextChoices):
        DETAINED = "detained", pgettext_lazy("words, jrcc", "Detained")
        REFUSED = "refused", pgettext_lazy("words, jrcc", "Refused entry")
        QUESTIONED = "questioned", pgettext_lazy("words, jrcc", "Questioned")
        ADMITTED = "admitted", pgettext_lazy("words, jrcc", "Admitted")
        NOT_THE_PERSON = "not_the_person", _("Not the person")
        DID_NOT_TRAVEL = "did_not_travel", _("Did not travel")

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
    acknowledged_by = party_codes(help_text="of the States that it was referred to, those that have taken it over")
    cleared_for = party_codes(help_text="States that said earlier that this traveller is not that entry")
    due_at = models.DateTimeField(null=True, help_text="thirty minutes before arrival")
    claimed_by_seat_id = models.BigIntegerField(null=True)
    claimed_by = models.CharField(max_length=150, blank=True)
    stands_since = models.DateTimeField(default=timezone.now, help_text="in its present state")
    second_look = models.CharField(
        max_length=6,
        blank=True,
        choices=[("due", "Due"), ("agreed", "Agreed")],
        help_text="whether a second officer looks, or has looked, at its dismissal",
    )
    dismissed_by_user_id = models.BigIntegerField(null=True)
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

    class Meta:
        verbose_name = pgettext_lazy("kind, jrcc", "Hit")
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


class HitDeskGrant(DeskGrant):
    """Which desks see a hit: the JRCC's watch, the entry's owner, and the State that it is referred to."""

    content_object = models.ForeignKey(Hit, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class HitReferral(Part):
    """That a hit was referred to a State, and when the State took it over."""

    root_field: ClassVar[str] = "hit"
    removed: ClassVar[str] = "an act: a flight no longer goes to the State"
    hit = models.ForeignKey(Hit, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["hit", "party"], name="one_referral_per_state")]


class HitEscalation(Part):
    """That a step on a hit was not done in its time, and somebody further up was told."""

    root_field: ClassVar[str] = "hit"
    hit = models.ForeignKey(Hit, models.CASCADE, related_name="+")
    step = models.CharField(max_length=12, help_text="apps.jrcc.queries.clocks.STEPS")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+", help_text="whose step it was")
    since = models.DateTimeField(help_text="when the clock of the step began")
    rung = models.PositiveSmallIntegerField(default=1, help_text="of the ladder: 1 first, then further up")
    due_at = models.DateTimeField()
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=6, default="raised", choices=[("raised", "Raised")])

    class Meta:
        verbose_name = _("Hit passed further up")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["hit", "step", "party", "since", "rung"], name="one_hit_escalation_per_rung"
            )
        ]


class HitClock(Part):
    """When the next step on a hit has to be looked at; a trigger winds it whenever the hit or a referral changes."""

    root_field: ClassVar[str] = "hit"
    hit = models.OneToOneField(Hit, models.CASCADE, related_name="+")
    look_at = models.DateTimeField(null=True, help_text="null: nothing is due on it any more")

    class Meta:
        default_permissions = ()
        # the round of each minute
        indexes = [models.Index("look_at", condition=Q(look_at__isnull=False), name="clocks_to_look_at")]
