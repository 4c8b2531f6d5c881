"""Lists and entries that the screening tests begin with, made through the actions."""

from typing import Any

from apps.access.actor import Actor
from apps.screening import actions
from apps.screening.models import Entry, WatchList

KEEPER, FOREIGNER, WATCH = "jam.intelligence.officer", "brb.intelligence.officer", "jrcc.watch.officer"
MUHAMMAD = {"surname": "MOHAMMED", "given_names": "YUSUF", "birth_date": "1981-03-14", "nationality": ["TTO"]}
PERSAUD = {"surname": "PERSAUD", "given_names": "DEONARINE", "birth_date": "1979-11-02", "nationality": ["GUY"]}


def a_list(keeper: Actor, code: str = "") -> WatchList:
    code = code or f"{keeper.party_code}-WATCH"
    return actions.open_list(keeper, None, code=code, name=f"Watchlist {code}", kind="national")


def an_entry(keeper: Actor, subject: dict[str, Any] = PERSAUD, **more: Any) -> Entry:
    wanted = {"reference": "R-1", "instruction": "question", "list": f"{keeper.party_code}-WATCH", **more}
    if not WatchList.objects.filter(code=wanted["list"]).exists():
        a_list(keeper, wanted["list"])
    return actions.create(keeper, None, subject=subject, **wanted)
