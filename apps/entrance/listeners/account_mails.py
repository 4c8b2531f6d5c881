"""What a person is told by mail of a change of their account: what, when, from where, and what to do if it was not
they.

Never a secret and no address of the mail itself; the desk of their administrators, but no names: mail is not sealed.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access import encryption, outbox
from apps.access.models import Dispatch
from apps.access.portal_mails import make_mail
from apps.access.templatetags.names import as_party
from apps.access.templatetags.portal import in_words
from apps.entrance import actions
from apps.entrance.models import AccountChange
from apps.entrance.queries.sign_in import desk_of
from apps.notices.queries import CLOCK
from apps.notices.queries import mails as mails_queries
from apps.people.queries import service_actor
from apps.people.queries.languages import language_for

A = AccountChange.State


def lines(change: Any) -> list[str]:
    """Three lines: when and from where, what to do, whom to tell. The change is loaded with user and party."""
    party = change.user.home_party
    moment = in_words(change.at, party.time_zone if party else "UTC")
    sessions = settings.PORTAL_URL + reverse("usersessions_list")
    return [
        f"{moment}. {origin(change)}",
        _("If this was not you, end the sessions that you do not recognise and set a new password: %(page)s")
        % {"page": sessions},
        _("Then tell the account administrators of %(party)s. If you cannot sign in, tell them at once.")
        % {"party": as_party(party.short_name) if party else pgettext("words, entrance", "the portal")},
    ]


def origin(change: Any) -> str:
    """Who did it, and from where, as far as it is known."""
    if change.by_another:
        return _("Your administrators did this, not you.")
    where = [part for part in (change.device, change.address) if part]
    if not where:
        return _("It is not known from where.")
    return pgettext("words, entrance", "From %(where)s.") % {"where": ", ".join(where)}


def lines_by_id(pk: str) -> list[str]:
    """The same for a change by its id."""
    actor = service_actor(CLOCK, request_id="mail")
    return lines(AccountChange.objects.visible_to(actor).select_related("user__home_party").get(pk=pk))


@outbox.on("account.mail", queue=outbox.MAIL)
def send_account_mail(dispatch: Dispatch) -> None:
    """Mail what no notice reaches: the address used until now, and somebody who sits at no desk."""
    actor = service_actor(CLOCK, request_id=dispatch.request_id)
    rows = AccountChange.objects.visible_to(actor).select_related("user__home_party")
    change = rows.get(pk=dispatch.object_id)
    if change.state != A.NOTED:
        return
    to = {encryption.opened(change.former) if change.former else ""}
    if desk_of(change.user_id) is None:
        to.add(change.user.email)
    with translation.override(language_for(change.user)):
        mails = [message(change, address, number) for number, address in enumerate(sorted(to - {""}))]
    given_up = mails_queries.handed_over(mails, last_try=outbox.is_last_try(dispatch))
    actions.close_change_mail(actor, change, state=A.FAILED if given_up else A.MAILED)


def message(change: Any, address: str, number: int) -> EmailMessage:
    """The mail, plain text, as the notice's own would be."""
    words = {"lines": [f"{change.get_what_display()}: {change.code}.", *lines(change)]}
    words["link"] = settings.PORTAL_URL + reverse("account_change", args=[change.pk])
    words["settings"] = settings.PORTAL_URL + reverse("notices:settings")
    subject, message_id = f"{change.get_what_display()} ({change.code})", change.message_id.replace("@", f".{number}@")
    return make_mail(subject, render_to_string("notices/mail.txt", words), to=[address], message_id=message_id)
