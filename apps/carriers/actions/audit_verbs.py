"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("expected.replan", _("Set a new deadline for an expected journey"))
noted("expectedjourney.move", _("Moved an expected journey to the known carrier"))
noted("expectedjourney.move_back", _("Moved an expected journey back to its own carrier"))
noted("schedule.move", _("Moved a schedule to the known carrier"))
noted("schedule.move_back", _("Moved a schedule back to its own carrier"))
