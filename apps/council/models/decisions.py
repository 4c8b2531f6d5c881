"""Decisions: their text, clauses and amendments, the votes on them, and what States declare to them."""

import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Part, Record
from apps.council.managers import BallotQuerySet
from apps.council.models.meetings import AgendaItem, Meeting
from apps.council.models.organs import Organ, RuleSet


def party_codes(**more: Any) -> Any:
    """A column of party codes."""
    return ArrayField(models.CharField(max_length=8), default=list, blank=True, **more)


class Decision(Record):
    """What an organ resolves: from the draft to the sealed text in force."""

    unwalled: ClassVar[str] = "looked up in a GIN index, which PostgreSQL leaves aside behind a policy"

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Proposed"
        AMENDING = "amending", "Amendments open"
        VOTING = "voting", "Vote open"
        PENDING_WRITTEN = "pending_written", "In written procedure"
        PENDING_AD_REFERENDUM = "pending_referendum", "Waiting for confirmation"
        ADOPTED = "adopted", "Adopted"
        REJECTED = "rejected", "Rejected"
        DEFERRED = "deferred", "Deferred"
        WITHDRAWN = "withdrawn", "Withdrawn"
        SEALED = "sealed", "Sealed"
        IN_FORCE = "in_force", "In force"
        SUPERSEDED = "superseded", "Superseded"
        LAPSED = "lapsed", "Lapsed"
        ANNULLED = "annulled", "Annulled"

    class Kind(TextChoices):
        DECISION = "decision", "Decision"
        RECOMMENDATION = "recommendation", "Recommendation"
        PROCEDURAL = "procedural", "Procedural decision"

    class Question(TextChoices):
        PROCEDURAL = "PROCEDURAL", "Procedural question"
        RECOMMENDATION = "RECOMMENDATION", "Recommendation"
        DECISION = "DECISION", "Decision"
        WELLBEING = "NATIONAL_WELLBEING_DETERMINATION", "Is it critical to national well-being?"
        CRITICAL = "DECISION_CRITICAL", "Decision critical to national well-being"

    working_no = models.CharField(max_length=40, unique=True, help_text="from the draft on")
    number = models.CharField(  # noqa: DJ001 - unique once it is given
        max_length=60, unique=True, null=True, help_text="ORGAN/YEAR/MEETING/KIND/NN, when sealed"
    )
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="+", help_text="State in the chair"
    )
    proposer = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=Kind)
    question = models.CharField(max_length=40, choices=Question, help_text="what the rule set calls it")
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=30, blank=True, help_text="system or programme: APIS, CISNET, CYBER …")
    preamble = models.TextField(blank=True)
    text_version = models.PositiveSmallIntegerField(default=1)
    text_hash = models.CharField(
        max_length=64, help_text="SHA-256 of title, preamble and clauses (apps.council.rules.seals)"
    )
    financial = models.JSONField(
        null=True, help_text='{"nil", "amount_minor", "currency", "years", "recurring", "source"}; Article 27(5)'
    )
    csme_matter = models.BooleanField(default=False, help_text="States in arrears vote on it: Article 27(2)")
    dispute_parties = party_codes(help_text="parties to the dispute, which do not vote on it: Article 28(4)")
    determination = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text="adopted finding of critical importance"
    )
    effective_on = models.DateField(null=True, help_text="null: on the day of its adoption")
    expires_on = models.DateField(null=True, help_text="first day on which it no longer holds")
    adopted_on = models.DateField(null=True)
    bound = party_codes(help_text="States that a binding decision obliges, whatever they voted: Article 29(1)")
    ad_referendum_until = models.DateField(null=True)
    result = models.JSONField(null=True, help_text="of the vote that decided, by apps.council.rules.votes")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=64, blank=True)
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True, help_text="day on which it was superseded, lapsed or was annulled")
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    retabled_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    public = models.BooleanField(default=False, help_text="stands in the public register")
    reason = models.CharField(max_length=300, blank=True, help_text="why it was deferred, withdrawn or annulled")
    fictional = models.BooleanField(default=False, help_text="demonstration: shown with a ribbon, left out of reports")
    words = models.TextField(blank=True, help_text="preamble and clauses, for search")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)

    STANDING: ClassVar[frozenset[str]] = frozenset({"sealed", "in_force", "superseded", "lapsed", "annulled"})
    """States after the seal: text, votes and number never change again."""

    class Meta:
        verbose_name = pgettext_lazy("kind, council", "Decision")
        default_permissions = ("view",)
        indexes = [
            models.Index("meeting", name="decisions_of_meeting"),
            models.Index("state", "effective_on", name="decisions_by_state"),
            GinIndex(SearchVector("title", "words", config="english"), name="decisions_by_words"),
        ]

    def __str__(self) -> str:
        return self.number or self.working_no

    @property
    def result_day(self) -> datetime.date:
        """Day of the adoption; an error before it."""
        if self.adopted_on is None:
            raise ValueError(f"{self} is not adopted")
        return self.adopted_on


