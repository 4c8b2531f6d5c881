"""May this actor? Pure functions over loaded columns."""

from typing import Any

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.verdict import ALLOW, Deny, Verdict

NOT_ABOUT_THE_PERSON = frozenset({"cleared", "entry_error", "message_error"})
"""Reasons of a dismissal that do not say that the traveller is another person."""


def may_receive(actor: Actor, row: Any) -> Verdict:
    """Send a list: a carrier's agents, and the watch for what reaches it by other ways."""
    if actor.function != "carrier" and not _on_watch(actor):
        return Deny("not-carrier")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_correct(actor: Actor, sent: Any) -> Verdict:
    """Send corrections of a list (None: of any): the desk that sent it, and the watch on its behalf."""
    verdict = may_receive(actor, sent)
    if not verdict or sent is None or _on_watch(actor) or sent.owner_id == actor.desk_id:
        return verdict
    return Deny("not-your-list")


def may_keep(actor: Actor, row: Any) -> Verdict:
    """Keep, change and drop a desk's drafts and layouts: who may send its lists."""
    return may_receive(actor, row)


def may_process(actor: Actor, row: Any) -> Verdict:
    """Read, screen and answer lists, and raise or withdraw hits: the JRCC's automatic work."""
    return ALLOW if actor.function == "automation" and actor.party_code == "JRCC" else Deny("not-screening")


def may_schedule(actor: Actor, row: Any) -> Verdict:
    """Enter or end a schedule: the carrier's own desk, and the watch for every carrier. `row`: None, or a schedule."""
    own = actor.function == "carrier" and (row is None or row.carrier_id == actor.party_code)
    if not own and not _on_watch(actor):
        return Deny("not-carrier")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


STATES_DESKS = frozenset({"border", "ministry"})
"""Desks that act for their State towards carriers: they change its deadlines and open cases."""


def _for_the_state(actor: Actor, row: Any) -> bool:
    return actor.function in STATES_DESKS and (row is None or row.party_id == actor.party_code)


