"""Addresses of what decisions ask of States and bodies."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from apps.access import stream
from apps.access.rooms import work_of
from apps.impacs.views import (
    action,
    acts,
    bulk,
    desk,
    escalation,
    filled,
    mandates,
    matrix,
    money,
    offices,
    planning,
    planning_load,
    planning_move,
    planning_saved,
    sheets,
    task_templates,
    tasks,
    verification,
    work,
)


class Collection(SlugConverter):
    """Records of an action that have acts of their own."""

    regex = "evidence|extensions|assistance"


register_converter(Collection, "of_action")
app_name = "impacs"
council = work_of("ministry", "secretariat")
state = work_of("ministry", "border", "customs", "intelligence", "contact")
ministry = work_of("ministry")
agency = work_of("secretariat")
both = work_of("ministry", "border", "customs", "intelligence", "contact", "secretariat")
plan = work_of("secretariat", "watch", "analysis", "ministry")
centres = work_of("secretariat", "watch", "analysis")
ladder = work_of("ministry", "secretariat", "watch", "analysis")
readers = work_of("ministry", "border", "customs", "intelligence", "contact", "secretariat", "watch", "analysis")
stream.PAGES |= {
    "impacs.tasktemplate": "impacs:template",
    "impacs.budgetline": "impacs:line",
    "impacs.stateaction": "impacs:action",
    "impacs.taskbatch": "impacs:batch",
    "impacs.escalation": "impacs:escalation",
    "impacs.evidence": "impacs:evidence",
    "impacs.extensionrequest": "impacs:extension",
    "impacs.assistancerequest": "impacs:assistance",
}
urlpatterns = [
    path("matrix/", council(matrix.matrix), name="matrix"),
    path("matrix.csv", council(matrix.export), {"kind": "csv"}, name="matrix_csv"),
    path("matrix.xlsx", council(matrix.export), {"kind": "xlsx"}, name="matrix_xlsx"),
    path("decisions/<uuid:pk>/progress/", council(matrix.progress), name="progress"),
    path("obligations/", state(work.obligations), name="obligations"),
    path("obligations/print/", state(work.obligations), {"printed": True}, name="obligations_print"),
    path("obligations.xlsx", ministry(filled.download), name="obligations_sheet"),
    path("obligations/filled/", ministry(filled.upload), name="obligations_filled"),
    path("obligations/summary/", ministry(work.obligations_summary), name="obligations_summary"),
    path("against/", ministry(desk.against), name="against"),
    path("verification/", agency(verification.worklist), name="verification"),
    path("verification/secondments/", agency(verification.secondments), name="secondments"),
    path("actions/<uuid:pk>/", both(action.action), name="action"),
    path("actions/<uuid:pk>/<slug:verb>/", both(action.do), name="do"),
    path("evidence/<uuid:pk>/", both(action.evidence), name="evidence"),
    path("extensions/<uuid:pk>/", both(action.extension), name="extension"),
    path("assistance/<uuid:pk>/", both(action.assistance), name="assistance"),
    path("escalations/", ladder(escalation.escalations), name="escalations"),
    path("escalations/<uuid:pk>/", ladder(escalation.escalation), name="escalation"),
    path("escalations/<uuid:pk>/<slug:verb>/", ladder(escalation.do), name="escalation_do"),
    path("escalations/of/<str:kind>/<uuid:pk>/", readers(escalation.of_subject), name="escalation_of"),
    path("offices/", council(offices.offices), name="offices"),
    path("offices/<int:pk>/end/", council(offices.end), name="office_end"),
    path("<of_action:collection>/<uuid:pk>/<slug:verb>/", both(action.do), name="record_do"),
    path("tasks/", plan(tasks.board), name="tasks"),
    path("tasks/new/", centres(tasks.new), name="task_new"),
    path("tasks/<uuid:pk>/", plan(tasks.task), name="task"),
    path("tasks/<uuid:pk>/edit/", plan(tasks.change), name="task_edit"),
    path("tasks/list/", plan(planning.tasks), name="task_list"),
    path("tasks/calendar/", plan(planning.calendar), name="calendar"),
    path("tasks/timeline/", plan(planning.timeline), name="timeline"),
    path("tasks/workload/", centres(planning_load.load), name="workload"),
    path("tasks/leave/new/", centres(planning_load.enter), name="absence_new"),
    path("tasks/leave/<uuid:pk>/withdraw/", centres(planning_load.withdraw), name="absence_withdraw"),
    path("tasks/kept/", plan(planning_saved.saved), name="saved"),
    path("tasks/kept/new/", plan(planning_saved.keep), name="saved_keep"),
    path("tasks/kept/<uuid:pk>/rename/", plan(planning_saved.rename), name="saved_rename"),
    path("tasks/kept/<uuid:pk>/delete/", plan(planning_saved.drop), name="saved_drop"),
    path("tasks/bulk/", centres(bulk.bulk), name="bulk"),
    path("tasks/export.xlsx", plan(sheets.export), name="task_sheet"),
    path("tasks/import/", centres(sheets.send), name="sheet"),
    path("tasks/import/<uuid:pk>/", centres(sheets.preview), name="sheet_preview"),
    path("tasks/batches/<uuid:pk>/", centres(bulk.batch), name="batch"),
    path("tasks/<uuid:pk>/move/", centres(planning_move.move), name="move"),
    path("tasks/<uuid:pk>/<slug:verb>/", plan(acts.act), {"collection": "tasks"}, name="act_tasks"),
    path("mandates/", plan(mandates.mandates), name="mandates"),
    path("mandates/<uuid:pk>/", plan(mandates.mandate), name="mandate"),
    path("mandates/<uuid:pk>/<slug:verb>/", plan(acts.act), {"collection": "mandates"}, name="act_mandates"),
    path("thread/<uuid:pk>/", council(mandates.thread), name="thread"),
    path("budget/", agency(money.budget), name="budget"),
    path("budget/<uuid:pk>/", agency(money.line), name="line"),
    path("budget/<uuid:pk>/<slug:verb>/", agency(acts.act), {"collection": "budget"}, name="act_budget"),
    path("budget/lines/new/", agency(money.new), {"kind": "line"}, name="line_new"),
    path("budget/funds/new/", agency(money.new), {"kind": "fund"}, name="fund_new"),
    path("budget/programmes/new/", agency(money.new), {"kind": "programme"}, name="programme_new"),
    path("templates/", centres(task_templates.templates), name="templates"),
    path("templates/new/", centres(task_templates.new), name="template_new"),
    path("templates/<uuid:pk>/", centres(task_templates.template), name="template"),
    path("templates/<uuid:pk>/<slug:verb>/", centres(acts.act), {"collection": "templates"}, name="act_templates"),
]
