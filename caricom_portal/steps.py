"""First steps: five for each function, in their order. Data alone.

A step is done when the audit has the person do or read one of its verbs, so it ticks itself off, and nobody is asked
whether they did it. Two are everybody's; three are the heart of a working day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Step:
    """What to do and why, the verbs of the audit that tick it off, the page where it is done, its button."""

    title: Any
    why: Any
    verbs: frozenset[str]
    view: str
    button: Any


def _step(title: Any, why: Any, verbs: str, view: str, button: Any) -> Step:
    return Step(title, why, frozenset(verbs.split()), view, button)


OPEN = pgettext_lazy("button, first steps", "Open")
LOOK = pgettext_lazy("button, first steps", "Review")
EVERYBODY = (
    _step(
        _("Add a passkey, or make recovery codes and print them"),
        _("A passkey signs you in without a code; recovery codes help when your device is lost."),
        "factor.add factor.renew_codes",
        "mfa_index",
        _("Open sign-in codes"),
    ),
    _step(
        _("Choose how you are notified"),
        _("Mail at once, a daily summary, or only in the portal; quiet hours if you want them."),
        "subscription.choose",
        "notices:settings",
        pgettext_lazy("button, first steps", "Choose"),
    ),
)
READ_REPORT = _step(
    _("Read a report that was shared with you"),
    _("Its marking says who else may know; its originator sees that your desk has opened it."),
    "rifc_report.read",
    "rifc:reports",
    pgettext_lazy("words, portal", "Open reports"),
)
READ_REQUEST = _step(
    _("Open a request for information"),
    _("Accept it or say why not before its first deadline; the desk that asked sees which."),
    "rfi.read rfi_addressee.accept rfi_addressee.refuse",
    "exchange:requests",
    _("Open the requests"),
)
LOOK_FOR = _step(
    _("Look up an entity"),
    _("You see what you may see of every report, with who said it and how sure they were."),
    "entity.read entity.list",
    "entities:things",
    LOOK,
)
READ_DIGEST = _step(
    _("Read the weekly digest"),
    _("One page of what was shared in the week, for your desk."),
    "digest.read",
    "watch:digests",
    OPEN,
)
SEARCH = _step(
    _("Search for a traveller"),
    _("By name, document or record; each search is kept with your reason and may be reviewed."),
    "traveller.search lookup.make",
    "jrcc:lookups",
    LOOK,
)
READ_JOURNEY = _step(
    _("Open a flight or vessel"),
    _("Who is on board, when the manifest came, and what was found in it."),
    "journey.read",
    "jrcc:journeys",
    OPEN,
)
READ_DECISION = _step(
    _("Read a decision of the Council"),
    _("Its clauses, how each State voted, and what each State has done since."),
    "decision.read",
    "council:decisions",
    OPEN,
)

STEPS: Mapping[str, Sequence[Step]] = {
    "ministry": (
        READ_DECISION,
        _step(
            _("Report progress once"),
            _("Begin with what is overdue: a sentence on what was done, and how far it is."),
            "state_action.report state_action.acknowledge",
            "impacs:obligations",
            _("Open our obligations"),
        ),
        _step(
            _("Open the page of the next meeting"),
            _("What your minister needs on two pages: agenda, papers, your positions."),
            "official.read",
            "council:official",
            OPEN,
        ),
    ),
    "border": (
        READ_JOURNEY,
        _step(
            _("Open a hit that was referred to your State"),
            _("Who may be whom and why, what to do, and by when to answer."),
            "hit.read hit.acknowledge",
            "jrcc:hits",
            _("Open the hits"),
        ),
        SEARCH,
    ),
    "JRCC.watch": (
        _step(
            _("Begin or take over a watch"),
            _("The log shows who is on watch; a handover names what is still open."),
            "watch.open watch.accept",
            "watch:desk",
            _("Open the watch log"),
        ),
        _step(
            _("Claim a hit"),
            _("Once claimed, it is yours: no one else works on it until you decide or give up the claim."),
            "hit.claim hit.read",
            "jrcc:floor",
            _("Open the floor"),
        ),
        READ_JOURNEY,
    ),
    "RIFC.watch": (
        _step(
            _("Begin or take over a watch"),
            _("The log shows who is on watch; a handover names what is still open."),
            "watch.open watch.accept",
            "watch:desk",
            _("Open the watch log"),
        ),
        READ_REPORT,
        READ_REQUEST,
    ),
    "intelligence": (READ_REPORT, READ_REQUEST, LOOK_FOR),
    "analysis": (READ_REPORT, READ_REQUEST, LOOK_FOR),
    "contact": (READ_REPORT, READ_REQUEST, LOOK_FOR),
    "customs": (READ_REPORT, READ_REQUEST, READ_DIGEST),
    "secretariat": (
        READ_DECISION,
        _step(
            _("Read evidence that a State has submitted"),
            _("Verify it or return it with a reason; the State sees which, and why."),
            "evidence.read state_action.verify state_action.return",
            "impacs:verification",
            _("Open the evidence"),
        ),
        _step(
            _("Comment on a task"),
            _("Tasks come from clauses of decisions; each can be followed up to its clause."),
            "task.comment task.create task.start",
            "impacs:tasks",
            _("Open the tasks"),
        ),
    ),
    "administration": (
        _step(
            _("Invite a person"),
            _("They choose their own password; a second administrator confirms where it counts."),
            "invitation.send account.invite account.open",
            "people:invitations",
            pgettext_lazy("button, first steps", "Open invitations"),
        ),
        _step(
            _("Open an access review"),
            _("Each appointment is kept, changed or ended by who answers for it."),
            "review.read reviewitem.keep reviewitem.change",
            "people:reviews",
            OPEN,
        ),
        _step(
            _("Look up what a person did"),
            _("The audit trail of your party: every act, every reading, every refusal."),
            "audit.person record.sight audit.export",
            "audit:records",
            LOOK,
        ),
    ),
    "carrier": (
        _step(
            _("Send a manifest"),
            _("A list that was sent before is recognised and counts once."),
            "submission.receive",
            "jrcc:submissions",
            _("Send a manifest"),
        ),
        _step(
            _("Read the answer to a list"),
            _("What is wrong is named with its row and person, grouped, with what to put in its place."),
            "submission.read submission.view submission.download",
            "jrcc:submissions",
            _("Open the manifests"),
        ),
        _step(
            _("Add a schedule"),
            _("From it the portal knows when a manifest is due, and reminds you before it is late."),
            "schedule.add schedule.add_file",
            "jrcc:schedules",
            _("Open the schedules"),
        ),
    ),
    "oversight": (
        _step(
            _("Look up what a person did"),
            _("The audit trail of your party: every act, every reading, every refusal."),
            "audit.person",
            "audit:records",
            LOOK,
        ),
        _step(
            _("See who could have seen a record"),
            _("By which appointment, on which ground, from when to when."),
            "record.sight",
            "oversight:sight",
            LOOK,
        ),
        _step(
            _("Read the search log"),
            _("Searches for people are reviewed, not permitted: this is where."),
            "search.read_log lookup.review",
            "search:log",
            OPEN,
        ),
    ),
    "platform": (
        _step(
            _("Propose a key for a program"),
            _("A second person from the desk approves it; it is shown once."),
            "token.propose",
            "people:tokens",
            _("Open the keys"),
        ),
        _step(
            _("Export the audit trail of your desk"),
            _("What operators did, as a file for who oversees them."),
            "audit.export audit.person",
            "audit:records",
            _("Open the audit trail"),
        ),
        _step(
            _("Send a trial by webhook"),
            _("So that an alarm of the portal reaches your own systems."),
            "webhook.try webhook.add",
            "notices:webhooks",
            _("Open the webhooks"),
        ),
    ),
}
"""{function, or a single desk: the three that are its own}. Functions of programs alone have none."""


def steps_for(function: str, desk_code: str) -> Sequence[Step]:
    """The five steps of a desk's people; () for a function that has none."""
    own = STEPS.get(desk_code) or STEPS.get(function)
    return (*EVERYBODY, *own) if own else ()
