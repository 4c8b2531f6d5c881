"""Verbs that the audit has of this app and that are no action of their own: readings."""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("record.sight", _("Looked up who could have seen a record"))
