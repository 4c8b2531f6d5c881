"""What follows from releasing an assessment and from recalling one: said before it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.access.binding_acts import Consequence
from apps.assessments.models import Assessment


def of_release(_actor: Actor, _row: Assessment) -> Consequence:
    """A released assessment is a report of all who signed it."""
    return Consequence(
        _("Every party that takes part gets the assessment as a report at once, in the name of all who signed."),
        _("Its text cannot be changed any more. It can be put under review, replaced by a newer one, or recalled."),
        button=pgettext("button, assessments", "Release the assessment"),
    )


def of_recall(_actor: Actor, _row: Assessment) -> Consequence:
    """Recipients lose the report in this moment."""
    return Consequence(
        _("Every desk that has the assessment loses it at once and must report what it did with its copies."),
        _("A recalled assessment is not released again; a new one would be begun."),
        button=pgettext("button, assessments", "Recall the assessment"),
    )
