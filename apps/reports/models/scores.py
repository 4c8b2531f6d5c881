"""What a State says beside its own numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.access.choices import TextChoices
from apps.access.models import DeskGrant, Record


class ScoreComment(Record):
    """A State's own comment on one indicator of its scorecard at a cut-off date."""

    class State(TextChoices):
        STANDING = "standing", "Current"
        WITHDRAWN = "withdrawn"

    party = models.ForeignKey("people.Party", models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=30)
    cut_off = models.DateField()
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=9, choices=State, default=State.STANDING)

    class Meta:
        verbose_name = _("Comment on a scorecard")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["party", "indicator", "cut_off"],
                condition=models.Q(state="standing"),
                name="one_comment_per_number",
            )
        ]


class ScoreCommentDeskGrant(DeskGrant):
    """Which desks see a comment: the State's ministry and the Secretariat."""

    content_object = models.ForeignKey(ScoreComment, models.CASCADE)

    class Meta(DeskGrant.Meta):
        abstract = False
