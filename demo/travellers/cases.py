"""What the cast does beside its hits: somebody who travels again, searches for people, and a question in a case."""

from apps.access import outbox
from apps.journeys.models import Traveller
from apps.jrcc.actions import questions
from apps.jrcc.models import Hit, HitQuestion
from apps.travellers.actions import lookups
from apps.travellers.actions import persons as persons_actions
from apps.travellers.models import Lookup
from apps.travellers.queries import persons
from demo.people import seated

OFFICER, SUPERVISOR = "jrcc.watch.officer", "jrcc.watch.supervisor"
OWNER, ASKED = "jam.intelligence.officer", "JAM-W-0901"


def load(again: str) -> None:
    """Once: join who is on the flight of this number with their first journey, search, review, ask and answer."""
    watch = seated(OFFICER)
    if Lookup.objects.visible_to(watch).exists():
        return
    _join(again)
    _search()
    _ask()
    outbox.drain()


def _join(again: str) -> None:
    """The first traveller of the later flight, with their earlier journey; their companion is left to the engine."""
    watch = seated(OFFICER)
    rows = Traveller.objects.visible_to(watch).filter(journey__number=again, status="passenger").order_by("seq")
    one = rows.first()
    if one is None:
        return
    found = persons.likely(watch, persons.appearances(watch, None, one.pk))
    if found:
        pair = [str(one.pk), str(found[0].it.pk)]
        persons_actions.join_travellers(
            watch, None, travellers=pair, known_by="document", note="Same passport on both flights"
        )


def _search() -> None:
    """One search in order, one that has to be explained, one that waits for review."""
    watch, supervisor = seated(OFFICER), seated(SUPERVISOR)
    first = lookups.search_people(watch, None, surname="BAPTISTE", given_names="JOSEPH", purpose="counter")
    lookups.review_lookup(supervisor, first, outcome="in_order")
    second = lookups.search_people(watch, None, document="A0000000", purpose="request", case="RFI-JAM-2026-00007")
    lookups.review_lookup(supervisor, second, outcome="questioned", said="Which office asked?")
    lookups.search_people(watch, None, surname="CHARLES", birth_date="1981", purpose="missing", case="MP 14/2026")


def _ask() -> None:
    """Jamaica asks the State that has the hit on its entry, and is answered."""
    owner = seated(OWNER)
    hit = Hit.objects.visible_to(owner).filter(entry__reference=ASKED).exclude(referred_to=[]).first()
    if hit is None or HitQuestion.objects.visible_to(owner).exists():
        return
    state = next((code for code in hit.referred_to if code != owner.party_code), None)
    if state is None:
        return
    row = questions.ask_hit_question(owner, None, hit=hit.pk, of=state, text="Does he travel with anybody?")
    questions.answer_hit_question(seated(f"{state.lower()}.border.officer"), row, answer="Alone, with one bag.")
