"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("entry.list", _("Listed watchlist entries"))
noted("entry.read", _("Read a watchlist entry"))
noted("entry.screen", _("Screened watchlist entries"))
noted("import.view", _("Read a file for a watchlist"))
noted("list.read", _("Read a watchlist"))
noted("rule.read", _("Read a targeting rule"))
noted("thresholds.end", _("Ended thresholds that newer ones replaced"))
noted("traveller_clearance.list", _("Listed false matches"))
noted("traveller_clearance.make", _("Recorded a false match"))
noted("traveller_clearance.view", _("Read a false match"))
