"""The demonstration: a night at RIFC's watch, bulletins and a digest, played by the cast. All of it is fictional."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.rifc.models import Report
from apps.watch.actions import bulletins, digests, handovers, log, receipts
from apps.watch.models import Bulletin, BulletinReceipt, Digest, Watch, WatchEntry
from apps.watch.queries import digests as digest_queries
from demo.people import seated
from demo.scenes import Scene

PLAN = tomllib.loads((Path(__file__).parent / "night.toml").read_text(encoding="utf-8"))
LEVELS = {"UNCLASSIFIED": 0, "RESTRICTED": 1, "CONFIDENTIAL": 2}


def load() -> int:
    """Play what is not there yet; how many bulletins there are."""
    for plan in PLAN["bulletin"]:
        if not Bulletin.objects.filter(title=plan["title"]).exists():
            _bulletin(plan)
    for username in (PLAN["night"]["officer"], PLAN["jrcc"]["officer"]):
        officer = seated(username)
        if not Watch.objects.filter(owner_id=officer.desk_id).exists():
            log.open_watch(officer, None)
            _night(officer) if username == PLAN["night"]["officer"] else _entries(officer, PLAN["jrcc"]["entry"])
    if not Digest.objects.exists():
        _digest()
    return Bulletin.objects.count()


def _bulletin(plan: dict[str, Any]) -> None:
    given = {name: value for name, value in plan.items() if name not in {"author", "second", "days", "known"}}
    given["classification"] = LEVELS[plan["classification"]]
    given["valid_to"] = timezone.now() + datetime.timedelta(days=plan["days"])
    row = bulletins.draft_bulletin(seated(plan["author"]), None, **given)
    row = bulletins.issue_bulletin(seated(plan["second"]), row)
    for username in plan["known"]:
        reader = seated(username)
        mine = BulletinReceipt.objects.visible_to(reader).get(bulletin=row, desk_id=reader.desk_id)
        receipts.acknowledge_bulletin(reader, receipts.open_bulletin(reader, mine))


def _entries(officer: Any, plans: list[dict[str, Any]]) -> None:
    now = timezone.now()
    for plan in plans:
        watch = Watch.objects.visible_to(officer).get(owner_id=officer.desk_id, state__in=sorted(Watch.RUNNING))
        given = {name: value for name, value in plan.items() if name not in {"ago", "about", "done"}}
        given["event_at"] = now - datetime.timedelta(minutes=plan["ago"])
        if plan.get("about") == "report":
            newest = (
                Report.objects.visible_to(officer).filter(state="shared").exclude(number="").order_by("-pk").first()
            )
            given["links"] = [newest.number] if newest is not None else []
        if plan.get("about") == "bulletin":
            newest = Bulletin.objects.visible_to(officer).filter(state="issued").order_by("pk").first()
            given["links"] = [newest.number] if newest is not None else []
        if "done" in plan:
            given["closes"] = (
                WatchEntry.objects.visible_to(officer).get(watch__owner_id=officer.desk_id, text=plan["done"]).pk
            )
        log.log_watch_entry(officer, watch, **given)


def _night(officer: Any) -> None:
    """A first watch, its hand-over, and the watch that goes on."""
    night = PLAN["night"]
    _entries(officer, night["entry"])
    watch = Watch.objects.visible_to(officer).get(owner_id=officer.desk_id, state="open")
    lead = seated(night["lead"])
    handovers.take_over_watch(
        lead, handovers.start_watch_handover(officer, watch, signed=True, remarks=night["remarks"]), signed=True
    )
    _entries(lead, night["after"])


def _digest() -> None:
    """The week to today for the community: a person writes a sentence, a second one issues it."""
    author, second, plan = seated(PLAN["digest"]["author"]), seated(PLAN["digest"]["second"]), PLAN["digest"]
    outbox.drain()
    row = digests.draft_digest(author, None, week_to=timezone.now().date(), to=plan["to"])
    kept = [item for item, _entry in digest_queries.list_digest_items(author, row)]
    items = [
        {"id": one.pk, "position": place, "sentence": plan["sentence"] if place == 1 else "", "kept": True}
        for place, one in enumerate(kept, start=1)
    ]
    row = digests.arrange_digest(author, row, intro=plan["intro"], items=items)
    digests.issue_digest(second, digests.submit_digest(author, row))


SCENES = [Scene("bulletins", load)]
