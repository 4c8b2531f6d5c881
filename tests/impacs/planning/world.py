"""One of each record of planning, for whoever asks who may see which."""

import datetime
from typing import Any

from django.core.files.base import ContentFile

from apps.files.actions import add_upload
from apps.files.rules.intake import store_upload
from apps.impacs.models import Task
from apps.impacs.plan.actions import absences, batches, saved_filters
from apps.impacs.plan.actions.batches import Change
from apps.impacs.plan.rules import workbook
from tests.days import EAST, today

KEEPER = "impacs.secretariat.manager"


def a_planning(cast: Any, task: Task) -> dict[str, Any]:
    """The Secretariat's leave, kept filters and workbook, and a batch that changed a task of its own."""
    keeper, day = cast[KEEPER], today(EAST) + datetime.timedelta(days=30)
    file = ContentFile(workbook.write_plan_workbook([{"title": "Order paper"}]), name="plan.xlsx")
    return {
        "absence": absences.enter_absence(keeper, None, first=day, last=day),
        "kept": saved_filters.save_filter(keeper, None, name="Late", view="list", query="state=late"),
        "sheet": add_upload(keeper, None, stored=store_upload(file)),
        "batch": batches.apply(keeper, "bulk", [Change("task.change", task.pk, None, {"priority": 3})]),
    }
