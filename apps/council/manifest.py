"""What the Council joins to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Page, Tab, Texts, Work

app = App(
    "council",
    urls={"council/": "urls"},
    pages=[
        Page("register/", "views.register.register", "register"),
        Page("register/<path:number>/", "views.register.entry", "register_entry"),
    ],
    collections=[
        Collection("council/decisions", "api.decisions.DecisionViewSet"),
        Collection("council/meetings", "api.meetings.MeetingViewSet"),
        Collection("council/items", "api.meetings.AgendaItemViewSet"),
        Collection("council/positions", "api.meetings.PositionViewSet"),
        Collection("council/papers", "papers.api.PaperViewSet"),
        Collection("council/procedures", "procedures.api.ProcedureViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Overview"),
            "council:official",
            {"ministry", "secretariat"},
            once=pgettext_lazy("navigation, portal", "Council"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Meetings"),
            "council:meetings",
            {"ministry", "secretariat"},
            under=["council/items/", "council/positions/"],
        ),
        Tab(pgettext_lazy("navigation, portal", "Decisions"), "council:decisions", {"ministry", "secretariat"}),
        Tab(
            pgettext_lazy("navigation, portal", "Written procedures"),
            "council:procedures",
            {"ministry", "secretariat"},
            under=["council/objections/"],
        ),
        Tab(pgettext_lazy("navigation, portal", "Papers"), "council:papers", {"ministry", "secretariat"}),
        Tab(
            pgettext_lazy("navigation, portal", "Bodies and rules"),
            "council:bodies",
            {"ministry", "secretariat"},
            under=["council/contributions/"],
        ),
    ],
    acts={
        "decision.draft": "council:decision_new",
        "item.propose": "council:item_new",
        "meeting.create": "council:meeting_new",
        "paper.draft": "council:paper_new",
        "procedure.prepare": "council:procedure_new",
    },
    clock=[
        Every("1m", "council.tick", lane="clock"),
        Every("1m", "council.papers", lane="slow"),
        Every("1h", "council.days", lane="clock"),
    ],
    groups={
        "meetings": _("Meetings and agendas"),
        "papers": _("Papers and translations"),
        "decisions": _("Votes and decisions"),
        "written": pgettext_lazy("words, notices", "Written procedures"),
    },
    events=[
        Event("meeting.convened", "meetings", "Meeting convened", "A meeting needs {party}", kind="needs"),
        Event(
            "meeting.changed",
            "meetings",
            "Meeting moved or changed",
            "A meeting has another time or place",
            kind="needs",
        ),
        Event(
            "meeting.agenda_version",
            "meetings",
            "New version of an agenda",
            "An agenda has changed",
            kind="digest",
            mail="digest",
        ),
        Event(
            "agenda.majority_unreachable",
            "meetings",
            "Majority out of reach",
            "An agenda item is short of its majority",
            kind="deadline",
        ),
        Event("paper.issued", "papers", "Paper issued", "A paper is issued", kind="digest", mail="digest"),
        Event("paper.corrected", "papers", "Paper corrected", "A paper that you opened is corrected", kind="digest"),
        Event("paper.missing", "papers", "Paper missing", "A paper is missing", kind="deadline", mail="digest"),
        Event(
            "translation.stale",
            "papers",
            "Translation out of date",
            "A translation is out of date",
            kind="digest",
            mail="",
        ),
        Event("credentials.missing", "meetings", "Credentials missing", "Credentials need {party}", kind="needs"),
        Event("vote.closed", "decisions", "Vote closed", "A vote is closed", kind="digest"),
        Event("adref.pending", "decisions", "Confirmation awaited", "A decision needs {party}", kind="needs"),
        Event("decision.numbered", "decisions", "Decision numbered", "A decision has its number", kind="digest"),
        Event("decision.in_force", "decisions", "Decision in force", "A decision is in force", kind="digest"),
        Event(
            "written.dispatched", "written", "Written procedure dispatched", "A decision needs {party}", kind="needs"
        ),
        Event(
            "written.no_receipt", "written", "No receipt after 24 hours", "A State has given no receipt", kind="needs"
        ),
        Event(
            "written.started", "written", "Written procedure started", "A written procedure has started", kind="needs"
        ),
        Event("written.reminder", "written", "Reply still missing", "A decision still needs {party}", kind="needs"),
        Event(
            "written.objected", "written", "Objection made", "A written procedure has met an objection", kind="digest"
        ),
        Event(
            "written.deadline_moved",
            "written",
            "Deadline moved",
            "The deadline of a written procedure has moved",
            kind="deadline",
        ),
        Event(
            "written.concluded",
            "written",
            "Written procedure concluded",
            "A written procedure is concluded",
            kind="digest",
        ),
        Event(
            "meeting.minutes",
            "meetings",
            "Draft minutes",
            "Draft minutes wait for corrections",
            kind="digest",
            mail="digest",
        ),
        Event(
            "decision.proposed",
            "decisions",
            "Decision proposed",
            "A text is on the table",
            kind="digest",
            mail="digest",
        ),
        Event(
            "decision.amendment",
            "decisions",
            "Amendment proposed",
            "An amendment waits for a ruling",
            kind="digest",
            mail="digest",
        ),
        Event(
            "decision.statement",
            "decisions",
            "Statement of a State",
            "A State has declared something to a decision",
            kind="digest",
            mail="digest",
        ),
        Event("vote.opened", "decisions", "Vote open", "A vote needs {party}", kind="needs"),
        Event("vote.reminder", "decisions", "Vote still missing", "A written vote still needs {party}", kind="needs"),
    ],
    reference="loaders.reference.load_council_reference",
    stream_pages={
        "council.decision": "council:decision",
        "council.agendaitem": "council:item",
        "council.writtenprocedure": "council:procedure",
    },
    offers={
        "people.coming": ["queries.work.others.of_the_council"],
        "people.asked": ["queries.work.others.of_others"],
        "notices.calendars": ["queries.calendar.meetings"],
        "search.kinds": ["queries.search.list_council_kinds"],
        "files.owners": {"council.paper": "models.Paper.objects.visible_to"},
    },
    enums={
        "DecisionKind": "models.Decision.Kind",
        "MeetingKind": "models.Meeting.Kind",
        "MeetingMode": "models.Meeting.Mode",
        "AgendaItemKind": "models.AgendaItem.Kind",
        "PaperLanguage": "papers.actions.fields.LANGUAGES",
        "RecordedReceiptKind": "procedures.models.RECORDED_RECEIPTS",
    },
    work=[
        Work(
            "decisions", pgettext_lazy("words, council", "Decisions"), ["queries.work.decisions.decisions_to_work_on"]
        ),
        Work(
            "meetings",
            pgettext_lazy("words, council", "Meetings"),
            ["queries.work.meetings.own_meetings", "queries.work.meetings.kept_by_the_secretariat"],
        ),
        Work("positions", pgettext_lazy("words, council", "Positions"), ["queries.work.meetings.own_positions"]),
        Work(
            "papers",
            pgettext_lazy("words, council", "Papers"),
            ["papers.queries.work.papers", "papers.queries.work.translations_to_renew"],
        ),
        Work(
            "procedures",
            pgettext_lazy("words, council", "Written procedures"),
            ["procedures.queries.work.procedures_to_answer", "procedures.queries.work.receipts_to_chase"],
        ),
    ],
    declares=["listeners.notifications"],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Decisions"),
            True,
            {
                "council.decision": "title preamble words reason",
                "council.clause decision": "text",
                "council.amendment decision": "text reason",
                "council.decisiontext decision": "title preamble clauses note",
                "council.statement decision": "text",
                "council.ballot decision": "explanation",
                "council.objectionproposal": "person reason answer",
            },
        ),
        Texts(
            pgettext_lazy("words, protection", "Papers"),
            True,
            {
                "council.paper": "title words reason",
                "council.paperversion paper": "body note",
                "council.papercomment paper": "text",
                "council.clearance paper": "note",
                "council.translation paper": "title body",
            },
        ),
        Texts(
            pgettext_lazy("words, protection", "Meetings"),
            True,
            {
                "council.meeting": "place notice_waiver minutes moves reason",
                "council.agendaitem": "title summary rapporteur outcome reason",
                "council.delegation meeting": "head members credentials_note",
                "council.minutescorrection meeting": "text",
                "council.sitting meeting": "closed_reason",
                "council.position": "note speaking_note",
            },
        ),
        Texts(
            pgettext_lazy("words, protection", "Written procedures"),
            True,
            {
                "council.writtenprocedure": "forced_reason reason",
                "council.reply procedure": "reason",
                "council.circulation procedure": "receipt_note",
            },
        ),
    ],
)
