"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an action does to a further record.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.verb_labels import noted

noted("amendment.list", pgettext_lazy("words, audit", "Listed corrections"))
noted("amendment.read", _("Read a correction"))
noted("lookup.list", _("Listed searches for people"))
noted("lookup.read", _("Read a search for people"))
noted("person.close", _("Closed a person as a part of another"))
noted("person.reopen", _("Reopened a person as a person of their own"))
noted("traveller.list", pgettext_lazy("words, audit", "Listed travellers"))
noted("traveller.read", _("Read about a traveller"))
noted("traveller.view", _("Read about a traveller"))
