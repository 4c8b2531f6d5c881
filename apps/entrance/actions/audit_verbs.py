"""Verbs that the audit has of this app and that are no action of their own.

What people do with their own access, and keys that were refused.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.audit.verb_labels import noted

noted("factor.add", _("Set up a second factor"))
noted("factor.remove", _("Removed a second factor"))
noted("factor.renew_codes", _("Created new recovery codes"))
noted("password.change", _("Changed the password"))
noted("session.confirm", _("Confirmed the identity"))
noted("session.end", _("Ended a session"))
noted("session.sign_in", pgettext_lazy("words, audit", "Signed in"))
noted("session.sign_out", pgettext_lazy("words, audit", "Signed out"))
noted("token.use", _("Tried to use an API key"))
