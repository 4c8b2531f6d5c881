"""Verbs that the audit has of this app and that are no action of their own.

Readings and exports, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.verb_labels import noted

noted("assistance.ask", _("Asked for assistance"))
noted("escalation.climb", _("Raised an escalation further"))
noted("evidence.add", pgettext_lazy("words, audit", "Added evidence"))
noted("evidence.read", pgettext_lazy("words, audit", "Read evidence"))
noted("evidence.submit", pgettext_lazy("words, audit", "Submitted evidence"))
noted("evidence.take_back", pgettext_lazy("past, impacs", "Withdrew evidence"))
noted("extension.request", _("Requested more time"))
noted("matrix.export", _("Exported the matrix of States"))
noted("state_action.export", _("Exported the obligations of States"))
noted("task.export", pgettext_lazy("words, audit", "Exported tasks"))
