"""Texts that are written together: the log of updates is the truth, a snapshot only shortens its reading.

None of these is a Record: who sees a text is decided by the room whose section it is (apps.coedit.actions.rights).
"""

from typing import Any

from django.db import models


class Document(models.Model):
    """The text of one section; its key is the section's."""

    section = models.UUIDField(primary_key=True)
    assessment = models.UUIDField(db_index=True, help_text="what the section is a part of; rights change for all of it")
    epoch = models.PositiveIntegerField(default=1, help_text="new beginnings: after a purge or a restored moment")
    seq = models.BigIntegerField(default=0, help_text="number of the last row of the log")
    frozen = models.BooleanField(default=False, help_text="the text is fixed: no update is taken")
    grants = models.PositiveIntegerField(default=1, help_text="changes of rights; each commit of text looks at it")
    snapshot = models.BinaryField(default=bytes, help_text="Yjs v1 state after row `snapshot_seq`")
    snapshot_seq = models.BigIntegerField(default=0)
    text: Any = models.JSONField(default=dict, help_text="ProseMirror JSON after row `text_seq`")
    plain = models.TextField(blank=True, help_text="the same as plain text")
    text_sha256 = models.CharField(max_length=64, blank=True, help_text="of the canonical JSON")
    text_seq = models.BigIntegerField(default=-1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()


class Update(models.Model):
    """One row of the log: what one person's connection wrote in one commit. Begins an epoch: the whole state then."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    epoch = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    user_id = models.BigIntegerField(help_text="0: the portal itself")
    desk_id = models.BigIntegerField()
    at = models.DateTimeField()
    data = models.BinaryField(help_text="Yjs v1 update")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["document", "seq"], name="one_update_per_number")]
        indexes = [models.Index("at", name="update_age")]


class Sitting(models.Model):
    """That a person had a text open, from when to when, and how much they wrote: for the audit."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    user_id = models.BigIntegerField()
    desk_id = models.BigIntegerField()
    seat_id = models.BigIntegerField()
    writes = models.BooleanField(help_text="whether he might write when he came")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    close_code = models.PositiveSmallIntegerField(null=True, help_text="contract-rifc.md, section 2.2, or RFC 6455")
    updates = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes written")

    class Meta:
        default_permissions = ()
        indexes = [models.Index("document", "opened_at", name="sitting_of")]
