"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("journey.amend", _("Corrected a traveller of a journey"))
noted("journey.announce", _("Announced a journey"))
noted("journey.move", _("Moved a journey to the known carrier"))
noted("journey.move_back", _("Moved a journey back to its own carrier"))
noted("journey.read", _("Read a journey"))
noted("journey.reroute", _("Took a journey from States no longer touched"))
noted("journey.screen", _("Screened a journey"))
noted("journey.update", _("Updated a journey"))
noted("journey.view", _("Read a journey"))
