"""Mails of the portal: what each states of itself.

A mail is read outside, often without encryption. So none carries more than numbers, kinds and times (apps.notices, and
decision 046 for one's own account), all of which is OFFICIAL, whatever the marking of the page that it leads to; and
each says so in its text and, for programs, in `Portal-Marking`.
"""

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import pgettext

from apps.access.downloads import HEADER, line_of
from apps.access.marking import OFFICIAL, shown


def name_marking() -> str:
    """ "Marking: OFFICIAL", in the reader's language, for the last line of a mail."""
    return pgettext("words, access", "Marking: %(word)s") % {"word": shown(OFFICIAL).word}


def make_mail(
    subject: str, text: str, *, to: Sequence[str], message_id: str, html: str = "", list_page: str = ""
) -> EmailMultiAlternatives:
    """A mail with its marking. `html` says it itself (`name_marking`); `list_page` is where digests are turned off."""
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", HEADER: line_of(OFFICIAL)}
    if list_page:
        headers["List-Unsubscribe"] = f"<{list_page}>"
    mail = EmailMultiAlternatives(subject, f"{text.rstrip()}\n{name_marking()}\n", to=list(to), headers=headers)
    if html:
        mail.attach_alternative(html, "text/html")
    return mail