class DecisionDeskGrant(DeskGrant):
    """Which desks see a decision."""

    content_object = models.ForeignKey(Decision, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False


class Clause(Part):
    """One ordering sentence of the current text: who must do what, by when."""

    root_field: ClassVar[str] = "decision"
    removed: ClassVar[str] = "an act: a draft or an amendment is written anew"

    class Kind(TextChoices):
        ACTION = "action", "Action"
        STANDING = "standing", "Standing rule"
        RECOMMENDATION = "recommendation", "Recommendation"
        INVITATION = "invitation", "Invitation"
        ESTABLISHES = "establishes", "Sets up a body"
        FINANCIAL = "financial", "Financial"
        PROCEDURAL = "procedural", "Procedural"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    number = models.CharField(max_length=10, help_text="1, 1(a): data, the same in every language")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.ACTION)
    addressee_rule = models.CharField(max_length=200, help_text="ALL_MEMBER_STATES, STATES:BRB,JAM, ORGAN:IMPACS …")
    addressees = ArrayField(
        models.CharField(max_length=30),
        default=list,
        blank=True,
        help_text="resolved on the effective date; bodies too",
    )
    due_on = models.DateField(null=True)
    evidence_required = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="one_clause_per_number")]


class DecisionText(Part):
    """A version of the text as it stood, or its translation; never edited."""

    root_field: ClassVar[str] = "decision"
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5, default="en")
    authentic = models.BooleanField(default=True)
    title = models.CharField(max_length=200)
    preamble = models.TextField(blank=True)
    clauses = models.JSONField(help_text='[{"number", "text", "addressees", "due"}]')
    sha256 = models.CharField(max_length=64)
    source_hash = models.CharField(max_length=64, blank=True, help_text="of a translation: the text it was made from")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["decision", "version", "language", "sha256"], name="one_text_per_version")
        ]


class Amendment(Part):
    """A State's change to one clause of the proposed text, and what became of it."""

    root_field: ClassVar[str] = "decision"

    class State(TextChoices):
        PROPOSED, ACCEPTED, REJECTED, WITHDRAWN = "proposed", "accepted", "rejected", "withdrawn"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    against_version = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=10, help_text="number of the clause; a new number adds one")
    text = models.TextField(blank=True, help_text="empty: leave the clause out")
    proposer = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="one_amendment_per_number")]


