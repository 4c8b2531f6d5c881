"""What every record has, and the doors' own tables: work to do, answers given, events to tell."""

import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from guardian.models import GroupObjectPermissionBase

from apps.access.choices import IntegerChoices
from apps.access.ids import uuid7
from apps.access.managers import PartQuerySet, ScopedQuerySet

FAR_FUTURE = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)


class Level(IntegerChoices):
    """Clearance needed to read a record."""

    PUBLIC, OFFICIAL, CONFIDENTIAL, SECRET = 0, 1, 2, 3


class Record(models.Model):
    """A thing that is shared as a whole. Grants point at it; its parts inherit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey("people.Desk", models.PROTECT, related_name="+", help_text="desk that keeps the record")
    originator = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="+", help_text="party that first recorded it; never changes"
    )
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.OFFICIAL)
    version = models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_seat_id = models.BigIntegerField(null=True)

    unwalled: ClassVar[str] = ""
    """Why PostgreSQL can have no policy for the table (apps.access.wall)."""
    floor: ClassVar[str | None] = None
    """Why the policy lets any seat read; "": it follows the door; None: as its app says."""
    removed: ClassVar[str] = ""
    """By whom rows are removed for good; where it is by nobody, the application's role may not (apps.access.wall)."""
    kept_rows: ClassVar[bool] = False
    """Whether they are removed for a reason of database_context.REMOVALS alone."""

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def etag(self) -> str:
        """Entity tag of this version (RFC 9110, section 8.8.3)."""
        return f'"{self.version}"'


class Part(models.Model):
    """A part of a record, without grants of its own: visible when `root_field` is."""

    root_field: ClassVar[str]
    unwalled: ClassVar[str] = ""
    floor: ClassVar[str | None] = None
    removed: ClassVar[str] = ""
    kept_rows: ClassVar[bool] = False
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    objects: ClassVar[Any] = PartQuerySet.as_manager()

    class Meta:
        abstract = True


class DeskGrant(GroupObjectPermissionBase):
    """A permission of one group on one record. Concrete: `<Model>DeskGrant` with `content_object`."""

    until = models.DateTimeField(default=FAR_FUTURE)
    by_seat_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    basis = models.CharField(max_length=80, blank=True, help_text="mandate, treaty article or request number")

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


class GrantPeriod(models.Model):
    """A time for which a group held a permission on a record, written when it ended: the grant may be opened again.

    Ids alone; with the grants that run it says who could have seen a record at any moment.
    """

    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    group_id = models.IntegerField()
    permission_id = models.IntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    by_seat_id = models.BigIntegerField(null=True)
    basis = models.CharField(max_length=80, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["object_type", "object_id"], name="past_grants_of_record")]


class Dispatch(models.Model):
    """Work that follows from a fact, written in the fact's own transaction; the broker only carries its id.

    Done exactly once: the action that does the work closes the row in the same transaction (doors.claim).
    """

    topic = models.CharField(max_length=60)
    listener = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, help_text="ids and codes; never names or texts")
    request_id = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    available_at = models.DateTimeField()
    urgent_at = models.DateTimeField(null=True, help_text="orders the intake lane; null: work of another queue")
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            # the sweeper's query
            models.Index("available_at", condition=models.Q(done_at=None, dead_at=None), name="dispatch_due"),
            # the intake lane's
            models.Index(
                "urgent_at",
                "id",
                condition=models.Q(done_at=None, dead_at=None, urgent_at__isnull=False),
                name="dispatch_lane",
            ),
        ]


class IdempotencyKey(models.Model):
    """A request already answered: the same key and body get its record again, never a second effect. Kept 48 hours."""

    seat_id = models.BigIntegerField()
    key = models.CharField(max_length=200)
    route = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True, help_text="of the release before: no answer is kept any more")
    object_id = models.CharField(max_length=40, db_default="", help_text="of the record in the answer")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["seat_id", "key"], name="one_answer_per_key")]


class StreamEvent(models.Model):
    """That a record changed, and which groups may know. Ids only; kept one day for resuming streams.

    Read in the order of their numbers, which are given after the commit (stream_log.give_numbers).
    """

    number = models.BigIntegerField(null=True, help_text="null: not numbered yet; 0: written before there were numbers")
    tx = models.BigIntegerField(help_text="pg_current_xact_id() of the writer, by which the release before reads")
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    groups = ArrayField(models.IntegerField())

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index("tx", "id", name="stream_order"),
            models.Index("at", name="stream_age"),
            models.Index("number", "id", name="stream_numbers"),
        ]


class Heartbeat(models.Model):
    """The last sign of life of a worker or of the scheduler."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()


class PurgeRound(models.Model):
    """A round of the work of retention: when, and how much went. Of rounds in which nothing went the last is kept."""

    name = models.CharField(max_length=30)
    at = models.DateTimeField()
    counts = models.JSONField(default=dict, help_text="{kind: rows}")
    total = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["name", "-at"], name="rounds_by_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d}"


class KeyStamp(models.Model):
    """By what a key is known that must stay the same; written once FIELD_KEY was changed (`manage.py encrypt_anew`)."""

    name = models.CharField(max_length=20, primary_key=True)
    mark = models.CharField(max_length=64, help_text="of the name, under the key")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class ReferenceSeries(models.Model):
    """The counter behind human-readable references: one row per series, locked while it counts."""

    series = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
