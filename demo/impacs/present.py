"""This year's State actions: a few follow a plan, so that everything can be seen; the others report or are silent."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from apps.impacs.models import StateAction
from demo.impacs.acting import Players, progress_in_words

PLAN = tomllib.loads((Path(__file__).parent / "work.toml").read_text(encoding="utf-8"))
SILENT = 5
"""Every fifth State has not reported on a clause of this year yet."""


def load(players: Players) -> None:
    """Play the plan, then the reports of the others; always the same ones."""
    rows = StateAction.objects.filter(decision__adopted_on__year__gte=2020).select_related("decision", "clause")
    ordered = list(rows.order_by("decision__number", "clause__position", "party__roll_call_order"))
    by_place = {(row.decision.subject, row.clause.number, row.party_id): row for row in ordered}
    planned = set()
    for plan in PLAN["action"]:
        for party in plan["parties"]:
            row = by_place[plan["subject"], plan["clause"], party]
            planned.add(row.pk)
            for act in plan["acts"]:
                _play(players, row, act)
    for place, row in enumerate(ordered):
        if row.pk not in planned and place % SILENT:
            elapsed = 40 + (place * 17) % 55
            day = players.council.today - datetime.timedelta(days=3 + place % 9)
            progress = min(95, elapsed)
            players.play(row, day, "report", {"text": progress_in_words(progress), "progress": progress})


def _play(players: Players, row: StateAction, act: dict[str, Any]) -> None:
    """One act of the plan: its days count from today, those of a due date from that date."""
    day = players.council.today + datetime.timedelta(days=act["day"])
    words = {name: value for name, value in act.items() if name not in {"do", "day", "later"}}
    if "later" in act:
        due = row.due_on or day
        words["until"] = due + datetime.timedelta(days=act["later"])
    players.play(row, day, act["do"], {"day": day, **words})
