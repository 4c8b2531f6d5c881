"""The memory of the portal: who did, tried to do or read what. Append-only and hash-chained in PostgreSQL."""

from django.db import models
from django.utils.translation import pgettext_lazy

from apps.audit.managers import AuditQuerySet


class AuditRecord(models.Model):
    """One act, refusal or reading. Plain ids, no foreign keys: rows outlive what they name.

    The table, its chain trigger and its locks are made by migration 0002 (managed = False, so that no flush can
    reach it). `seq`, `at`, `prev` and `hash` are written by the trigger.
    """

    class Outcome(models.TextChoices):
        DONE, REFUSED, READ = "done", "refused", "read"

    stream = models.CharField(max_length=8, help_text="chain: the party that owns the record, else the actor's party")
    seq = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    user_id = models.BigIntegerField()
    person = models.CharField(max_length=150, help_text="user name; a token's service seat has its own")
    seat_id = models.BigIntegerField()
    role = models.CharField(max_length=30)
    desk_id = models.BigIntegerField()
    desk = models.CharField(max_length=40, help_text="PARTY.function")
    party = models.CharField(max_length=8)
    via = models.CharField(max_length=10, help_text="web, api, task or command")
    address = models.GenericIPAddressField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40, blank=True)
    owner_party = models.CharField(max_length=8, blank=True)
    owner_desk_id = models.BigIntegerField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=60, blank=True, help_text="code of the refusal or of the act")
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    changed = models.JSONField(default=list, help_text="names of the fields changed; never their values")
    detail = models.JSONField(default=dict, help_text="ids and counts; never names or texts")
    prev = models.BinaryField(null=True)
    hash = models.BinaryField(null=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, audit", "Audit trail")
        managed = False
        db_table = "audit_record"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}: {self.verb} {self.outcome}"
