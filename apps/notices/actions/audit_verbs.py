"""Verbs that the audit has of this app and that are no action of their own.

Readings, and an address that did not answer.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.verb_labels import noted

noted("notice.list", pgettext_lazy("words, audit", "Listed notifications"))
noted("notice.view", _("Read a notification"))
noted("webhook.disable", _("Disabled a webhook that did not answer"))
