"""Verbs that the audit has of this app and that are no action of their own.

Exports, and what enters with an instrument.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("instrument_party.enter", _("Entered a party to an instrument"))
noted("participation.export", _("Exported the participation of States"))
