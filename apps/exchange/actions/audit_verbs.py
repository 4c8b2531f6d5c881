"""Verbs that the audit has of this app and that are no action of their own.

Readings, and what an answer does to the request.
"""

from django.utils.translation import gettext_lazy as _

from apps.audit.verb_labels import noted

noted("rfi.hear_accept", _("Learned that a desk will answer"))
noted("rfi.hear_answer", _("Received an answer"))
noted("rfi.hear_extension", _("Received an extension request"))
noted("rfi.hear_question", _("Received a question back"))
noted("rfi.hear_refuse", _("Learned that a desk will not answer"))
noted("rfi.hear_transfer", _("Learned that another desk will answer"))
noted("rfi.list", _("Listed requests for information"))
noted("rfi.read", _("Read a request for information"))
noted("rfi_addressee.receive", _("Received a request for information"))
noted("rfi_addressee.refuse_extension", _("Refused more time for an answer"))
noted("rfi_addressee.reply", _("Replied to a question about a request"))
