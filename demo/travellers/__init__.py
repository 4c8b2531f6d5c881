"""A day at the JRCC for the demonstration: lists sent by fictional carriers, and what the cast does with the hits."""

import datetime
import json
import random
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from apps.access import outbox
from apps.carriers.loaders import laws
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.manifests.actions import intake
from apps.manifests.models import Submission
from apps.manifests.rules.routing import place
from apps.screening.actions import rules
from apps.screening.models import Rule
from demo.carriers import laws as demo_laws
from demo.carriers import schedules
from demo.manifests import CREW, Heading, Hop, Person, message
from demo.people import seated
from demo.scenes import Scene
from demo.screening import MEETS
from demo.screening import PLAN as LISTS
from demo.travellers import cases

PLAN = tomllib.loads((Path(__file__).parent / "day.toml").read_text(encoding="utf-8"))
AIR, SEA = "7T", "8Z"
SENDERS = {AIR: "7t.carrier.agent", SEA: "8z.carrier.agent"}
OFFICER, SUPERVISOR = "jrcc.watch.officer", "jrcc.watch.supervisor"
NATIONALITIES = ("JAM", "TTO", "GUY", "BRB", "LCA", "VCT", "GRD", "ATG", "DMA", "SUR", "USA", "GBR", "CAN")
FIVE_MINUTES = 300
LETTER = "Good morning, the list of flight 118 follows as soon as our system is back. Kind regards, Operations"


def load() -> int:
    """Send the day's lists that are not there yet and let the cast work on the hits; the number of lists sent.

    Works off the outbox in this process. A second run sends nothing.
    """
    laws.load_carriers()
    there = set(Submission.objects.filter(file_name__startswith="demo-").values_list("file_name", flat=True))
    sent = 0
    for name, sender, data in _messages(_now()):
        if name not in there:
            intake.receive(seated(sender), data, channel="upload", content_type="application/edifact", file_name=name)
            # one after the other, as the day went: a correction is read after what it corrects
            outbox.drain()
            sent += 1
    for work in PLAN["work"]:
        _carry_out(work)
    outbox.drain()
    cases.load(PLAN["return"]["number"])
    _write_rules()
    schedules.load(_now())
    demo_laws.load()
    return sent


def _write_rules() -> None:
    """Targeting rules that are not there yet: written, tried on the day's lists, and as far on as the plan says."""
    for one in PLAN["rule"]:
        if Rule.objects.filter(name=one["name"]).exists():
            continue
        writer = seated(one["writer"])
        row = rules.draft_screening_rule(
            writer,
            None,
            **{name: one[name] for name in ("name", "why", "legal_basis", "instruction")},
            condition=json.loads(one["condition"]),
            valid_until=timezone.now().date() + datetime.timedelta(days=90),
        )
        rules.try_screening_rule(writer, row)
        outbox.drain()
        if "decider" in one:
            rules.activate_screening_rule(seated(one["decider"]), rules.propose_screening_rule(writer, row))
            outbox.drain()


def _now() -> datetime.datetime:
    """The full five minutes, UTC: timetables know no others."""
    stamp = timezone.now().timestamp()
    return datetime.datetime.fromtimestamp(stamp - stamp % FIVE_MINUTES, tz=datetime.UTC)


# --- lists ---------------------------------------------------------------------------------------------------------

Sent = tuple[str, str, bytes]
"""(file name, user name of the sender, bytes)."""


def _messages(now: datetime.datetime) -> Iterator[Sent]:
    """The day's messages in the order in which they arrive."""
    chance = random.Random(PLAN["seed"])  # noqa: S311  (made-up people, not secrets)
    sent = now.replace(tzinfo=None)
    for number, flight in enumerate([*PLAN["flight"], *PLAN["ship"]]):
        carrier = SEA if "vessel" in flight else AIR
        people = list(_people(flight, chance))
        heading = {
            "flight": flight["number"] if carrier == SEA else carrier + flight["number"],
            "hops": _hops(flight, now),
            "sent": sent,
            "carrier": carrier,
            "ship": tuple(flight["vessel"]) if carrier == SEA else None,
        }
        if flight["number"] == PLAN["return"]["of"]:
            again = [people[n] for n in PLAN["return"]["people"]]
        for part, (more, listed) in enumerate(_lists(flight, people, chance)):
            name = f"demo-{carrier}{flight['number']}-{part}.edi"
            text = message(Heading(**{**heading, "interchange": f"D{number:03}{part:02}", **more}), listed)
            yield name, SENDERS[carrier], text
    back = PLAN["return"]
    homeward = Heading(AIR + back["number"], _hops(back, now), sent, interchange="D90000")
    yield f"demo-{AIR}{back['number']}-0.edi", SENDERS[AIR], message(homeward, again)
    yield "demo-letter.txt", SENDERS[AIR], LETTER.encode()
    trial = Heading(f"{AIR}999", _hops(PLAN["flight"][0], now), sent, "D99999", is_test=True)
    yield "demo-trial.edi", SENDERS[AIR], message(trial, [_person(chance, 1)])


