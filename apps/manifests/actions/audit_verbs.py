"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("booking.read", _("Read a booking"))
noted("submission.download", _("Downloaded a manifest"))
noted("submission.view", _("Read a manifest"))
