"""Records for tests, made as users make them: through the actions and the outbox."""

from dataclasses import dataclass
from typing import Any

from apps.access import outbox
from apps.jrcc.actions import hits as jrcc
from apps.jrcc.models import Hit
from apps.manifests.actions import intake
from apps.manifests.models import Submission
from apps.screening import actions as screening
from apps.screening.models import Entry, WatchList
from bench.messages import a_list

WANTED = {
    "surname": "Vantongeren", "given_names": "Casimir Aurel", "birth_date": "1971-04-09", "sex": "M",
    "nationality": ["JAM"], "documents": [{"type": "P", "number": "Q7041662", "issuer": "JAM"}],
}  # fmt: skip


def a_watchlist(cast: Any, code: str = "JAM-WATCH", keeper: str = "jam.intelligence.officer") -> WatchList:
    """A national list."""
    return screening.open_watchlist(cast[keeper], None, code=code, name="National list", kind="national")


def an_entry(
    cast: Any, watchlist: WatchList, keeper: str = "jam.intelligence.officer", subject: Any = None, **more: Any
) -> Entry:
    """A line of the list, by default Casimir Aurel Vantongeren, to be questioned; everybody may screen with it."""
    fields = {"reference": "J-1", "instruction": "question", "reason": "Wanted for questioning"} | more
    return screening.create_watchlist_entry(
        cast[keeper], None, list=watchlist.code, subject=subject or WANTED, **fields
    )


def a_message(number: int = 1, *, wanted: bool = True, **more: Any) -> str:
    """A clean passenger list; with the wanted man as its last passenger."""
    text = a_list(number, **more)
    if not wanted:
        return text
    people = more.get("people", 3)
    man = (
        "NAD+FL+++VANTONGEREN:CASIMIR AUREL'ATT+2++M'DTM+329:710409'NAT+2+JAM'RFF+AVF:KWANTED'"
        "DOC+P:110:111+Q7041662'DTM+36:310514'LOC+91+JAM'"
    )
    before, after = text.split(f"CNT+42:{people}'UNT+")
    count, rest = after.split("+", 1)
    return f"{before}{man}CNT+42:{people + 1}'UNT+{int(count) + man.count(chr(39))}+{rest}"


def a_submission(cast: Any, text: str | None = None, sender: str = "7t.carrier.agent") -> Submission:
    """A carrier's list, received, read, screened and answered."""
    data = (text or a_message()).encode()
    sent = intake.receive(cast[sender], data, channel="api", content_type="application/edifact")
    outbox.drain()
    return Submission.objects.visible_to(cast[sender]).get(pk=sent.pk)


def a_hit(cast: Any) -> Hit:
    """The wanted man on a flight from Kingston to Bridgetown, as the JRCC's watch sees them."""
    an_entry(cast, a_watchlist(cast))
    a_submission(cast)
    return Hit.objects.visible_to(cast["jrcc.watch.officer"]).get()


@dataclass
class World:
    """One of each, with the hit referred to Barbados."""

    watchlist: WatchList
    entry: Entry
    submission: Submission
    hit: Hit


def a_world(cast: Any) -> World:
    """A list of Jamaica's, an entry, a carrier's list with its subject, a hit referred to Barbados."""
    watchlist = a_watchlist(cast)
    entry = an_entry(cast, watchlist)
    submission = a_submission(cast)
    hit = Hit.objects.visible_to(cast["jrcc.watch.officer"]).get()
    hit = jrcc.refer_hit(cast["jrcc.watch.officer"], hit, to=["BRB"], note="Compare the photo page.")
    return World(watchlist, entry, submission, hit)
