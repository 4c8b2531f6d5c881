"""Mails about notices: their words, and handing them over. A mail carries numbers and times, never a title.

What tells a person of his own account alone says more: a mail is all that he has who was shut out (LINES_OF).
"""

import contextlib
import datetime
import smtplib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.access.templatetags.portal import in_words

SENT_KEPT_S = 86_400
PERMANENT = 500
"""First SMTP reply code of a refusal for good (RFC 5321, section 4.2.1)."""


LINES_OF: dict[str, Callable[[str], list[str]]] = {}
"""{record type: lines by its id} of records that tell a reader of nothing but his own account."""


class NotAccepted(Exception):
    """The mail server refuses the mail for good; the text is its reply code."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail about to be written. `seat` is loaded with user, party and function; `lines` are queries.LINES."""

    message_id: str
    seat: Any
    lines: Sequence[dict[str, Any]]
    digest: bool


def subject(letter: Letter) -> str:
    """ "A decision needs Barbados by 12 Feb 2008, 18:00 AST (WP/2008/2)"; of a digest how many notices it tells of."""
    party = letter.seat.desk.party
    if letter.digest:
        count = len(letter.lines)
        return ngettext("%(n)d notice for %(party)s", "%(n)d notices for %(party)s", count) % {
            "n": count,
            "party": party.short_name,
        }
    line = letter.lines[0]
    said = _(line["notice__event__subject"]).format(party=party.short_name)
    if line["notice__due_at"]:
        said = _("%(said)s by %(due)s") % {"said": said, "due": in_words(line["notice__due_at"], party.time_zone)}
    return f"{said} ({line['notice__number']})"


def body(letter: Letter) -> list[str]:
    """At most four lines before the link: whom it is for, what, how much, by when."""
    desk = letter.seat.desk
    first = _("For %(party)s, %(desk)s, %(role)s.") % {
        "party": desk.party.short_name,
        "desk": desk.function.name,
        "role": letter.seat.role,
    }
    if letter.digest:
        counts = Counter(line["notice__event__label"] for line in letter.lines)
        return [first, "; ".join(f"{_(label)}: {count}" for label, count in counts.items()) + "."]
    line = letter.lines[0]
    lines = [first, f"{_(line['notice__event__label'])}: {line['notice__number']}."]
    if line["notice__due_at"]:
        lines.append(_("Due %(local)s (%(utc)s).") % _times(line["notice__due_at"], desk.party.time_zone))
    own = LINES_OF.get(line["notice__object_type"])
    return lines + (own(line["notice__object_id"]) if own else [])


def _times(moment: datetime.datetime, zone: str) -> dict[str, str]:
    return {"local": in_words(moment, zone), "utc": in_words(moment)}


def link(letter: Letter) -> str:
    """The page to open: of the notice, or the inbox for a digest."""
    path = reverse("notices:inbox") if letter.digest else reverse("notices:notice", args=[letter.lines[0]["notice_id"]])
    return settings.PORTAL_URL + path


def message(letter: Letter) -> EmailMultiAlternatives:
    """The whole mail: plain text first, then one column of HTML."""
    settings_page = settings.PORTAL_URL + reverse("notices:settings")
    words = {"lines": body(letter), "link": link(letter), "settings": settings_page, "subject": subject(letter)}
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    if letter.digest:
        headers["List-Unsubscribe"] = f"<{settings_page}>"
    mail = EmailMultiAlternatives(
        words["subject"], render_to_string("notices/mail.txt", words), to=[letter.seat.user.email], headers=headers
    )
    mail.attach_alternative(render_to_string("notices/mail_html.txt", words), "text/html")
    return mail


def handed_over(mails: Iterable[EmailMessage], *, last_try: bool) -> str:
    """Hand mails over; "" when all were taken, else why they are given up. OSError while another try is left."""
    try:
        for mail in mails:
            hand_over(mail)
    except NotAccepted as refused:
        return str(refused)
    except OSError as away:  # a server that is away or refuses for now; smtplib's errors are of this kind
        if not last_try:
            raise
        return type(away).__name__
    return ""


def hand_over(mail: EmailMessage) -> None:
    """Hand a mail over, unless that was done and only the mark got lost. NotAccepted if it is refused for good.

    A worker that dies between the server's acceptance and this memory sends again under the same Message-ID, by which
    mail systems drop the second one.
    """
    key = f"notices:sent:{mail.extra_headers['Message-ID']}"
    if _remembered(key):
        return
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = {code for code, _text in refused.recipients.values()}
        if min(codes) >= PERMANENT:
            raise NotAccepted(f"SMTP {min(codes)}") from refused
        raise
    except smtplib.SMTPResponseException as refused:
        if refused.smtp_code >= PERMANENT:
            raise NotAccepted(f"SMTP {refused.smtp_code}") from refused
        raise
    with contextlib.suppress(Exception):
        cache.set(key, 1, SENT_KEPT_S)


def _remembered(key: str) -> bool:
    try:
        return bool(cache.get(key))
    except Exception:  # without a cache a mail is rather sent twice than never
        return False
