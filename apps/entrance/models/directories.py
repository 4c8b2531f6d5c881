"""A party's own directory, by which its people may sign in, and who is linked to it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from apps.access.choices import TextChoices
from apps.access.ids import uuid7
from apps.entrance.managers import DirectoryLinkQuerySet, DirectoryQuerySet


class Directory(models.Model):
    """An OpenID provider of a party, dated: a change is a new row that a second person puts into force."""

    class State(TextChoices):
        PROPOSED = "proposed", "Awaiting second approval"
        IN_FORCE = "in_force", "In force"
        ENDED = "ended", "Ended"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Claim(TextChoices):
        NONE = "", "None"
        USERNAME = "preferred_username", "User name in the directory"
        EMAIL = "email", "E-mail address in the directory"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=200, help_text="issuer identifier, an https address (OpenID Connect Core, 2)")
    client_id = models.CharField(max_length=200, help_text="by which the directory knows the portal")
    sealed = models.TextField(help_text="the client secret, under FIELD_KEY")
    shown_claim = models.CharField(
        max_length=20, choices=Claim, blank=True, default=Claim.NONE, help_text="shown to the person, never compared"
    )
    second_factors = ArrayField(
        models.CharField(max_length=100),
        default=list,
        help_text="values of amr or acr that count as a second factor; none: the portal asks for its own",
    )
    why = models.CharField(max_length=200)
    proposed_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField(null=True, help_text="null: never was in force")
    valid_to = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)

    objects: ClassVar[Any] = DirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, entrance", "Sign-in directory")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(state="in_force"), name="one_directory_in_force"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"], valid_from=None) | Q(valid_from__isnull=False),
                name="directory_in_force_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.issuer}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this directory."""
        return self.party_id, None


class DirectoryLink(models.Model):
    """That a person of the portal is a subject of their party's directory. They said so themselves, signed in at
    both."""

    class State(TextChoices):
        LIVE, ENDED = "live", "ended"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    directory = models.ForeignKey(Directory, models.PROTECT, related_name="+")
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    subject_mark = models.CharField(max_length=64, help_text="keyed hash of the subject; the subject is kept nowhere")
    shown_as = models.CharField(max_length=120, blank=True, help_text="what the directory calls him, for his eyes")
    linked_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=5, choices=State, default=State.LIVE)

    objects: ClassVar[Any] = DirectoryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind, entrance", "Directory link")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["directory", "subject_mark"], condition=Q(state="live"), name="one_person_per_subject"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(state="live"), name="one_directory_link_per_person"),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"

    def audited_as(self) -> tuple[str, None]:
        """The party whose audit chain tells of this link."""
        return self.user.home_party_id or "", None
