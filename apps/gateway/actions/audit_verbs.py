"""Verbs that the audit has of this app and that are no action of their own: what becomes of the entries of a source."""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("entry.forget", _("Deleted whom an entry meant"))
