"""Addresses of the Council."""

from django.urls import path

from apps.access.page_functions import work_of
from apps.council.papers.views import comparisons, copies, papers
from apps.council.procedures.views import procedure_page, procedures
from apps.council.views import briefs, decision_drafts, decisions, exports, institutions, meetings, official, room
from apps.pages.verb_pages import answer_by_collection

app_name = "council"
council = work_of("ministry", "secretariat")
act = answer_by_collection(
    {
        "meetings": meetings.verbs,
        "items": meetings.item_verbs,
        "papers": papers.verbs,
        "decisions": decisions.verbs,
        "procedures": procedure_page.verbs,
        "positions": briefs.verbs,
    }
)
pay, dismiss = institutions.payments.answer, procedures.dismissals.answer
urlpatterns = [
    path("", council(official.page), name="official"),
    path("bodies/", council(institutions.bodies), name="bodies"),
    path("bodies/chair/", council(institutions.chair_new), name="chair_new"),
    path("contributions/", council(institutions.contributions), name="contributions"),
    path("contributions/new/", council(institutions.contribution_new), name="contribution_new"),
    path("contributions/leave/", council(institutions.waiver_new), name="waiver_new"),
    path("contributions/<uuid:pk>/pay/", council(pay), {"verb": "pay"}, name="contribution_pay"),
    path("contributions/leave/<uuid:pk>/end/", council(institutions.waiver_end), name="waiver_end"),
    path("decisions/", council(decisions.decisions), name="decisions"),
    path("decisions/new/", council(decision_drafts.show_new_decision_draft), name="decision_new"),
    path("decisions/<uuid:pk>/", council(decisions.decision), name="decision"),
    path("decisions/<uuid:pk>/revise/", council(decision_drafts.show_decision_revision), name="decision_revise"),
    path(
        "decisions/<uuid:pk>/propose_amendment/",
        council(decisions.verbs.answer),
        {"verb": "propose_amendment"},
        name="decision_amend",
    ),
    path("decisions/<uuid:pk>/retable/", council(decisions.retable), name="decision_retable"),
    path("decisions/<uuid:pk>/translate/", council(decision_drafts.translate), name="decision_translate"),
    path("decisions/<uuid:pk>/compare/", council(decisions.compared), name="decision_compare"),
    path("meetings/<uuid:pk>/room/", council(room.room), name="room"),
    path("meetings/<uuid:pk>/room/floor/", council(room.floor_part), name="room_floor"),
    path("meetings/<uuid:pk>/room/hall/", council(room.hall_part), name="room_hall"),
    path("meetings/<uuid:pk>/room/close-vote/", council(room.close_vote), name="room_close"),
    path("decisions/<uuid:pk>/record.<slug:fmt>", council(exports.decision_record), name="decision_record"),
    path("decisions/book.<slug:fmt>", council(exports.decision_book), name="decision_book"),
    path("meetings/<uuid:pk>/report.<slug:fmt>", council(exports.meeting_report), name="meeting_report"),
    path("meetings/", council(meetings.meetings), name="meetings"),
    path("meetings/new/", council(meetings.meeting_new), name="meeting_new"),
    path("meetings/<uuid:pk>/", council(meetings.meeting), name="meeting"),
    path("meetings/<uuid:pk>/brief/", council(briefs.brief), name="brief"),
    path("meetings/<uuid:pk>/meeting.ics", council(meetings.meeting_calendar), name="meeting_calendar"),
    path("items/new/", council(meetings.item_new), name="item_new"),
    path("items/<uuid:pk>/", council(meetings.item), name="item"),
    path("items/<uuid:pk>/position/", council(briefs.position_new), name="position_new"),
    path("positions/<uuid:pk>/", council(briefs.position), name="position"),
    path("papers/", council(papers.papers), name="papers"),
    path("papers/new/", council(papers.show_new_paper), name="paper_new"),
    path("papers/<uuid:pk>/", council(papers.paper), name="paper"),
    path("papers/<uuid:pk>/print/", council(papers.printed), name="paper_print"),
    path("papers/<uuid:pk>/download.pdf", council(copies.pdf), name="paper_pdf"),
    path("papers/<uuid:pk>/download.docx", council(copies.docx), name="paper_docx"),
    path("papers/<uuid:pk>/compare/", council(comparisons.compared), name="paper_compare"),
    path("papers/<uuid:pk>/revise/", council(papers.verbs.answer), {"verb": "revise"}, name="paper_revise"),
    path("papers/<uuid:pk>/correct/", council(papers.verbs.answer), {"verb": "correct"}, name="paper_correct"),
    path("papers/<uuid:pk>/translate/", council(papers.verbs.answer), {"verb": "translate"}, name="paper_translate"),
    path("papers/<uuid:pk>/comment/", council(papers.comment), name="paper_comment"),
    path("procedures/", council(procedures.procedures), name="procedures"),
    path("procedures/new/", council(procedures.procedure_new), name="procedure_new"),
    path("procedures/<uuid:pk>/", council(procedures.procedure), name="procedure"),
    path("procedures/<uuid:pk>/reply/<slug:verb>/", council(procedures.reply), name="procedure_reply"),
    path("procedures/<uuid:pk>/propose-objection/", council(procedures.proposal_new), name="objection_new"),
    path("objections/<uuid:pk>/dismiss/", council(dismiss), {"verb": "dismiss"}, name="objection_dismiss"),
    # the last of all: a page for each verb that has none of its own
    path("<slug:collection>/<uuid:pk>/<slug:verb>/", council(act), name="act"),
]