def _hops(flight: dict[str, Any], now: datetime.datetime) -> list[Hop]:
    """Legs with the local times of their places."""
    hops, leaves = [], now + datetime.timedelta(minutes=flight["leaves"])
    for origin, destination, minutes in zip(flight["route"], flight["route"][1:], flight["minutes"], strict=False):
        lands = leaves + datetime.timedelta(minutes=minutes)
        hops.append(Hop(origin, destination, _local(leaves, origin), _local(lands, destination)))
        leaves = lands + datetime.timedelta(minutes=PLAN["ground"])
    return hops


def _local(moment: datetime.datetime, code: str) -> datetime.datetime:
    return moment.astimezone(ZoneInfo(place(code).zone)).replace(tzinfo=None)


def _lists(
    flight: dict[str, Any], people: list[Person], chance: random.Random
) -> Iterator[tuple[dict[str, Any], list[Person]]]:
    """(heading, people) of each message about a flight: the list, what follows it, and the crew."""
    then, total = flight.get("then", ""), len(people)
    if then == "part missing":
        yield {"part": "01:C", "total": total}, people[: total // 2]
    elif then in {"needs correction", "corrected"}:
        yield {}, [_faulty(person) if number % 9 == 4 else person for number, person in enumerate(people)]
    else:
        yield {}, people
    if then == "corrected":
        yield {}, people
    crew = [_person(chance, 900 + number, status=CREW) for number in range(5)]
    yield {"list_type": "250", "function": "C"}, crew
    if then == "cancelled":
        yield {"list_type": "266", "function": "XF"}, []
    if then == "closed":
        yield {"list_type": "266", "function": "CL"}, []


def _people(flight: dict[str, Any], chance: random.Random) -> Iterator[Person]:
    """Passengers, those whom a list entry means among them; on more than one leg some go all the way, some not."""
    met = [one["traveller"] for one in MEETS if one["reference"] in flight.get("meets", [])]
    for number in range(flight["people"]):
        boards, lands = _stretch(flight["route"], number)
        if number % 11 == 7 and met:
            yield _as_sent(met.pop(), number, boards=flight["route"][0], lands=flight["route"][-1])
        else:
            yield _person(chance, number, boards=boards, lands=lands)


def _stretch(route: list[str], number: int) -> tuple[str, str]:
    """Where the passenger boards and lands."""
    middle = route[1]
    stretches = [(route[0], route[-1]), (route[0], middle), (middle, route[-1])]
    return stretches[number % 3] if len(route) > 2 else stretches[0]


def _person(chance: random.Random, number: int, **more: str) -> Person:
    """A made-up traveller."""
    community = chance.choice(list(LISTS["community"].values()))
    sex = chance.choice("MF")
    given = chance.choice(community["men" if sex == "M" else "women"])
    return Person(
        chance.choice(community["surnames"]),
        given,
        sex,
        f"{chance.randint(50, 99):02}{chance.randint(1, 12):02}{chance.randint(1, 28):02}",
        chance.choice(NATIONALITIES),
        f"{chance.choice('BDFGJLNPS')}{chance.randint(1_000_000, 9_999_999)}",
        f"{chance.randint(28, 35)}{chance.randint(1, 12):02}15",
        seat=f"{number // 6 + 1}{'ABCDEF'[number % 6]}" if number < 300 else "",
        pnr="".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)),
        **more,
    )


def _as_sent(traveller: dict[str, Any], number: int, **more: str) -> Person:
    """Somebody on a list, the way the carrier writes them."""
    (document,) = traveller["documents"]
    return Person(
        traveller["surname"],
        traveller["given_names"],
        traveller["sex"],
        traveller["birth_date"][2:].replace("-", ""),
        traveller["nationality"][0],
        document["number"],
        seat=f"{number // 6 + 1}{'ABCDEF'[number % 6]}",
        pnr=f"M{number:05}",
        **more,
    )


def _faulty(person: Person) -> Person:
    """Without what the carrier forgot to ask."""
    return Person(person.surname, person.given, person.sex, "", person.nationality, pnr=person.pnr)


# --- work on hits --------------------------------------------------------------------------------------------------


def _carry_out(work: dict[str, Any]) -> None:
    """What the cast does with the hit of an entry, if nobody has touched it yet."""
    hit = _untouched(work["reference"])
    if hit is None:
        return
    watch = seated(OFFICER)
    for verb in work["verbs"]:
        if verb == "refer":
            hits.refer_hit(watch, hit, to=work.get("to"), note=work.get("note", ""))
        elif verb == "dismiss":
            hits.dismiss_hit(watch, hit, reason=work["reason"])
        elif verb == "claim":
            hits.claim_hit(watch, hit)
        else:
            _act(hit, verb, work)


def _act(hit: Hit, verb: str, work: dict[str, Any]) -> None:
    """What the State does that the hit was referred to."""
    state = Hit.objects.values_list("referred_to", flat=True).get(pk=hit.pk)[0]
    officer = seated(f"{state.lower()}.border.officer")
    if verb == "acknowledge":
        hits.acknowledge_hit(officer, hit)
    else:
        hits.record_hit_outcome(officer, hit, outcome=work["outcome"], note=work["report"])


def _untouched(entry: str) -> Hit | None:
    rows: Iterable[Hit] = Hit.objects.filter(entry__reference=entry, state=Hit.State.RAISED, claimed_by_seat_id=None)
    return next(iter(rows), None)


SCENES = [Scene("lists sent", load)]
