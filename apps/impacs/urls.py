"""Addresses of what decisions ask of States and bodies."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from apps.access.page_functions import work_of
from apps.impacs.obligations.views import matrix, state_actions, verification, workbooks
from apps.impacs.plan.views import batches, moves, saved_filters, tasks, templates, workload
from apps.impacs.plan.views import plan as plan_views
from apps.impacs.plan.views import workbooks as workbooks_views
from apps.impacs.views import desk, escalation, mandates, money, offices, work
from apps.pages.verb_pages import answer_by_collection


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
of_action = answer_by_collection(state_actions.OF_ACTION)
urlpatterns = [
    path("matrix/", council(matrix.matrix), name="matrix"),
    path("matrix.csv", council(matrix.export_matrix), {"kind": "csv"}, name="matrix_csv"),
    path("matrix.xlsx", council(matrix.export_matrix), {"kind": "xlsx"}, name="matrix_xlsx"),
    path("decisions/<uuid:pk>/progress/", council(matrix.progress), name="progress"),
    path("obligations/", state(work.obligations), name="obligations"),
    path("obligations/print/", state(work.obligations), {"printed": True}, name="obligations_print"),
    path("obligations.xlsx", ministry(workbooks.download_report_workbook), name="obligations_sheet"),
    path("obligations/filled/", ministry(workbooks.upload), name="obligations_filled"),
    path("obligations/summary/", ministry(work.obligations_summary), name="obligations_summary"),
    path("against/", ministry(desk.against), name="against"),
    path("verification/", agency(verification.worklist), name="verification"),
    path("verification/secondments/", agency(verification.secondments), name="secondments"),
    path("actions/<uuid:pk>/", both(state_actions.action), name="action"),
    path("actions/<uuid:pk>/<slug:verb>/", both(state_actions.verbs.answer), name="do"),
    path("evidence/<uuid:pk>/", both(state_actions.evidence), name="evidence"),
    path("extensions/<uuid:pk>/", both(state_actions.extension), name="extension"),
    path("assistance/<uuid:pk>/", both(state_actions.assistance), name="assistance"),
    path("escalations/", ladder(escalation.escalations), name="escalations"),
    path("escalations/<uuid:pk>/", ladder(escalation.escalation), name="escalation"),
    path("escalations/<uuid:pk>/<slug:verb>/", ladder(escalation.do), name="escalation_do"),
    path("escalations/of/<str:kind>/<uuid:pk>/", readers(escalation.of_subject), name="escalation_of"),
    path("offices/", council(offices.offices), name="offices"),
    path("offices/<int:pk>/end/", council(offices.end), name="office_end"),
    path("<of_action:collection>/<uuid:pk>/<slug:verb>/", both(of_action), name="record_do"),
    path("tasks/", plan(tasks.board), name="tasks"),
    path("tasks/new/", centres(tasks.show_new_task), name="task_new"),
    path("tasks/<uuid:pk>/", plan(tasks.task), name="task"),
    path("tasks/<uuid:pk>/edit/", plan(tasks.show_task_change), name="task_edit"),
    path("tasks/list/", plan(plan_views.tasks), name="task_list"),
    path("tasks/calendar/", plan(plan_views.calendar), name="calendar"),
    path("tasks/timeline/", plan(plan_views.timeline), name="timeline"),
    path("tasks/workload/", centres(workload.show_workload), name="workload"),
    path("tasks/leave/new/", centres(workload.enter), name="absence_new"),
    path("tasks/leave/<uuid:pk>/withdraw/", centres(workload.withdraw), name="absence_withdraw"),
    path("tasks/kept/", plan(saved_filters.saved), name="saved"),
    path("tasks/kept/new/", plan(saved_filters.save_plan_filter), name="saved_keep"),
    path("tasks/kept/<uuid:pk>/rename/", plan(saved_filters.rename), name="saved_rename"),
    path("tasks/kept/<uuid:pk>/delete/", plan(saved_filters.drop), name="saved_drop"),
    path("tasks/bulk/", centres(batches.bulk), name="bulk"),
    path("tasks/export.xlsx", plan(workbooks_views.export_plan_workbook), name="task_sheet"),
    path("tasks/import/", centres(workbooks_views.send_plan_workbook), name="sheet"),
    path("tasks/import/<uuid:pk>/", centres(workbooks_views.preview), name="sheet_preview"),
    path("tasks/batches/<uuid:pk>/", centres(batches.batch), name="batch"),
    path("tasks/<uuid:pk>/move/", centres(moves.move), name="move"),
    path("tasks/<uuid:pk>/<slug:verb>/", plan(tasks.verbs.answer), name="act_tasks"),
    path("mandates/", plan(mandates.mandates), name="mandates"),
    path("mandates/<uuid:pk>/", plan(mandates.mandate), name="mandate"),
    path("mandates/<uuid:pk>/<slug:verb>/", plan(mandates.verbs.answer), name="act_mandates"),
    path("thread/<uuid:pk>/", council(mandates.thread), name="thread"),
    path("budget/", agency(money.budget), name="budget"),
    path("budget/<uuid:pk>/", agency(money.line), name="line"),
    path("budget/<uuid:pk>/<slug:verb>/", agency(money.verbs.answer), name="act_budget"),
    path("budget/lines/new/", agency(money.show_new_budget), {"kind": "line"}, name="line_new"),
    path("budget/funds/new/", agency(money.show_new_budget), {"kind": "fund"}, name="fund_new"),
    path("budget/programmes/new/", agency(money.show_new_budget), {"kind": "programme"}, name="programme_new"),
    path("templates/", centres(templates.templates), name="templates"),
    path("templates/new/", centres(templates.show_new_template), name="template_new"),
    path("templates/<uuid:pk>/", centres(templates.template), name="template"),
    path("templates/<uuid:pk>/<slug:verb>/", centres(templates.verbs.answer), name="act_templates"),
]
