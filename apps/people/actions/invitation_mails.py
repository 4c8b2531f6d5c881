"""The mail of an invitation: a link and a day; no name, no password, no code; in the language of who is invited."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from apps.access.portal_mails import make_mail
from apps.access.templatetags.portal import in_words
from apps.people import actions
from apps.people.queries.languages import language_for


def invite(invitation: Any) -> None:
    """Send the link that is valid now. Raises what the mail server raises; the outbox tries again."""
    with translation.override(language_for(invitation.user)):
        _written(invitation).send()


def _written(invitation: Any) -> EmailMessage:
    party = invitation.user.home_party
    link = settings.PORTAL_URL + reverse("people:join", args=[actions.link_of(invitation)])
    lines = [
        _("%(party)s invites you to the Regional Security Portal of the Caribbean Community.")
        % {"party": party.short_name},
        "",
        _("Open this link and enter the code that somebody of your party gives you in person:"),
        link,
        "",
        _("The link works once, until %(when)s.") % {"when": in_words(invitation.expires_at, party.time_zone)},
        _("The portal never e-mails passwords or codes. If you did not expect this, tell your administrator."),
    ]
    subject = _("Invitation to the Regional Security Portal")
    number = f"<invitation-{invitation.uid}-{invitation.serial}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
    return make_mail(subject, "\n".join(lines), to=[invitation.user.email], message_id=number)
