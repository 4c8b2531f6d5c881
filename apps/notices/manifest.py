"""What notices join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import DECIDES
from apps.access.manifest import App, Collection, Event, Every, Tab

app = App(
    "notices",
    urls={"": "urls"},
    collections=[
        Collection("notices/webhooks", "api.WebhookViewSet"),
        Collection("notices/webhook-calls", "api.WebhookCallViewSet"),
        Collection("notices/alarms", "api.AlarmViewSet"),
        Collection("notices/ways", "api.WaysViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Notifications"),
            "notices:inbox",
            once=pgettext_lazy("navigation, portal", "Notices"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Settings"),
            "notices:settings",
            once=_("How I am told"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Public holidays"), "notices:holidays"),
        Tab(pgettext_lazy("navigation, portal", "Test alarms"), "notices:alarms"),
        Tab(
            pgettext_lazy("navigation, portal", "Webhooks"),
            "notices:webhooks",
            rank=DECIDES,
            once=_("Addresses for programs"),
        ),
    ],
    acts={
        "webhook.add": "notices:webhook_new",
        "alarm.send": "notices:alarms",
    },
    clock=[
        Every("15m", "notices.tick", lane="clock"),
    ],
    groups={
        "deadlines": pgettext_lazy("words, notices", "Deadlines"),
        "accounts": pgettext_lazy("words, people", "Accounts"),
    },
    events=[
        Event("deadline.soon", "deadlines", "Due within 24 hours", "A deadline of {party} is near", kind="deadline"),
        Event("deadline.late", "deadlines", "Overdue", "A deadline of {party} has passed", kind="late"),
        Event(
            "webhook.disabled",
            "deadlines",
            "An address for notices does not answer",
            "An address for notices of your desk was disabled",
            kind="needs",
        ),
        Event("alarm.test", "deadlines", "Test alarm", "Test alarm: open it and answer", kind="needs"),
        Event(
            "accounts.approval",
            "accounts",
            "A change of accounts waits for a second person",
            "A change of accounts needs {party}",
            kind="needs",
        ),
        Event(
            "accounts.seat_given",
            "accounts",
            "Somebody was given a seat at a desk",
            "A new seat at a desk of {party}",
            kind="security",
        ),
        Event(
            "accounts.asleep",
            "accounts",
            "Nobody signs in with an account",
            "An account of {party} sleeps",
            kind="digest",
        ),
        Event(
            "accounts.secondment_asked",
            "accounts",
            "Another party asks for a person",
            "Another party asks {party} for a person",
            kind="needs",
        ),
        Event(
            "accounts.secondment_answered",
            "accounts",
            "Request for a person of another party answered",
            "A request of {party} for a person is answered",
            kind="digest",
        ),
        Event(
            "accounts.secondment_begun",
            "accounts",
            "A person was sent to another party's desk",
            "A seconded person: a seat was given",
            kind="security",
        ),
        Event(
            "accounts.secondment_ended",
            "accounts",
            "A person's seat at another party's desk ended",
            "A seconded person: a seat has ended",
            kind="security",
        ),
        Event("accounts.review", "accounts", "Access review opened", "An access review needs {party}", kind="needs"),
        Event(
            "accounts.review_reminder",
            "accounts",
            "Seats are not reviewed yet",
            "Seats of {party} end unless they are confirmed",
            kind="needs",
        ),
        Event(
            "accounts.emergency",
            "accounts",
            "Emergency seat taken",
            "Somebody took an emergency seat of {party}",
            kind="security",
        ),
        Event(
            "accounts.emergency_unjustified",
            "accounts",
            "Emergency seat found not justified",
            "An emergency seat of {party} was not justified",
            kind="security",
        ),
        Event(
            "accounts.emergency_overdue",
            "accounts",
            "Emergency seat not judged in time",
            "An emergency seat of {party} still has to be judged",
            kind="needs",
        ),
        Event(
            "key.proposed",
            "sign_in",
            "A key of a desk is asked for",
            "A key of a desk waits for its second person",
            kind="needs",
        ),
        Event("key.made", "sign_in", "A key of a desk was made", "A key of a desk was made", kind="security"),
        Event(
            "key.by_command",
            "sign_in",
            "A key was made on the operators' command line",
            "The operators made a key of a desk",
            kind="security",
        ),
        Event("key.refused", "sign_in", "A key of a desk was refused", "A key of a desk was refused", kind="security"),
        Event(
            "accounts.handover",
            "accounts",
            "A code waits to be handed over",
            "{party} has a code to hand over",
            kind="needs",
        ),
        Event(
            "accounts.newcomer",
            "accounts",
            "A person has opened their account",
            "{party} has a person to confirm",
            kind="needs",
        ),
        Event(
            "accounts.stranger",
            "accounts",
            "Not the person who was invited",
            "An account was opened by somebody else than was invited",
            kind="security",
        ),
        Event(
            "accounts.invitation_moved",
            "accounts",
            "An invitation goes to another address",
            "An invitation goes to another address",
            kind="security",
        ),
    ],
    reference="loaders.reference.load_notices_reference",
    registers={
        "notices.bounces": "asked about a mail that came back: True where it was theirs",
        "notices.lines": "{type of record: lines of a mail by its id} on one's own account",
        "notices.calendars": "what stands in a seat's calendar",
    },
    offers={
        "access.encrypted": {"notices.webhook": "queries.encrypted_texts.WEBHOOKS"},
        "people.coming": ["queries.work.deadlines_to_come"],
        "notices.calendars": ["queries.calendar_events.deadlines"],
    },
    declares=["listeners.accounts"],
)
