"""Verbs that the audit has of this app and that are no action of their own: readings, and copies that somebody took."""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("assessment.compare", _("Compared two texts of an assessment"))
noted("assessment.copy", _("Took a copy of an assessment"))
noted("outlook.export", _("Exported the outlook"))
