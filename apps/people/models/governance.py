"""How a party governs its own accounts: dated rules, invitations, and what waits for a second administrator."""

import hashlib
import json
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.people.managers import InvitationQuerySet, ProposalQuerySet, RuleQuerySet, WaiverQuerySet
from apps.people.models.register import Desk, Party, Seat, User, public_id


class Dated(models.Model):
    """A rule that holds from a day on; a changed rule is a new row, and the old one ends."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = RuleQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()


class AccountRule(Dated):
    """A term or a limit of the accounts of all parties: seed/governing.toml."""

    code = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, help_text="hours, days, months, working days, minutes or times")

    class Meta(Dated.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_account_rule_per_day")]


class TwoPersonRule(Dated):
    """What needs a second person: seats from a rank on, seats of a function, clearances from a level on, verbs."""

    class Kind(TextChoices):
        RANK = "rank", "Role"
        FUNCTION, CLEARANCE = "function", "clearance"
        VERB = "verb", "Action"

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=40, help_text="least rank, function code, least level, or verb")

    class Meta(Dated.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["kind", "value", "valid_from"], name="one_two_person_rule")]


class SeatConflict(Dated):
    """Two functions of one party that one person does not hold together; a small State may waive it for a time."""

    one = models.CharField(max_length=20, help_text="function code")
    other = models.CharField(max_length=20, help_text="function code")
    why = models.CharField(max_length=200)

    class Meta(Dated.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["one", "other", "valid_from"], name="one_conflict_per_pair_and_day")
        ]


class SeatWaiver(models.Model):
    """That one person holds two functions of a party although they conflict: why, and until when; a year at most."""

    uid = public_id()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    one = models.CharField(max_length=20, help_text="function code")
    other = models.CharField(max_length=20, help_text="function code")
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="current", choices=[("current", "current"), ("ended", "ended")])
    by_seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField()

    objects: ClassVar[Any] = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("Permission for conflicting appointments")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="seat_waiver_period")]

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this waiver."""
        return self.user.home_party_id or "", None


class Invitation(models.Model):
    """A link by mail and a code by hand that let a person open their own account, once and for some days."""

    class State(TextChoices):
        SENT = "sent", "Sent"
        AWAITS = "awaits", "Opened, waits for the desk"
        ACCEPTED = "accepted", "Accepted"
        REVOKED = "revoked", "Revoked"

    uid = public_id()
    user = models.OneToOneField(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    serial = models.PositiveSmallIntegerField(default=1, help_text="counts the links; only the last one opens")
    link = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the link's secret")
    code = models.CharField(max_length=128, help_text="Argon2 of the code that another person hands over")
    misses = models.PositiveSmallIntegerField(default=0, help_text="wrong codes since the link was sent")
    by_seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", help_text="who sent the link that is valid now")
    inviter = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="who invited the person")
    addressed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="who gave the address to which the link goes"
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, related_name="+", help_text="to which the person is invited"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, help_text="opened by the person, or revoked")
    confirmed_by = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="+", help_text="who said that the person is who was invited"
    )
    heads: int  # people who decide at the desk and had no hand in it: annotated
    free: int  # administrators of the party who had none
    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, people", "Invitation")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="invitation_period")]

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this invitation."""
        return self.user.home_party_id or "", None

    @property
    def is_over(self) -> bool:
        """Whether the link of an open invitation has run out of time."""
        return self.state == self.State.SENT and self.expires_at <= timezone.now()


class AccountProposal(models.Model):
    """A change of accounts or seats that one administrator asks for and another person approves."""

    class State(TextChoices):
        OPEN = "open", "Awaiting approval"
        AWAITED = "awaited", "Awaiting the person's own party"
        APPROVED = "approved", "Approved, not yet carried out"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        LAPSED = "lapsed", "Lapsed"
        VOID = "void", "Void: changed since the request"

    WAITING: ClassVar[frozenset[str]] = frozenset({State.OPEN, State.AWAITED, State.APPROVED})

    uid = public_id()
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", help_text="whose accounts it is about")
    verb = models.CharField(max_length=60)
    subject = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="the person it is about")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", help_text="of a seat asked for")
    payload = models.JSONField(encoder=DjangoJSONEncoder, help_text="the verb's input, as it will be carried out")
    payload_hash = models.CharField(max_length=64, help_text="SHA-256 of verb, subject and canonical payload")
    mark = models.CharField(max_length=64, help_text="digest of the person's account and seats when it was asked for")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposer_seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    approver_seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    home = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", help_text="asked to agree that its person sits elsewhere"
    )
    home_seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, related_name="+", help_text="who answered for the person's own party"
    )
    answer = models.CharField(max_length=200, blank=True, help_text="why it was refused, withdrawn or void")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Second approval request")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["payload_hash"], condition=Q(state__in=["open", "awaited", "approved"]), name="asked_for_once"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="proposal_period"),
        ]

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this proposal."""
        return self.party_id, None

    @staticmethod
    def hash_of(verb: str, subject_id: int, payload: dict[str, Any]) -> str:
        """What an approval is bound to: another input is another hash."""
        said = json.dumps([verb, subject_id, payload], sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
        return hashlib.sha256(said.encode()).hexdigest()
