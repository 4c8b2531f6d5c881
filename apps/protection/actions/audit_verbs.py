"""Verbs that the audit has of this app and that are no action of their own: readings."""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("subject_request.list", _("Listed data subject requests"))
noted("subject_request.look", _("Looked up what the desk holds about a person"))
noted("subject_request.read", _("Read a data subject request"))
