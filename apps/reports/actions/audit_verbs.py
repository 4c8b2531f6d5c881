"""Verbs that the audit has of this app and that are no action of their own.

Readings and exports, and what an action does to a clearance.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("clearance.ask", _("Asked a State for clearance"))
noted("clearance.end", _("Ended the asking for a clearance"))
noted("clearance.read", _("Read a request for clearance"))
noted("report.export", _("Exported a report to the OAS"))
noted("report.read", _("Read a report to the OAS"))
