"""The work plan of this year in the demonstration: about twenty-five tasks in all states, played by their people.

Topics and sums are invented. The plan stands in tasks.json; days count from the day of loading.
"""

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.audit.spreadsheets import Sheet, workbook, xlsx_bytes
from apps.council.models import Clause
from apps.files.rules.intake import store_upload
from apps.impacs.actions import mandates, money
from apps.impacs.models import Mandate, Task, TaskTemplate
from apps.impacs.plan.actions import links, parts, progress, tasks, templates
from apps.people.models import Seat
from demo import council
from demo.council.players import SEATED
from demo.people import seated

PLAN = json.loads((Path(__file__).parent / "tasks.json").read_text(encoding="utf-8"))
PEOPLE = {
    "manager": "impacs.secretariat.manager",
    "officer": "impacs.secretariat.officer",
    "watch": "jrcc.watch.officer",
    "supervisor": "jrcc.watch.supervisor",
    "analyst": "rifc.analysis.analyst",
    "release": "rifc.analysis.release",
}


TOLD = 7
"""Days back to which people of today are told; what is older brings no notices."""


def load() -> int:
    """Play the plan unless it is there; how many tasks there are."""
    if not Task.objects.exists():
        _Player().play()
    return Task.objects.count()


def _tell_nobody() -> None:
    waiting = Dispatch.objects.filter(done_at=None, listener__startswith="apps.impacs.plan.listeners.notices.tell_")
    waiting.update(done_at=timezone.now())


def _a_sheet(title: str) -> Any:
    """A small spreadsheet as the result of a task."""
    rows = [["Line", "Remark"], ["1", title], ["2", "Fictional, for the demonstration."]]
    data = xlsx_bytes(workbook(Sheet("Result", rows)))
    return store_upload(SimpleUploadedFile(f"{title}.xlsx".replace(",", ""), data))


