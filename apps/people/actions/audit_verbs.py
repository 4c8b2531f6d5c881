"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an action does to a further account, appointment or key.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("account.activate", _("Opened an account by invitation"))
noted("account.invite", _("Made an account by invitation"))
noted("account.move", _("Changed the address of an invitation"))
noted("account.return", _("Returned from secondment"))
noted("account.second", _("Sent a person to another party"))
noted("handover.end", _("Ended a code or half of a password"))
noted("proposal.use", _("Used an approval"))
noted("proposal.void", _("Voided an open request about a person"))
noted("review.export", _("Exported the evidence of an access review"))
noted("review.read", _("Read an access review"))
noted("seat.act", _("Tried to act in another appointment"))
noted("seat.emergency", _("Took an emergency appointment"))
noted("token.shorten", _("Brought forward the expiry of an API key"))