def may_propose_regime(actor: Actor, row: Any) -> Verdict:
    """Propose a deadline of one's own State, or take the proposal back: officers of its border and ministry desks."""
    if not _for_the_state(actor, row):
        return Deny("not-deadline-desk")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_confirm_regime(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else of the same State who decides."""
    verdict = may_propose_regime(actor, row)
    if not verdict:
        return verdict
    if row.proposed_by_user_id == actor.user_id:
        return Deny("own-deadline")
    return ALLOW if actor.rank >= DECIDES else Deny("deadline-needs-decider")


def may_propose_retention(actor: Actor, row: Any) -> Verdict:
    """Propose how long data are kept: a State's border and ministry desks for it, the JRCC's watch for all others."""
    of_all = _on_watch(actor) and (row is None or row.party_id is None)
    if not of_all and not _for_the_state(actor, row):
        return Deny("not-retention-desk")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_confirm_retention(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else who decides, of the same State or of the watch."""
    return _second(actor, row, may_propose_retention(actor, row))


def may_propose_penalty(actor: Actor, row: Any) -> Verdict:
    """Propose what the law of one's own State provides for: officers of its border and ministry desks."""
    return may_open_case(actor, row)


def may_confirm_penalty(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else of the same State who decides."""
    return _second(actor, row, may_open_case(actor, row))


def may_propose_booking_law(actor: Actor, row: Any) -> Verdict:
    """Propose which bookings the law of one's own State lets it have: officers of its border and ministry desks."""
    if not _for_the_state(actor, row):
        return Deny("not-booking-law-desk")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_confirm_booking_law(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back: somebody else of the same State who decides."""
    return _second(actor, row, may_propose_booking_law(actor, row))


def _second(actor: Actor, row: Any, verdict: Verdict) -> Verdict:
    if not verdict:
        return verdict
    if row.proposed_by_user_id == actor.user_id:
        return Deny("own-change")
    return ALLOW if actor.rank >= DECIDES else Deny("change-needs-decider")


def may_hold(actor: Actor, row: Any) -> Verdict:
    """Hold data against retention, or hold them longer: the watch, and border officers; each its own desk's holds."""
    if (actor.function != "border" and not _on_watch(actor)) or (row is not None and row.owner_id != actor.desk_id):
        return Deny("not-hold-desk")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_release_hold(actor: Actor, row: Any) -> Verdict:
    """Release a hold: somebody else of its desk who decides."""
    verdict = may_hold(actor, row)
    if not verdict:
        return verdict
    if row.placed_by_user_id == actor.user_id:
        return Deny("own-hold")
    return ALLOW if actor.rank >= DECIDES else Deny("hold-needs-decider")


def may_settle_carrier(actor: Actor, row: Any) -> Verdict:
    """Say who a carrier is that only a list has named: the watch."""
    return _watch(actor)


def may_merge_carrier(actor: Actor, row: Any) -> Verdict:
    """Say that two designators are one carrier, which moves journeys: who decides at the watch."""
    verdict = _watch(actor)
    return verdict if not verdict or actor.rank >= DECIDES else Deny("needs-supervisor")


def may_part_carrier(actor: Actor, row: Any) -> Verdict:
    """Take a joining back while its days last: who decides at the watch."""
    verdict = may_merge_carrier(actor, row)
    return Deny("joined-for-good") if verdict and row.joined_for_good else verdict


def may_open_case(actor: Actor, row: Any) -> Verdict:
    """Open a case against a carrier, or carry it on: officers of the State's border and ministry desks."""
    if not _for_the_state(actor, row):
        return Deny("not-case-desk")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_decide_case(actor: Actor, row: Any) -> Verdict:
    """Confirm or give back a decision: somebody else of the same State who decides."""
    verdict = may_open_case(actor, row)
    if not verdict:
        return verdict
    if row.decided_by_user_id == actor.user_id:
        return Deny("own-case-decision")
    return ALLOW if actor.rank >= DECIDES else Deny("case-needs-decider")


def may_answer_case(actor: Actor, row: Any) -> Verdict:
    """Explain or appeal: the carrier's own desk."""
    if actor.function != "carrier" or row.carrier_id != actor.party_code:
        return Deny("not-carrier")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_chase(actor: Actor, row: Any) -> Verdict:
    """Chase a list that has not come: the watch."""
    return _watch(actor)


def may_operate(actor: Actor, row: Any) -> Verdict:
    """Have failed work of the intake done again: the watch."""
    return _watch(actor)


def may_amend(actor: Actor, row: Any) -> Verdict:
    """Correct a fact held on a traveller: officers of the watch, and of border desks on the journeys they see."""
    return may_identify(actor, None)


def may_claim(actor: Actor, hit: Any) -> Verdict:
    """Take a hit to work on it: the watch."""
    return _watch(actor)


def may_decide(actor: Actor, hit: Any) -> Verdict:
    """Release, dismiss or refer: the watch, a claimed hit only by who claimed it, or by the supervisor."""
    verdict = _watch(actor)
    if not verdict or hit.claimed_by_seat_id in {None, actor.seat_id} or actor.rank >= DECIDES:
        return verdict
    return Deny("not-your-claim")


def may_refer_further(actor: Actor, hit: Any) -> Verdict:
    """Refer a hit that a State has already to one more: the watch."""
    return _watch(actor)


def may_agree(actor: Actor, hit: Any) -> Verdict:
    """Look a second time at a dismissal: an officer of the watch who did not make it."""
    verdict = _watch(actor)
    if not verdict:
        return verdict
    if hit.second_look != "due":
        return Deny("no-second-look")
    return Deny("own-dismissal") if hit.dismissed_by_user_id == actor.user_id else ALLOW


def may_acknowledge_too(actor: Actor, hit: Any) -> Verdict:
    """Acknowledge where another State has done so: border officers of a further State that has the hit."""
    verdict = may_act(actor, hit)
    if verdict and actor.party_code in hit.acknowledged_by:
        return Deny("acknowledged-already")
    return verdict


def may_read_numbers(actor: Actor) -> Verdict:
    """Read how long the floor takes: who decides at the JRCC's watch, and at a State's border desk of its own hits."""
    if actor.function != "border" and not _on_watch(actor):
        return Deny("not-watch")
    return ALLOW if actor.rank >= DECIDES else Deny("needs-supervisor")


def may_reopen(actor: Actor, hit: Any) -> Verdict:
    """Open a hit again: the watch."""
    return _watch(actor)


def may_act(actor: Actor, hit: Any) -> Verdict:
    """Acknowledge and report the outcome: border officers of the State that the hit was referred to."""
    if actor.function != "border" or actor.party_code not in hit.referred_to:
        return Deny("not-acting-state")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_clear(actor: Actor, hit: Any) -> Verdict:
    """Say for later journeys that the traveller is not the entry: the watch, or a State that dealt with the hit.

    Only of somebody who was found to be another person.
    """
    if not _on_watch(actor) and (
        actor.function not in {"border", "intelligence"}
        or actor.party_code not in {*hit.parties, *hit.referred_to, hit.list_party_id}
    ):
        return Deny("not-clearing")
    if actor.rank < WORKS:
        return Deny("needs-officer")
    another = hit.outcome == "not_the_person" if hit.state == "closed" else hit.reason not in NOT_ABOUT_THE_PERSON
    return ALLOW if another else Deny("not-another-person")


def may_identify(actor: Actor, row: Any) -> Verdict:
    """Say which travellers are one person: officers of the watch and of border desks, each for his own desk."""
    if actor.function != "border" and not _on_watch(actor):
        return Deny("not-floor")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_change_person(actor: Actor, person: Any) -> Verdict:
    """Join, take apart or take back: the desk that keeps the person."""
    verdict = may_identify(actor, person)
    return verdict if not verdict or person.owner_id == actor.desk_id else Deny("not-your-person")


def may_be_asked(actor: Actor, hit: Any) -> list[str]:
    """Parties whom the actor may ask about a hit: the owner of the entry asks who acts, and who acts the owner."""
    if actor.function in ASKING and actor.party_code == hit.list_party_id:
        return [state for state in hit.referred_to if state != actor.party_code]
    acts = actor.function == "border" and actor.party_code in hit.referred_to
    return [hit.list_party_id] if acts else []


def may_ask(actor: Actor, row: Any) -> Verdict:
    """Ask in the case of a hit: officers of desks that own entries or act on hits; of whom is `may_be_asked`."""
    if actor.function not in ASKING:
        return Deny("not-asking")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def may_answer_question(actor: Actor, question: Any) -> Verdict:
    """Answer: officers of the party that is asked."""
    verdict = may_ask(actor, question)
    return verdict if not verdict or actor.party_code == question.of_id else Deny("not-asked-party")


def may_withdraw_question(actor: Actor, question: Any) -> Verdict:
    """Take a question back: officers of the desk that asked."""
    verdict = may_ask(actor, question)
    return verdict if not verdict or actor.desk_id == question.owner_id else Deny("not-your-question")


ASKING = frozenset({"border", "intelligence", "analysis"})
"""Desks that own entries or act on hits."""


def may_look_up(actor: Actor, row: Any) -> Verdict:
    """Search for people: officers of the watch and of border desks."""
    return may_identify(actor, None)


def may_review_lookup(actor: Actor, lookup: Any) -> Verdict:
    """Review a search: somebody else who decides at the desk of who made it."""
    verdict = may_identify(actor, None)
    if not verdict:
        return verdict
    if lookup.owner_id != actor.desk_id or actor.rank < DECIDES:
        return Deny("lookup-needs-decider")
    return Deny("own-lookup") if lookup.user_id == actor.user_id else ALLOW


def may_explain_lookup(actor: Actor, lookup: Any) -> Verdict:
    """Explain a search: who made it."""
    return ALLOW if lookup.user_id == actor.user_id and lookup.owner_id == actor.desk_id else Deny("not-your-lookup")


def _watch(actor: Actor) -> Verdict:
    if not _on_watch(actor):
        return Deny("not-watch")
    return ALLOW if actor.rank >= WORKS else Deny("needs-officer")


def only_owner_may_know(instruction: str, hit_visible_to: str) -> bool:
    """Whether nobody but the list's owner (and the JRCC) may be told of a hit: its entry says so, or it is discreet."""
    return hit_visible_to == "owner" or instruction == "discreet"


def _on_watch(actor: Actor) -> bool:
    """The JRCC's own watch: other bodies have one that does other work."""
    return actor.function == "watch" and actor.party_code == "JRCC"
