"""Verbs that the audit has of this app and that are no action of their own: what an action does to a further report."""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("rifc_report.release", _("Released a report"))
noted("rifc_report.replace", _("Replaced a report by its next version"))
