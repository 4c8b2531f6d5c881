"""Treaties, agreements and protocols, who has taken which step to them, and with which reservations."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.region.models.base import Fact, Head


class Instrument(Head):
    """An instrument. Whether it is in force is never stored: it follows from the steps of its parties and its rule."""

    class State(TextChoices):
        NEGOTIATING = "negotiating", "Being negotiated"
        TEXT_AGREED = "text_agreed", "Text agreed"
        OPEN = "open_for_signature", "Opened for signature"
        TERMINATED = "terminated", "Terminated"

    class Kind(TextChoices):
        TREATY = "treaty", "Treaty"
        AGREEMENT = "agreement", "Agreement"
        PROTOCOL = "protocol", "Protocol"
        MOU = "mou", "Memorandum of understanding"
        DECLARATION = "declaration", "Declaration"

    class Consent(TextChoices):
        SIGNATURE = "signature", "by signature"
        RATIFICATION = "ratification", "by ratification"
        DEPOSIT = "deposit", "by deposit of the instrument of ratification"

    code = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=12, choices=Kind)
    opened_on = models.DateField(null=True)
    opened_note = models.CharField(max_length=300, blank=True)
    signed_on = models.DateField(null=True, help_text="day of the signing, where it is not known who signed")
    place = models.CharField(max_length=120, blank=True)
    depositary = models.CharField(max_length=120, blank=True)
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    eligible = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="BRB, ORG:RSS; empty: not known"
    )
    rule = models.JSONField(null=True, help_text="when it enters into force (apps.region.rules.entry_into_force)")
    rule_words = models.TextField(blank=True, help_text="the article as it reads")
    consent = models.CharField(
        max_length=12, choices=Consent, default=Consent.RATIFICATION, help_text="what binds a party"
    )
    consent_days = models.PositiveSmallIntegerField(default=0, help_text="days from that step until it is bound")
    provisional_words = models.TextField(blank=True, help_text="rule of provisional application; empty: none")
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    relevance = models.TextField(blank=True)
    confidence = models.TextField(blank=True, help_text="what is still to be confirmed")
    state = models.CharField(max_length=20, choices=State, default=State.NEGOTIATING)

    class Meta:
        verbose_name = pgettext_lazy("kind, region", "Instrument")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class InstrumentStep(Fact):
    """What the depositary notified of the instrument as a whole."""

    root_field: ClassVar[str] = "instrument"

    class Kind(TextChoices):
        IN_FORCE = "in_force", "Notified as in force"
        TERMINATED = "terminated", "Terminated"

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "kind"], condition=Q(superseded_at=None), name="one_notification_of_a_kind"
            )
        ]


class InstrumentParty(Head):
    """An entity that may become, or is, a party: a State, or an organisation such as the RSS."""

    class State(TextChoices):
        ELIGIBLE = "eligible", "May join"
        SIGNED = "signed", "Signed"
        AD_REFERENDUM = "signed_ad_referendum", "Signed ad referendum"
        CABINET = "cabinet_approved", "Approved nationally"
        RATIFIED = "ratified", "Ratified"
        DEPOSITED = "deposited", "Deposited"
        ACCEDED = "acceded", "Acceded"
        PROVISIONAL = "provisional", "Applies it provisionally"
        NOTICE = "withdrawn_notice", "Has given notice of withdrawal"

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    entity = models.CharField(max_length=20, help_text="BRB, or ORG:RSS")
    party = models.ForeignKey("people.Party", models.PROTECT, null=True, related_name="+", help_text="for a State")
    entrustment = models.CharField(
        max_length=120, blank=True, help_text="reference, where an overseas territory needs it"
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="place in the depositary's register")
    state = models.CharField(max_length=20, choices=State, default=State.ELIGIBLE)

    class Meta:
        verbose_name = _("Party to an instrument")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["instrument", "entity"], name="one_line_per_entity")]

    def __str__(self) -> str:
        return f"{self.entity} {self.instrument_id}"

    def audited_as(self) -> tuple[str, None]:
        """The State whose audit chain tells of it."""
        return self.party_id or "", None


class PartyStep(Fact):
    """A step of an entity to an instrument, on a day."""

    root_field: ClassVar[str] = "of"

    class Kind(TextChoices):
        SIGNED = "signed", "Signed"
        AD_REFERENDUM = "ad_referendum", "Signed ad referendum"
        APPROVED = "approved", "Approved nationally"
        RATIFIED = "ratified", "Ratified"
        DEPOSITED = "deposited", "Deposited"
        ACCEDED = "acceded", "Acceded"
        PROVISIONAL = "provisional", "Applies it provisionally from"
        BOUND = "bound", "Notified as bound from"
        NOTICE = "notice", "Gave notice of withdrawal"
        WITHDRAWN = "withdrawn", "Withdrawn from"

    of = models.ForeignKey(InstrumentParty, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind)
    on = models.DateField()
    reference = models.CharField(
        max_length=120, blank=True, help_text="full powers, Cabinet decision, depositary's note"
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["of", "kind"], condition=Q(superseded_at=None), name="one_step_of_a_kind")
        ]


class Reservation(Fact):
    """A reservation or an interpretative declaration of a party."""

    root_field: ClassVar[str] = "of"

    class Kind(TextChoices):
        RESERVATION = "reservation", "Reservation"
        DECLARATION = "declaration", "Declaration"

    of = models.ForeignKey(InstrumentParty, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    article = models.CharField(max_length=40)
    text = models.TextField()
    on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()


class Objection(Fact):
    """An objection of a party to another's reservation (Vienna Convention on the Law of Treaties, Article 20)."""

    root_field: ClassVar[str] = "reservation"

    class Relation(TextChoices):
        NONE = "none", "leaves the treaty in force between the two parties"
        PARTIAL = "partial", "excludes the article between the two parties"
        EXCLUDED = "excluded", "excludes the treaty between the two parties"

    reservation = models.ForeignKey(Reservation, models.PROTECT, related_name="+")
    entity = models.CharField(max_length=20, help_text="who objects: BRB, or ORG:RSS")
    relation = models.CharField(max_length=8, choices=Relation)
    text = models.TextField()
    on = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["reservation", "entity"], condition=Q(superseded_at=None), name="one_objection_per_party"
            )
        ]