class _Player:
    """Plays the plan: who does what, on which day."""

    def __init__(self) -> None:
        self.council = council.Council()
        # they worked here before today as well, like the ministries of the Council's demonstration
        Seat.objects.filter(desk__function_id__in=["watch", "analysis"]).update(valid_from=SEATED)
        self.actors = {name: seated(username) for name, username in PEOPLE.items()}
        self.keys = {name: str(Seat.objects.get(pk=actor.seat_id).uid) for name, actor in self.actors.items()}
        self.made: dict[str, Task] = {}
        self.lines: dict[str, Any] = {}

    def play(self) -> None:
        """Money, mandates, tasks, and what became of them."""
        self._money()
        mandates_by = self._mandates()
        for plan in PLAN["tasks"]:
            self._make(plan, mandates_by)
        for plan in PLAN["tasks"]:
            self._link(plan)
        for plan in PLAN["tasks"]:
            self._live(plan)
        outbox.drain()
        self._amounts()
        for one in PLAN["templates"]:
            if not TaskTemplate.objects.filter(name=one["name"]).exists():
                templates.save_task_template(
                    self.actors["manager"],
                    None,
                    task=str(self.made[one["task"]].pk),
                    name=one["name"],
                    summary=one["summary"],
                )

    def day(self, count: int) -> datetime.date:
        """So many days from the day of loading."""
        return self.council.today + datetime.timedelta(days=count)

    def at(self, count: int) -> Any:
        """The clock on that day."""
        return council.on(self.council.at(count))

    def _money(self) -> None:
        manager, year = self.actors["manager"], self.council.today.year
        for one in PLAN["programmes"]:
            money.create_programme(manager, None, **one, valid_from=datetime.date(year - 1, 1, 1))
        for one in PLAN["funds"]:
            given = {name: value for name, value in one.items() if name not in {"from", "to"}}
            ends = self.day(one["to"]) if "to" in one else None
            money.create_fund(manager, None, **given, valid_from=self.day(one["from"]), valid_to=ends)
        for one in PLAN["lines"]:
            given = {name: one[name] for name in ("programme", "fund", "title")}
            self.lines[one["key"]] = money.create_budget_line(
                manager, None, year=year, approved=Decimal(one["approved"]), **given
            )

    def _mandates(self) -> dict[str, Mandate]:
        """This year's mandates by a word of their clause; each with its officer, under way."""
        found = {}
        for one in PLAN["mandates"]:
            rows = Mandate.objects.filter(decision__adopted_on__year__gte=2020, title__contains=one["clause"])
            row = rows.select_related("decision", "clause").order_by("pk").first()
            if row is not None and row.state == Mandate.State.OPEN:
                found[one["key"]] = mandates.assign_mandate(self.actors["manager"], row, lead=self.keys[one["lead"]])
        return found

    def _make(self, plan: dict[str, Any], mandates_by: dict[str, Mandate]) -> None:
        mandate = mandates_by.get(plan.get("mandate", ""))
        parent = self.made.get(plan.get("under", ""))
        begins = mandate.decision.in_force_on if mandate is not None else None
        starts = max(self.day(plan["start"]), begins) if begins else self.day(plan["start"])
        given = {
            "title": plan["title"],
            "description": plan.get("text", ""),
            "kind": plan.get("kind", "task"),
            "mandate": str(mandate.pk) if mandate is not None else "",
            "parent": str(parent.pk) if parent is not None else "",
            "programme": plan.get("programme", ""),
            "year": self.council.today.year,
            "owner": plan.get("owner", ""),
            "reviewer": self.keys[plan["reviewer"]] if "reviewer" in plan else "",
            "starts_on": starts,
            "due_on": max(self.day(plan["due"]), starts),
            "estimate_days": Decimal(plan["days"]) if "days" in plan else None,
            "priority": plan.get("priority", 2),
            "repeats": plan.get("repeats", ""),
            "cost": Decimal(plan["cost"]) if "cost" in plan else None,
            "currency": "USD" if "cost" in plan else "",
            "budget_line": str(self.lines[plan["line"]].pk) if "line" in plan else "",
        }
        actor = self.actors[plan.get("by", "manager")]
        with self.at(min(plan["start"], 0) - 5):
            task = tasks.create_task(actor, None, **given)
            for person in plan.get("people", []):
                task = tasks.assign_task(actor, task, person=self.keys[person])
            for kind, text in plan.get("checklist", []):
                task = parts.add_task_item(actor, task, text=text, kind=kind)
        self.made[plan["key"]] = task

    def _link(self, plan: dict[str, Any]) -> None:
        actor = self.actors[plan.get("by", "manager")]
        for key in plan.get("after", []):
            links.add_task_dependency(actor, self._fresh(plan["key"]), before=str(self.made[key].pk))
        actor = self.actors["manager"]
        if "answers" in plan:
            asked = plan["answers"]
            clause = Clause.objects.filter(decision__state="in_force", text__contains=asked["clause"]).first()
            if clause is not None:
                links.add_task_dependency(
                    actor,
                    self._fresh(plan["key"]),
                    clause=str(clause.pk),
                    missing_allowed=asked["missing"],
                    or_on=self.day(asked["or_on"]),
                )
        if "before_clause" in plan:
            clause = Clause.objects.filter(decision__state="in_force", text__contains=plan["before_clause"]).first()
            if clause is not None:
                links.add_task_successor(actor, self._fresh(plan["key"]), clause=str(clause.pk))

    def _fresh(self, key: str) -> Task:
        found: Task = Task.objects.get(pk=self.made[key].pk)
        return found

    def _live(self, plan: dict[str, Any]) -> None:
        """Each step of a task's life: [verb, day, more]."""
        for verb, day, more in plan.get("life", []):
            with self.at(day):
                self._step(plan, verb, dict(more))
                if day < -TOLD:
                    _tell_nobody()
                outbox.drain()

    def _step(self, plan: dict[str, Any], verb: str, more: dict[str, Any]) -> None:
        actor = self.actors[more.pop("by", plan.get("by", "manager"))]
        task = self._fresh(plan["key"])
        if verb == "deliver":
            parts.add_task_deliverable(actor, task, title=more["title"], file=_a_sheet(more["title"]))
        elif verb == "tick_all":
            for item in parts.ChecklistItem.objects.filter(task=task, done_on=None):
                parts.tick_task_item(actor, self._fresh(plan["key"]), item=item.pk)
        else:
            acts = {
                "plan": tasks.plan_task,
                "start": progress.start_task,
                "wait": progress.set_task_waiting,
                "block": progress.block_task,
                "submit": progress.submit_task,
                "close": progress.close_task,
                "return": progress.return_task,
                "cancel": progress.cancel_task,
                "comment": parts.comment_on_task,
                "log": parts.log_task_effort,
                "watch": parts.watch_task,
            }
            for name in ("asked_on", "since", "day"):
                if name in more:
                    more[name] = self.day(more[name])
            if "hours" in more:
                more["hours"] = Decimal(more["hours"])
            acts[verb](actor, task, **more)

    def _amounts(self) -> None:
        for one in PLAN["amounts"]:
            line = type(self.lines[one["line"]]).objects.select_related("fund").get(pk=self.lines[one["line"]].pk)
            act = money.spend_budget if one["paid"] else money.commit_budget
            act(
                self.actors["officer"],
                line,
                amount=Decimal(one["amount"]),
                currency=one.get("currency", ""),
                on=self.day(one["day"]),
                category=one["category"],
                text=one["text"],
                task=str(self.made[one["task"]].pk),
            )
