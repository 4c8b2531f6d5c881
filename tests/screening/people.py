"""Lists and entries that the screening tests begin with, made through the actions."""

import json
from typing import Any

from apps.access.actor import Actor
from apps.people.queries import service_actor
from apps.screening import actions
from apps.screening.models import Entry, ListImport, WatchList

KEEPER, FOREIGNER, WATCH = "jam.intelligence.officer", "brb.intelligence.officer", "jrcc.watch.officer"
MUHAMMAD = {"surname": "MOHAMMED", "given_names": "YUSUF", "birth_date": "1981-03-14", "nationality": ["TTO"]}
PERSAUD = {"surname": "PERSAUD", "given_names": "DEONARINE", "birth_date": "1979-11-02", "nationality": ["GUY"]}


def a_list(keeper: Actor, code: str = "") -> WatchList:
    code = code or f"{keeper.party_code}-WATCH"
    return actions.open_watchlist(keeper, None, code=code, name=f"Watchlist {code}", kind="national")


def an_entry(keeper: Actor, subject: dict[str, Any] = PERSAUD, **more: Any) -> Entry:
    wanted = {"reference": "R-1", "instruction": "question", "list": f"{keeper.party_code}-WATCH", **more}
    if not WatchList.objects.filter(code=wanted["list"]).exists():
        a_list(keeper, wanted["list"])
    return actions.create_watchlist_entry(keeper, None, subject=subject, **wanted)


def a_file_for(keeper: Actor, home: WatchList, lines: Any = (), **more: Any) -> ListImport:
    """A file of JSON lines, sent and compared with the list."""
    data = "".join(json.dumps(line) + "\n" for line in lines or [{"ref": "F-1", **MUHAMMAD}]).encode()
    source = actions.send_list_file(
        keeper, None, list=home.code, data=more.pop("data", data), file_name="list.jsonl", **more
    )
    automation = service_actor("JRCC.automation", request_id="test")
    return actions.read_list_file(automation, source) if source.state == ListImport.State.RECEIVED else source
