"""Verbs that the audit has of this app and that are no action of their own: readings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.verb_labels import noted

noted("entity.list", pgettext_lazy("words, audit", "Listed entities"))
noted("entity.read", _("Read about an entity"))
