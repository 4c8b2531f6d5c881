"""The mail of an invitation: a link and a day; no name, no password, no code; in the language of the party."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from apps.access.templatetags.portal import in_words
from apps.people import actions


def invite(invitation: Any) -> None:
    """Send the link that is valid now. Raises what the mail server raises; the outbox tries again."""
    with translation.override(language_of(invitation.user.home_party)):
        _written(invitation).send()


def language_of(party: Any) -> str:
    """The first language of a party that the portal speaks; the Community's own for a party without one."""
    spoken = {code.partition("-")[0]: code for code, _name in settings.LANGUAGES}
    return next((spoken[code] for code in party.languages if code in spoken), settings.LANGUAGE_CODE)


def _written(invitation: Any) -> EmailMessage:
    party = invitation.user.home_party
    link = settings.PORTAL_URL + reverse("people:join", args=[actions.link_of(invitation)])
    lines = [
        _("%(party)s invites you to the Regional Security Portal of the Caribbean Community.")
        % {"party": party.short_name},
        "",
        _("Open this link and enter the code that your account administrator gives you himself:"),
        link,
        "",
        _("It opens once, until %(when)s.") % {"when": in_words(invitation.expires_at, party.time_zone)},
        _("The portal never mails passwords or codes. If you do not expect this, tell your administrator."),
    ]
    subject = _("Invitation to the Regional Security Portal")
    number = f"<invitation-{invitation.uid}-{invitation.serial}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
    return EmailMessage(subject, "\n".join(lines), to=[invitation.user.email], headers={"Message-ID": number})
