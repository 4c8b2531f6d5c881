"""Verbs that the audit has of this app and that are no action of their own: readings and prints."""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("bulletin.print", _("Printed a bulletin"))
noted("bulletin.read", _("Read a bulletin"))
noted("digest.read", _("Read a digest"))
noted("watch.print", _("Printed a watch log"))
noted("watch.read", _("Read a watch log"))
