"""What is said of a manifest while it is sent."""

import json

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.simple_tag
def upload_words() -> str:
    """What <up-load> says of a file that is being sent, as JSON (portal.js)."""
    words = {
        "large": _("The file is %(size)s MB; the limit is %(max)s MB. Send the manifest in parts."),
        "broke": _("The link broke. Nothing was kept. Send the file again."),
        "cancelled": _("Cancelled. Nothing was kept."),
        "sending": pgettext("words, manifests", "%(name)s, %(done)s%% sent, %(left)s s left"),
        "sent": _("%(name)s sent, being checked"),
        "refused": _("The portal could not take the file. Nothing was kept. Send it again."),
    }
    return json.dumps(words)