class Vote(Part):
    """One vote on a decision: what was frozen when it opened, and the result with its arithmetic."""

    root_field: ClassVar[str] = "decision"

    class State(TextChoices):
        OPEN = "open", pgettext_lazy("status, council", "Open")
        CLOSED, VOID = "closed", "void"

    class Method(TextChoices):
        ELECTRONIC = "electronic", "Electronic"
        SHOW = "show", "Show of hands"
        ROLL = "roll", "Roll call"
        CONSENSUS = "consensus", "Consensus"
        WRITTEN = "written", "Written vote"
        SILENCE = "silence", "Silence procedure"

    BY_HAND: ClassVar[frozenset[str]] = frozenset({"show", "roll"})
    """Methods in which everybody sees how each State votes while the vote is open."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Method)
    question = models.CharField(max_length=40, choices=Decision.Question)
    day = models.DateField(help_text="of the sitting, in the meeting's time zone")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    rule_set_hash = models.CharField(max_length=64)
    text_hash = models.CharField(max_length=64)
    poll = models.JSONField(
        help_text="frozen: members, associates, arrears, waivers, dispute parties, money, well-being"
    )
    present = party_codes(help_text="Member States present at the closing")
    result = models.JSONField(null=True)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(
        null=True, help_text="last moment for ballots of a written vote; null in a meeting"
    )
    receipts = models.JSONField(
        default=dict, help_text="of a written vote: {party: when it confirmed that it was told}"
    )
    told = models.JSONField(default=list, help_text="of a written vote: marks of the reminders that were sent")
    closed_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_vote_per_number"),
            models.UniqueConstraint(fields=["decision"], condition=Q(state="open"), name="one_open_vote"),
        ]


class Ballot(Part):
    """A State's vote as it was cast. Never edited: a change is a new row, a closed vote takes no more."""

    root_field: ClassVar[str] = "decision"

    class Value(TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAIN = "abstain", "Abstain"
        FOR_AD_REF = "for_ad_referendum", "For, subject to confirmation"
        OBJECT = "object", "Objects to consensus"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    value = models.CharField(max_length=20, choices=Value)
    explanation = models.TextField(blank=True)
    code = models.CharField(max_length=30, blank=True, help_text="why it does not count; empty when it does")
    order = models.PositiveSmallIntegerField(help_text="in which it was cast")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField(help_text="who cast or recorded it; the vote belongs to the State")

    objects: ClassVar[Any] = BallotQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["vote", "order"], name="ballots_in_order")]


class Confirmation(Part):
    """A State that voted subject to confirmation says what its Cabinet answered."""

    root_field: ClassVar[str] = "decision"
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    confirmed = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["decision", "party"], name="one_confirmation_per_state")]


class Statement(Part):
    """What a State declares to a decision after its adoption."""

    root_field: ClassVar[str] = "decision"

    class Kind(TextChoices):
        RESERVATION = "reservation", "Reservation"
        OPT_OUT = "opt_out", "Opt-out"
        ACCESSION = "accession", "Later accession"
        OBJECTION = "objection", "Objection"
        DISPUTE = "dispute", "Dispute"
        REASONS = "reasons", "Reasons for not implementing"

    class State(TextChoices):
        ENTERED, ASKED, GRANTED, REFUSED, WITHDRAWN = "entered", "asked", "granted", "refused", "withdrawn"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    clauses = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text="numbers; empty: the whole"
    )
    text = models.TextField()
    until = models.DateField(null=True, help_text="last day on which it holds")
    basis = models.CharField(max_length=200, blank=True, help_text="decision of the Conference that granted an opt-out")
    granted_on = models.DateField(null=True, help_text="day from which an opt-out releases the State")
    at = models.DateTimeField(auto_now_add=True)
    seat_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.ENTERED)

    class Meta:
        default_permissions = ()
        indexes = [models.Index("decision", "party", name="statements_of_state")]


class SealedEntry(Part):
    """A link of the chain of seals: one for each sealed decision and each correction; never edited."""

    root_field: ClassVar[str] = "decision"

    class Kind(TextChoices):
        DECISION, CORRECTION = "decision", "correction"

    position = models.PositiveIntegerField(unique=True, help_text="from 1, without gaps")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    content = models.JSONField(help_text="what was sealed, in canonical form")
    previous = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
