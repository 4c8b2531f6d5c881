"""Mails about notices: their words, and handing them over. A mail carries numbers and times, never a title.

What tells a person of their own account alone says more: a mail is all that they have who was shut out (what is offered
to
`notices.lines`).
"""

import contextlib
import datetime
import smtplib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.access.manifest import registry
from apps.access.portal_mails import make_mail, name_marking
from apps.access.templatetags.names import as_function, as_party, as_role
from apps.access.templatetags.portal import in_words
from apps.people.queries.languages import language_for

SENT_KEPT_S = 86_400
Send = Callable[[EmailMessage], Any]
PERMANENT = 500
"""First SMTP reply code of a refusal for good (RFC 5321, section 4.2.1)."""


class NotAccepted(Exception):
    """The mail server refuses the mail for good; the text is its reply code."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail about to be written. `seat` is loaded with user, parties and function; `lines` are queries.LINES."""

    message_id: str
    seat: Any
    lines: Sequence[dict[str, Any]]
    digest: bool


def subject(letter: Letter) -> str:
    """ "A decision needs Barbados by 12 Feb 2008, 18:00 AST (WP/2008/2)"; of a digest how many notices it tells of."""
    party = letter.seat.desk.party
    if letter.digest:
        count = len(letter.lines)
        return ngettext("%(n)d notification for %(party)s", "%(n)d notifications for %(party)s", count) % {
            "n": count,
            "party": as_party(party.short_name),
        }
    line = letter.lines[0]
    said = _(line["notice__event__subject"]).format(party=as_party(party.short_name))
    if line["notice__due_at"]:
        said = pgettext("words, notices", "%(said)s by %(due)s") % {
            "said": said,
            "due": in_words(line["notice__due_at"], party.time_zone),
        }
    return f"{said} ({line['notice__number']})"


def body(letter: Letter) -> list[str]:
    """At most four lines before the link: whom it is for, what, how much, by when."""
    desk = letter.seat.desk
    first = pgettext("words, notices", "For %(party)s, %(desk)s, %(role)s.") % {
        "party": as_party(desk.party.short_name),
        "desk": as_function(desk.function.name),
        "role": as_role(letter.seat.role),
    }
    if letter.digest:
        counts = Counter(line["notice__event__label"] for line in letter.lines)
        return [first, "; ".join(f"{_(label)}: {count}" for label, count in counts.items()) + "."]
    line = letter.lines[0]
    lines = [first, f"{_(line['notice__event__label'])}: {line['notice__number']}."]
    if line["notice__due_at"]:
        lines.append(
            pgettext("words, notices", "Due %(local)s (%(utc)s).")
            % _times(line["notice__due_at"], desk.party.time_zone)
        )
    own: Callable[[str], list[str]] | None = registry.offered("notices.lines").get(line["notice__object_type"])
    return lines + (own(line["notice__object_id"]) if own else [])


def _times(moment: datetime.datetime, zone: str) -> dict[str, str]:
    return {"local": in_words(moment, zone), "utc": in_words(moment)}


def link(letter: Letter) -> str:
    """The page to open: of the notice, or the inbox for a digest."""
    path = reverse("notices:inbox") if letter.digest else reverse("notices:notice", args=[letter.lines[0]["notice_id"]])
    return settings.PORTAL_URL + path


def message(letter: Letter) -> EmailMultiAlternatives:
    """The whole mail in the language of who gets it: plain text first, then one column of HTML."""
    with translation.override(language_for(letter.seat.user)):
        return _written(letter)


def _written(letter: Letter) -> EmailMultiAlternatives:
    settings_page = settings.PORTAL_URL + reverse("notices:settings")
    words = {"lines": body(letter), "link": link(letter), "settings": settings_page, "subject": subject(letter)}
    return make_mail(
        words["subject"],
        render_to_string("notices/mail.txt", words),
        to=[letter.seat.user.email],
        message_id=letter.message_id,
        html=render_to_string("notices/mail_html.txt", words | {"marking": name_marking()}),
        list_page=settings_page if letter.digest else "",
    )


@contextlib.contextmanager
def one_connection() -> Iterator[Send]:
    """What hands mails over to the server one after the other, on one connection that is opened for the first."""
    mailer = mailers.default
    if not isinstance(mailer, SmtpBackend):  # others have nothing to greet anew, and write one file a mail
        yield EmailMessage.send
        return

    def send(mail: EmailMessage) -> None:
        mailer.open()
        mailer.send_messages([mail])

    try:
        yield send
    finally:
        with contextlib.suppress(OSError):  # a server that has gone meanwhile has taken what it has taken
            mailer.close()


def handed_over(mails: Iterable[EmailMessage], *, last_try: bool, send: Send = EmailMessage.send) -> str:
    """Hand mails over; "" when all were taken, else why they are given up. OSError while another try is left."""
    try:
        for mail in mails:
            hand_over(mail, send)
    except NotAccepted as refused:
        return str(refused)
    except OSError as away:  # a server that is away or refuses for now; smtplib's errors are of this kind
        if not last_try:
            raise
        return type(away).__name__
    return ""


def hand_over(mail: EmailMessage, send: Send = EmailMessage.send) -> None:
    """Hand a mail over, unless that was done and only the mark got lost. NotAccepted if it is refused for good.

    A worker that dies between the server's acceptance and this memory sends again under the same Message-ID, by which
    mail systems drop the second one.
    """
    key = f"notices:sent:{mail.extra_headers['Message-ID']}"
    if _remembered(key):
        return
    try:
        send(mail)
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
