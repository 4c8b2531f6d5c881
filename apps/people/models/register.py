"""The register: parties, desks, seats and people."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.contrib.postgres.fields.ranges import DateRangeField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.people.managers import (
    AccountManager,
    DeskQuerySet,
    FunctionQuerySet,
    PartyQuerySet,
    SeatQuerySet,
)


class UuidV7(Func):
    """uuidv7() of PostgreSQL 18."""

    function = "uuidv7"
    template = "%(function)s()"
    output_field = models.UUIDField()


def public_id() -> Any:
    """The id by which the API names a row whose own key is a code or a number."""
    return models.UUIDField(unique=True, default=uuid7, db_default=UuidV7(), editable=False)


class TsTzRange(Func):
    """tstzrange(from, to): half-open."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class DateRange(Func):
    """daterange(from, to): half-open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Party(models.Model):
    """Whoever can own a desk: a Member State, an Associate Member, a body of the Community, or a carrier."""

    class Kind(TextChoices):
        MEMBER_STATE = "member_state", "Member State"
        ASSOCIATE_MEMBER = "associate_member", "Associate Member"
        BODY = "body", "Body"
        CARRIER = "carrier", "Carrier"

    uid = public_id()
    code = models.CharField(max_length=8, primary_key=True, help_text="ISO 3166-1 alpha-3, acronym, or carrier code")
    name = models.CharField(max_length=120, help_text="official name")
    short_name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=40, default="America/Barbados")
    languages = ArrayField(models.CharField(max_length=5), default=list)
    alpha2 = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2 of a State")
    roll_call_order = models.PositiveSmallIntegerField(null=True, help_text="alphabetical by official name")

    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return pgettext("party", self.short_name)


class PartyPeriod(models.Model):
    """What a party was, from when to when: membership is dated data, never a constant in code."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="periods")
    kind = models.CharField(max_length=20, choices=Party.Kind)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="first day on which it no longer holds")
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="one_kind_at_a_time",
                expressions=[
                    ("party", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            )
        ]


class Function(models.Model):
    """What a desk does, the highest level it may read, and what its three ranks are called."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=60)
    max_level = models.PositiveSmallIntegerField()
    roles = ArrayField(models.CharField(max_length=30), size=3, help_text="role codes of ranks 1, 2 and 3")

    objects: ClassVar[Any] = FunctionQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return pgettext("function", self.name)


class Desk(models.Model):
    """A function within a party. It is the Django group that grants point at, and it signs answers."""

    uid = public_id()
    group = models.OneToOneField(Group, models.PROTECT, primary_key=True, related_name="+")
    code = models.CharField(max_length=40, unique=True, help_text="PARTY.function")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)

    objects: ClassVar[Any] = DeskQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["party", "function"], name="one_desk_per_function")]

    def __str__(self) -> str:
        return self.code


class User(AbstractUser):
    """A person's account. What they may do comes from their seats alone; groups and permissions stay empty."""

    class State(TextChoices):
        INVITED, ACTIVE, SUSPENDED, LEFT = "invited", "active", "suspended", "left"

    class Theme(TextChoices):
        AUTO = "auto", "Automatic"
        LIGHT, DARK = "light", "dark"

    uid = public_id()
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(max_length=150, help_text="as the person writes it")
    home_party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    clearance = models.PositiveSmallIntegerField(default=1)
    is_demo = models.BooleanField(default=False, help_text="made by load_demo; production refuses to start with one")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    compact = models.BooleanField(default=False, help_text="denser tables")
    language = models.CharField(
        max_length=5,
        blank=True,
        default="",
        db_default="",
        help_text="of mails; as last chosen on a page, empty: never",
    )
    last_seat_id = models.BigIntegerField(null=True)
    must_change_password = models.BooleanField(default=False, help_text="the password is a one-time one")
    reason = models.CharField(max_length=200, blank=True, help_text="why the account is suspended")
    for_cause = models.BooleanField(default=False, help_text="suspended for cause: two people open it again")
    secret: str  # the one-time password, on the row that an action made it for and nowhere else

    objects: ClassVar[Any] = AccountManager()
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = pgettext_lazy("kind, people", "Account")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(is_superuser=False), name="there_is_no_superuser")]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.full_name or self.username

    def seconded_to(self, party: str | None) -> str:
        """The person's own party where they sit at a desk of another one; "" at home, or at no known one. No query."""
        home = self.home_party_id or ""
        return home if party and home != party else ""

    def name_at(self, party: str | None) -> str:
        """The name in a sentence, a choice or a file; at a desk of another party with who sent them. No query."""
        home, name = self.seconded_to(party), self.get_full_name()
        return (
            pgettext("words, people", "%(name)s (seconded from %(party)s)") % {"name": name, "party": home}
            if home
            else name
        )

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this account."""
        return self.home_party_id or "", None


class Seat(models.Model):
    """A person's appointment to a desk, for a time. Ended, never deleted."""

    class Kind(TextChoices):
        STANDING = "standing", "Substantive"
        ACTING, EMERGENCY, SERVICE = "acting", "emergency", "service"

    uid = public_id()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    rank = models.PositiveSmallIntegerField(help_text="1 reads, 2 works, 3 decides")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STANDING)
    state = models.CharField(max_length=10, default="current", choices=[("current", "current"), ("ended", "ended")])
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, people", "Appointment")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=3), name="three_ranks"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="seat_period"),
            ExclusionConstraint(
                name="one_seat_per_person_and_desk",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("desk", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (TsTzRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.desk_id} as {self.role}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this seat."""
        return self.desk.party_id, None

    @property
    def seconded_from(self) -> str:
        """The party that sent the person to this desk of another one; "" at home. No query if both are loaded."""
        home: str = self.user.seconded_to(self.desk.party_id)
        return home

    @property
    def person_name(self) -> str:
        """The person's name, with the party that sent them where it is another one. No query if both are loaded."""
        name: str = self.user.name_at(self.desk.party_id)
        return name
