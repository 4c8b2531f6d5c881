"""What implementation joins to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work

app = App(
    "impacs",
    urls={"impacs/": "urls"},
    collections=[
        Collection("impacs/state-actions", "obligations.api.state_actions.StateActionViewSet"),
        Collection("impacs/evidence", "obligations.api.proof.EvidenceViewSet"),
        Collection("impacs/extensions", "obligations.api.proof.ExtensionViewSet"),
        Collection("impacs/assistance", "obligations.api.proof.AssistanceViewSet"),
        Collection("impacs/escalations", "api.escalations.EscalationViewSet"),
        Collection("impacs/mandates", "api.mandates.MandateViewSet"),
        Collection("impacs/tasks", "plan.api.TaskViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "By State"),
            "impacs:matrix",
            {"ministry", "secretariat"},
            under=["impacs/decisions/", "impacs/thread/", "impacs/offices/"],
            once=_("Decisions and States"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Our obligations"),
            "impacs:obligations",
            {"ministry"},
            under=[
                "impacs/actions/",
                "impacs/evidence/",
                "impacs/extensions/",
                "impacs/assistance/",
                "impacs/against/",
            ],
            once=pgettext_lazy("navigation, portal", "Obligations"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Verification"),
            "impacs:verification",
            {"secretariat"},
            under=["impacs/actions/", "impacs/evidence/", "impacs/extensions/", "impacs/assistance/"],
            once=_("Evidence and requests"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Tasks"),
            "impacs:tasks",
            {"ministry", "secretariat", "watch", "analysis"},
            under=["impacs/templates/"],
            once=pgettext_lazy("navigation, portal", "IMPACS tasks"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Mandates"), "impacs:mandates", {"secretariat", "watch", "analysis"}),
        Tab(pgettext_lazy("navigation, portal", "Budget"), "impacs:budget", {"secretariat"}),
        Tab(pgettext_lazy("navigation, portal", "Escalations"), "impacs:escalations", {"ministry", "secretariat"}),
    ],
    acts={
        "task.create": "impacs:task_new",
        "budget_line.create": "impacs:line_new",
        "fund.create": "impacs:fund_new",
        "absence.enter": "impacs:absence_new",
    },
    clock=[
        Every("1h", "impacs.escalation", lane="clock"),
        Every("1h", "impacs.days", lane="clock"),
        Every("1h", "impacs.work_plan", lane="clock"),
    ],
    groups={
        "tasks": _("Tasks and mandates"),
        "actions": _("Obligations, evidence and assistance"),
        "roles": pgettext_lazy("words, notices", "Roles"),
    },
    events=[
        Event("role.vacant", "roles", "Role vacant", "A vacant role needs {party}", kind="needs"),
        Event(
            "action.due_soon", "actions", "Due soon", "A deadline of {party} is near", kind="deadline", mail="digest"
        ),
        Event("action.overdue", "actions", "Overdue", "A deadline of {party} has passed", kind="late"),
        Event(
            "action.minister",
            "actions",
            "Before the minister's office",
            "An overdue matter needs the minister's office of {party}",
            kind="needs",
        ),
        Event(
            "action.listed",
            "actions",
            "For the Council's list",
            "A matter is due for the Council's list",
            kind="digest",
            mail="digest",
        ),
        Event(
            "task.due_soon", "tasks", "Task due soon", "A task of {party} is due soon", kind="deadline", mail="digest"
        ),
        Event("task.overdue", "tasks", "Task overdue", "A task of {party} is overdue", kind="late", mail="digest"),
        Event("task.assigned", "tasks", "Task given to your desk", "A task is given to {party}", kind="needs"),
        Event("task.ready", "tasks", "Task ready to start", "A task can start", kind="needs", mail=""),
        Event(
            "task.mention", "tasks", "You are named in a comment", "Somebody names your desk in a task", kind="needs"
        ),
        Event("task.waiting", "tasks", "IMPACS waits for you", "A task waits for {party}", kind="needs"),
        Event("task.answered", "tasks", "An answer has come", "A task has an answer", kind="needs", mail="digest"),
        Event("task.blocked", "tasks", "Task blocked", "A task is blocked", kind="needs"),
        Event("task.review", "tasks", "Task to review", "A task waits for your review", kind="needs"),
        Event("task.returned", "tasks", "Task returned", "A task came back", kind="needs"),
        Event("task.closed", "tasks", "Task done", "A task is done", kind="digest", mail=""),
        Event("task.cancelled", "tasks", "Task cancelled", "A task was cancelled", kind="needs"),
        Event(
            "task.carried", "tasks", "Task carried over", "A task goes on under another mandate", kind="digest", mail=""
        ),
        Event(
            "task.watched",
            "tasks",
            "News of a task that you watch",
            "News of a task that you watch",
            kind="digest",
            mail="",
        ),
        Event(
            "mandate.assigned", "tasks", "Mandate given to you", "A mandate is yours, or its day moved", kind="needs"
        ),
        Event("mandate.reported", "tasks", "Mandate reported", "A mandate is reported", kind="digest", mail="digest"),
        Event("mandate.ended", "tasks", "Mandate ended", "A mandate has ended", kind="needs"),
        Event(
            "evidence.submitted",
            "actions",
            "Evidence submitted",
            "Evidence waits for verification",
            kind="needs",
            mail="",
        ),
        Event("evidence.rejected", "actions", "Evidence returned", "Evidence of {party} was returned", kind="needs"),
        Event("evidence.waiting", "actions", "Evidence waits", "Evidence has waited for long", kind="late"),
        Event(
            "evidence.expiring",
            "actions",
            "Evidence runs out",
            "Evidence of {party} runs out",
            kind="deadline",
            mail="digest",
        ),
        Event(
            "extension.requested", "actions", "More time asked for", "A State asks for more time", kind="needs", mail=""
        ),
        Event("extension.decided", "actions", "More time: answer", "More time: the answer for {party}", kind="needs"),
        Event(
            "action.verified",
            "actions",
            "Action verified",
            "An action of {party} is verified",
            kind="digest",
            mail="digest",
        ),
        Event("action.reopened", "actions", "Action reopened", "An action of {party} is open again", kind="needs"),
        Event(
            "action.handed_over", "actions", "Action handed over", "An action was handed over", kind="digest", mail=""
        ),
        Event(
            "action.claimed",
            "actions",
            "Said not to apply",
            "A State says that a clause does not apply",
            kind="needs",
            mail="",
        ),
        Event("action.claim_refused", "actions", "Clause applies", "A clause applies to {party}", kind="needs"),
        Event(
            "action.not_applicable",
            "actions",
            "Clause does not apply",
            "A clause does not apply to a State",
            kind="digest",
            mail="digest",
        ),
        Event("action.bound_again", "actions", "Release ended", "A release of {party} has ended", kind="needs"),
        Event(
            "assistance.asked", "actions", "Assistance asked for", "A State asks for assistance", kind="needs", mail=""
        ),
        Event(
            "assistance.accepted",
            "actions",
            "Assistance taken up",
            "A request of {party} was taken up",
            kind="digest",
            mail="",
        ),
        Event(
            "assistance.answered",
            "actions",
            "Assistance answered",
            "A request of {party} is answered",
            kind="needs",
            mail="digest",
        ),
    ],
    reference="loaders.reference.load_impacs_reference",
    stream_pages={
        "impacs.escalation": "impacs:escalation",
        "impacs.evidence": "impacs:evidence",
        "impacs.tasktemplate": "impacs:template",
        "impacs.budgetline": "impacs:line",
        "impacs.stateaction": "impacs:action",
        "impacs.taskbatch": "impacs:batch",
        "impacs.extensionrequest": "impacs:extension",
        "impacs.assistancerequest": "impacs:assistance",
    },
    offers={
        "people.asked": [
            "queries.work.escalations.unanswered",
            "plan.queries.work.answers_outstanding",
            "obligations.queries.state_work.asked_of_the_agency",
        ],
        "people.coming": ["obligations.queries.work.obligations_to_come", "plan.queries.work.tasks_to_come"],
        "notices.calendars": ["queries.calendar.actions_due"],
        "search.kinds": ["queries.search.list_impacs_kinds"],
        "files.owners": {
            "impacs.evidence": "models.Evidence.objects.visible_to",
            "impacs.task": "plan.queries.people.tasks_seen_inside",
        },
    },
    enums={
        "TaskKind": "models.Task.Kind",
        "DependencyKind": "models.Dependency.Kind",
        "EscalationOffice": "models.Office",
    },
    work=[
        Work("escalations", pgettext_lazy("words, impacs", "Escalations"), ["queries.work.escalations.to_answer"]),
        Work(
            "obligations",
            pgettext_lazy("words, impacs", "Obligations"),
            ["obligations.queries.work.obligations_to_work_on"],
        ),
        Work("tasks", pgettext_lazy("words, impacs", "Tasks"), ["plan.queries.work.tasks_to_do"]),
        Work("mandates", pgettext_lazy("words, impacs", "Mandates"), ["plan.queries.work.mandates_to_lead"]),
        Work(
            "evidence", pgettext_lazy("words, impacs", "Evidence"), ["obligations.queries.state_work.evidence_to_mend"]
        ),
        Work(
            "assistance",
            pgettext_lazy("words, impacs", "Assistance"),
            ["obligations.queries.state_work.answers_to_read"],
        ),
        Work("verification", _("Evidence and requests"), ["obligations.queries.state_work.verification"]),
    ],
    declares=["listeners.notifications"],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Tasks"),
            True,
            {
                "impacs.task": "title description reason waiting_for_other",
                "impacs.taskcomment task": "text",
                "impacs.checklistitem task": "text",
                "impacs.taskblocker task": "text",
                "impacs.deliverable task": "title",
                "impacs.effortentry task": "text",
            },
        ),
        Texts(
            pgettext_lazy("words, protection", "Obligations"),
            True,
            {
                "impacs.stateaction": "responsible",
                "impacs.turn action": "text",
                "impacs.step action": "title",
                "impacs.difficulty action": "text",
                "impacs.nationalnote action": "text",
                "impacs.report action": "text",
                "impacs.evidence": "title authority citation reject_text",
                "impacs.extensionrequest": "cause answer",
                "impacs.assistancerequest": "text answer",
                "impacs.escalation": "acknowledged_by answer",
            },
        ),
        Texts(
            _("Mandates and budget"),
            True,
            {
                "impacs.mandate": "title note",
                "impacs.mandateextension mandate": "cause",
                "impacs.programme": "title",
                "impacs.fund": "name donor earmark",
                "impacs.budgetline": "title",
                "impacs.commitment line": "text",
                "impacs.expenditure line": "text",
            },
        ),
    ],
)
