"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.verb_labels import noted

noted("hit.escalate", _("Escalated an overdue hit"))
noted("hit.leave_out", _("Took a hit back from States that may no longer use the entry"))
noted("hit.list", pgettext_lazy("words, audit", "Listed hits"))
noted("hit.observe", _("Screened again after a change"))
noted("hit.raise", _("Raised a hit"))
noted("hit.read", _("Read a hit"))
noted("hit.reroute", _("Took a hit back from a State no longer touched"))
noted("hit.view", _("Read a hit"))
noted("hit_question.read", _("Read a question about a hit"))
