"""Lists of notices' addresses, of test alarms and of public holidays, as they are declared."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.templatetags.portal import grouped
from apps.notices import policy, queries
from apps.notices.models import Holiday, Webhook, WebhookCall
from apps.pages.cells import Cell, Press, Small
from apps.pages.columns import RIGHT, Act, Col, Count, Day, Moment, Status, Title
from apps.pages.filters import Choice
from apps.pages.lists import Blank, List
from apps.pages.table_columns import At
from apps.pages.tables import Table

WEBHOOK_STATES = {"live": ("ok", "check"), "disabled": ("bad", "x"), "ended": ("mute", "minus")}


class Webhooks(List):
    """The addresses that a desk's own programs listen at, those in use first."""

    of, address, opens = "notices.webhook", "notices:webhooks", "notices:webhook"
    title = pgettext_lazy("words, notices", "Webhooks")
    sub = _(
        "Each notification of your desk is also sent to these addresses: only identifiers, "
        "signed. Your program then asks the API with its own key."
    )
    noun = ngettext_lazy("%(n)d address", "%(n)d addresses", "n")
    columns = (
        Title("url", pgettext_lazy("column, notices", "Address"), sort="url"),
        Day("created_at", pgettext_lazy("column, notices", "Since"), sort="created_at"),
        Status("state", pgettext_lazy("column, notices", "Status"), chips=WEBHOOK_STATES),
    )
    filters = (Choice("state", pgettext_lazy("field, notices", "Status"), choices=Webhook.State.choices),)
    order = ""
    ordered = _("those in use first")
    creates = ("webhook.add", "notices:webhook_new")
    empty = Blank(_("No webhooks yet"), _("Add the https address that your desk's program listens on."), "link")

    @staticmethod
    def read(actor: Actor) -> list[Any]:
        """The few of one's own desk."""
        return list(queries.webhooks(actor))


class Alarms(List):
    """Test alarms of one's desk, newest first."""

    of, address, opens = "notices.alarmtest", "notices:alarms", "notices:alarmtest"
    title = pgettext_lazy("heading, notices", "Test alarms")
    sub = _("An alarm to everyone at your desk, sent like a real one, to see who answers and how soon.")
    noun = ngettext_lazy("%(n)d test alarm", "%(n)d test alarms", "n")
    read = queries.alarms
    columns = (
        Title("reference", pgettext_lazy("column, notices", "Alarm")),
        Moment("created_at", pgettext_lazy("column, notices", "Sent")),
        Col("sent_by", pgettext_lazy("column, notices", "By")),
        Count("seats", pgettext_lazy("column, notices", "People"), value=lambda row: len(row.seats)),
    )
    template = "notices/alarms.html"
    empty = Blank(_("No test alarms yet"), _("An approver at your desk sends one, best outside office hours."), "bell")

    def may_send(self) -> bool:
        """Whether the reader sends one."""
        return bool(policy.may_test_alarm(self.actor, None))


def _seconds(one: dict[str, Any]) -> Cell:
    """After how many seconds somebody answered; at once is an answer, too."""
    if one["seconds"] is None:
        return Cell(pgettext("words, notices", "not yet"), tone="q")
    return Cell(grouped(one["seconds"]))


Table(
    "notices.answers",
    pgettext_lazy("words, notices", "Answers"),
    [
        Title("person", pgettext_lazy("column, notices", "Person")),
        Count("seconds", pgettext_lazy("column, notices", "Seconds"), value=_seconds),
    ],
)


CALLS = {"queued": ("info", "clock"), "sent": ("ok", "check"), "failed": ("bad", "x")}
WHY = {
    "no-such-host": _("The host name is not known."),
    "not-a-public-host": _("The host is not on the public internet."),
    "not-in-use": _("The webhook was no longer in use."),
    "answer": _("It answered with an error."),
}


def _about(call: WebhookCall) -> Cell:
    """The notice that was told of; a trial tells of none."""
    if not call.notice:
        return Cell(pgettext("words, notices", "test"))
    code = Small(call.notice.code, "ref")
    return Cell(call.notice.number, (code,), url=reverse("notices:notice", args=[call.notice_id]))


def _again(call: WebhookCall) -> Press | None:
    """Sending it again, while the address is in use."""
    if call.webhook.state != Webhook.State.LIVE:
        return None
    place = reverse("notices:webhook_do", args=[call.webhook_id, "resend"])
    label, about = pgettext("button, notices", "Send again"), _about(call).words
    return Press(label, place, about, posts=True, fields=(("call", call.pk),))


Table(
    "notices.calls",
    pgettext_lazy("words, notices", "Latest calls"),
    [
        At("at", pgettext_lazy("column, notices", "When")),
        Col("notice", pgettext_lazy("column, notices", "About"), value=_about),
        Status("state", pgettext_lazy("column, notices", "Status"), chips=CALLS, phone=RIGHT),
        Count("status", pgettext_lazy("column, notices", "Answer")),
        Count("attempts", pgettext_lazy("column, notices", "Attempts")),
        Col("error", pgettext_lazy("column, notices", "Reason"), value=lambda call: WHY.get(call.error, call.error)),
        Act("pk", pgettext_lazy("column, notices", "Actions"), value=_again),
    ],
)


def _removal(row: Holiday) -> Press:
    return Press(pgettext("button, notices", "Remove"), reverse("notices:holiday_remove", args=[row.pk]), row.name)


DAYS = [
    Title(
        "day",
        pgettext_lazy("column, notices", "Day"),
        value=lambda row: Day.in_words(row.day),
        small=lambda row: date_format(row.day, "l"),
        nowrap=True,
    ),
    Col("name", pgettext_lazy("column, notices", "Name"), small="reason"),
    Col("source", pgettext_lazy("column, notices", "Source")),
]
HOLIDAYS = pgettext_lazy("words, notices", "Public holidays")
Table("notices.holidays", HOLIDAYS, DAYS)
Table("notices.own_holidays", HOLIDAYS, [*DAYS, Act("pk", pgettext_lazy("column, notices", "Change"), value=_removal)])
