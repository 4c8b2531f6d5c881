"""What follows by itself: reading, screening and answering lists, and screening when an entry changes."""

from collections.abc import Collection
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access import outbox
from apps.access.clock import desk_by_desk, done
from apps.access.models import Dispatch
from apps.access.retention import round_done
from apps.gateway import actions as gateway
from apps.gateway import queries as asked
from apps.jrcc import actions, collecting, expecting, forgetting, interpol, queries, reference, service, timetable
from apps.jrcc.actions import drafts, targeting
from apps.jrcc.actions.overdue import escalate, hand_over, wind
from apps.jrcc.actions.questions import side
from apps.jrcc.actions.raising import Found
from apps.jrcc.actions.trials import try_on_the_past
from apps.jrcc.grades import grade_of
from apps.jrcc.models import ExpectedJourney, Hit, HitQuestion, Lookup, Schedule, Submission
from apps.jrcc.reasons import of_ended
from apps.notices.actions import tell
from apps.people.queries import service_actor
from apps.screening.actions.rules import count as keep_trial
from apps.screening.models import Entry, Rule
from apps.screening.queries import in_force, rules


def _actor(dispatch: Dispatch) -> Any:
    return service_actor("JRCC.automation", request_id=dispatch.request_id)


def _submission(dispatch: Dispatch) -> tuple[Any, Any]:
    actor = _actor(dispatch)
    return actor, Submission.objects.visible_to(actor).get(pk=dispatch.object_id)


@outbox.on("submission.received")
def read_submission(dispatch: Dispatch) -> None:
    """Read a message as soon as its receipt is given."""
    actions.read(*_submission(dispatch))


@outbox.on("submission.read")
def screen_submission(dispatch: Dispatch) -> None:
    """Screen what was read; it does not wait for missing parts or corrections."""
    actions.screen(*_submission(dispatch))


@outbox.on("submission.screened")
def answer_submission(dispatch: Dispatch) -> None:
    """The last step of a submission."""
    actions.answer(*_submission(dispatch))


@shared_task(name="jrcc.drafts")
def forget_drafts() -> int:
    """Each hour: how many drafts were forgotten because their days are over, one action for each desk."""
    clock, now = service_actor("JRCC.automation", request_id="drafts"), timezone.now()
    gone = desk_by_desk(drafts.forget, clock, queries.forgettable_drafts(now), column="desk_id", now=now)
    round_done("jrcc.drafts", gone)
    return gone


@outbox.on("entry.changed")
def screen_with_entry(dispatch: Dispatch) -> None:
    """Compare a new or changed entry with everybody still to arrive."""
    _screen_with(_actor(dispatch), [dispatch.object_id])


@outbox.on("list.changed", queue=outbox.SLOW)
def screen_with_list(dispatch: Dispatch) -> None:
    """The same for the entries of a list file."""
    _screen_with(_actor(dispatch), dispatch.payload["entries"])


@outbox.on("clearance.ended")
def raise_what_was_cleared(dispatch: Dispatch) -> None:
    """Raise the hits that a clearance has kept down: it no longer holds."""
    _screen_with(_actor(dispatch), [dispatch.payload["entry"]])


def _screen_with(actor: Any, entries: Collection[str]) -> None:
    """Raise the hits that the entries give, in one action; nothing is done if they concern nobody."""
    rows = in_force().filter(pk__in=entries).select_related("list")
    found = [Found(*each) for each in queries.concerned_by(rows)]
    if found:
        actions.screen_entry(actor, None, found=found)


@outbox.on("rule.activated")
def screen_with_rule(dispatch: Dispatch) -> None:
    """Ask a rule that has come into force of everybody still to arrive."""
    asks = rules.in_force(pk=dispatch.object_id)
    coming = queries.not_over_before(timezone.now())
    found = [
        one
        for rule in asks
        for rows in queries.to_be_asked(rule.entry.screen_for, coming)
        for one in targeting.found(rows, [rule])
    ]
    if found:
        actions.screen_entry(_actor(dispatch), None, found=found)


@outbox.on("thresholds.lowered", queue=outbox.SLOW)
def compare_again(dispatch: Dispatch) -> None:
    """Raise what a lower threshold shows among those still to arrive."""
    actor = _actor(dispatch)
    found = [Found(*each) for each in queries.newly_alike(actor)]
    if found:
        actions.screen_entry(actor, None, found=found)


@outbox.on("rule.tried")
def try_rule(dispatch: Dispatch) -> None:
    """Count whom a rule would have picked out of the travellers of the past."""
    actor = _actor(dispatch)
    rule = Rule.objects.visible_to(actor).get(pk=dispatch.object_id)
    trial = try_on_the_past(rule, timezone.now().date())
    keep_trial(actor, rule, trial=trial)


@outbox.on("entry.ended")
def withdraw_with_entry(dispatch: Dispatch) -> None:
    """Withdraw the open hits of an entry that was withdrawn or has run out."""
    _withdraw(_actor(dispatch), [dispatch.object_id])


@outbox.on("list.changed", queue=outbox.SLOW)
def withdraw_with_list(dispatch: Dispatch) -> None:
    """The same for the entries that a list file has ended."""
    _withdraw(_actor(dispatch), dispatch.payload["entries"])


@outbox.on("list.changed", queue=outbox.SLOW)
def warn_with_list(dispatch: Dispatch) -> None:
    """Open hits of entries that were suspended stay, and say so."""
    actor = _actor(dispatch)
    hits = Hit.objects.visible_to(actor).filter(entry__in=dispatch.payload["entries"], state__in=Hit.OPEN)
    found = list(hits.filter(entry__state=Entry.State.SUSPENDED).order_by("pk"))
    if found:
        actions.warn(actor, found[0], others=found[1:])


@outbox.on("hit.warned")
def tell_of_suspended_entry(dispatch: Dispatch) -> None:
    """To the watch, and to the States that have the hit."""
    hit = Hit.objects.visible_to(_actor(dispatch)).get(pk=dispatch.object_id)
    desks = ["JRCC.watch", *(f"{state}.border" for state in hit.referred_to)]
    _tell_of_hit(dispatch, hit, "hit.entry_suspended", str(hit), desks=desks, seats=[], step=str(hit.entry_version))


def _tell_of_hit(
    dispatch: Dispatch, hit: Hit, event: str, title: str, *, desks: list[str], seats: list[int], step: str
) -> None:
    tell(
        _actor(dispatch),
        None,
        event=event,
        desks=desks,
        seats=seats,
        object_type="jrcc.hit",
        object_id=hit.pk,
        number=hit.reference,
        title=title,
        step=step,
        due_at=hit.due_at,
        level=hit.level,
        grade=grade_of(hit.score),
    )


def _withdraw(actor: Any, entries: Collection[Any]) -> None:
    """By the state that the entries have now: one that is in use again meanwhile keeps its hits."""
    ended = Entry.objects.visible_to(actor).filter(pk__in=entries).exclude(state__in=Entry.KEPT_UP)
    why = {pk: of_ended(state, home) for pk, state, home in ended.values_list("pk", "state", "list__state")}
    first = Hit.objects.visible_to(actor).filter(entry__in=list(why), state__in=Hit.OPEN).order_by("pk").first()
    if first is not None:
        actions.withdraw(actor, first, reasons=why)


@outbox.on("submission.screened")
def ask_interpol(dispatch: Dispatch) -> None:
    """Have INTERPOL's sources asked about the travellers of a list; the asking itself is other workers' work."""
    actor, submission = _submission(dispatch)
    _queue(actor, queries.journeys_of(submission))


@outbox.on("source.opened")
def ask_about_everybody(dispatch: Dispatch) -> None:
    """A source that was switched on is asked about everybody still to arrive."""
    _queue(_actor(dispatch), queries.journeys_to_ask_about())


def _queue(actor: Any, journeys: Collection[Any]) -> None:
    people = list(queries.subjects_to_ask_about(journey__in=journeys).values())
    if asked.missing(interpol.TRAVELLER, people, journeys):
        gateway.queue(actor, None, kind=interpol.TRAVELLER, people=people, groups=journeys)


@outbox.on("gateway.found")
def raise_interpol_hits(dispatch: Dispatch) -> None:
    """A record of a source is a hit like any other."""
    found = [Found(*each) for each in queries.concerned_pairs(dispatch.payload["pairs"])]
    if found:
        actions.screen_entry(_actor(dispatch), None, found=found)


@outbox.on("gateway.ended")
def withdraw_interpol_hits(dispatch: Dispatch) -> None:
    """An answer stands no longer: hits that nobody has taken up go back; the others stay with who works on them."""
    actor, pairs = _actor(dispatch), dispatch.payload["pairs"]
    hits = queries.untouched(Hit.objects.visible_to(actor), pairs)
    if hits:
        actions.lapse(actor, hits[0], others=hits[1:], reason=dispatch.payload["reason"])


@shared_task(name="jrcc.overdue")
def escalate_by_the_clock() -> int:
    """Each minute: rungs that overdue steps on hits have come to; how many were told of."""
    clock = service_actor("JRCC.automation", request_id="overdue")
    found = service.overdue(clock, timezone.now())
    told = [done(escalate, clock, None, hit=one.hit, late=one.clock, rung=one.rung.number) for one in found.late]
    wind(found.wound)
    return sum(told)


@outbox.on("hit.overdue")
def tell_who_decides(dispatch: Dispatch) -> None:
    """To whom the ladder names: who decides at the watch and the State's border desk, then its second contact."""
    said = dispatch.payload
    hit = service.with_referrals(Hit.objects.visible_to(_actor(dispatch))).get(pk=dispatch.object_id)
    late = [one for one in service.clocks(hit) if (one.step, one.party) == (said["step"], said["party"])]
    if not late:
        return  # it was done meanwhile
    rungs = reference.ladder(timezone.now().date(), said["step"], said["party"])
    rung = next((one for one in rungs if one.number == said.get("rung", 1)), None)
    desks, seats = service.told_when_late(rung) if rung else ([], [])
    if not desks:
        return
    words = _("%(hit)s, %(party)s: %(step)s") % {"hit": hit, "party": late[0].party, "step": late[0].words}
    step = f"{said['step']} {said['since']}" + (f" {rung.number}" if rung and rung.number > 1 else "")
    _tell_of_hit(dispatch, hit, "hit.overdue", words, desks=desks, seats=seats, step=step)


@outbox.on("hit_question.asked")
def tell_who_is_asked(dispatch: Dispatch) -> None:
    """To the desks of the party that is asked, as far as they see the question."""
    row = _question(dispatch)
    _tell_of_question(dispatch, row, "hit.asked", row.of_id)


@outbox.on("hit_question.answered")
def tell_who_asked(dispatch: Dispatch) -> None:
    """To the desk that asked."""
    row = _question(dispatch)
    _tell_of_question(dispatch, row, "hit.answered", row.originator_id)


def _question(dispatch: Dispatch) -> HitQuestion:
    rows = HitQuestion.objects.visible_to(_actor(dispatch)).select_related("hit", "owner")
    found: HitQuestion = rows.get(pk=dispatch.object_id)
    return found


def _tell_of_question(dispatch: Dispatch, row: HitQuestion, event: str, party: str) -> None:
    tell(
        _actor(dispatch),
        None,
        event=event,
        desks=sorted(side(row, party)),
        object_type="jrcc.hitquestion",
        object_id=row.pk,
        number=row.hit.reference,
        title=row.hit.reference,
        due_at=row.hit.due_at,
        level=row.level,
    )


@outbox.on("lookup.reviewed")
def tell_who_searched(dispatch: Dispatch) -> None:
    """To the officer whose search for people needs an explanation, or was not in order."""
    actor = _actor(dispatch)
    row = Lookup.objects.visible_to(actor).get(pk=dispatch.object_id)
    tell(
        actor,
        None,
        event="lookup.reviewed",
        desks=[row.owner_id],
        seats=[row.seat_id],
        object_type="jrcc.lookup",
        object_id=row.pk,
        number=row.reference,
        title=row.get_state_display(),
        step=row.state,
        due_at=None,
        level=row.level,
    )


@outbox.on("watch.taken_over")
def hand_claims_over(dispatch: Dispatch) -> None:
    """The hits that the outgoing officer has claimed are the incoming one's."""
    said = dispatch.payload
    claims = Hit.objects.visible_to(_actor(dispatch)).filter(state=Hit.State.CLAIMED)
    found = list(claims.filter(claimed_by_seat_id=said["outgoing"]).order_by("pk"))
    if found:
        incoming = {"seat_id": said["incoming"], "person": said["person"]}
        hand_over(_actor(dispatch), found[0], others=found[1:], **incoming)


# --- schedules and missing lists ------------------------------------------------------------------------------------


@shared_task(name="jrcc.tick")
def by_the_clock() -> dict[str, int]:
    """Each minute: departures planned, lists joined, carriers reminded, alarms raised."""
    return expecting.tick(timezone.now())


@shared_task(name="jrcc.forget")
def forget_by_the_clock() -> dict[str, int]:
    """Each night: travellers, messages and accesses whose time is over."""
    done = forgetting.forget(timezone.now())
    round_done("jrcc.forget", done)
    return done


@shared_task(name="jrcc.collect")
def collect_by_the_clock() -> dict[str, int]:
    """Every ten seconds: telegrams and files from the watched folders."""
    return collecting.collect(settings.DROP_ROOT)


@outbox.on("schedule.added")
def plan_schedule(dispatch: Dispatch) -> None:
    """Expect the next departures at once."""
    actor = _actor(dispatch)
    row = Schedule.objects.visible_to(actor).get(pk=dispatch.object_id)
    actions.plan(actor, row, now=timezone.now())


@outbox.on("submission.read")
def meet_expected(dispatch: Dispatch) -> None:
    """Join the departures that a list is of."""
    actor, submission = _submission(dispatch)
    found = timetable.meetings(actor, timetable.may_mean(actor, queries.journeys_of(submission)))
    if found:
        actions.meet(actor, found[0].row, by=found[0], others=found[1:])


@outbox.on("expected.reminded")
def tell_carrier(dispatch: Dispatch) -> None:
    """Remind the carrier's desk of its list; the watch, which has to call, where the carrier has none."""
    row = _expected(dispatch)
    _tell(dispatch, row, "expected.due", [*_carrier_desk(row)] or ["JRCC.watch"])


@outbox.on("expected.missed")
def tell_watch(dispatch: Dispatch) -> None:
    """The alarm: to the watch, and to the carrier's desk."""
    row = _expected(dispatch)
    _tell(dispatch, row, "expected.missing", ["JRCC.watch", *_carrier_desk(row)])


def _expected(dispatch: Dispatch) -> ExpectedJourney:
    rows = ExpectedJourney.objects.visible_to(_actor(dispatch)).select_related("carrier")
    found: ExpectedJourney = rows.get(pk=dispatch.object_id)
    return found


def _carrier_desk(row: ExpectedJourney) -> list[str]:
    return [f"{row.carrier.party_id}.carrier"] if row.carrier.party_id else []


def _tell(dispatch: Dispatch, row: ExpectedJourney, event: str, desks: list[str]) -> None:
    tell(
        _actor(dispatch),
        None,
        event=event,
        desks=desks,
        object_type="jrcc.expectedjourney",
        object_id=row.pk,
        number=f"{row} {row.date}",
        title=f"{row} {row.origin}–{row.destination} {row.date}",
        due_at=row.deadline_at,
        level=row.level,
    )
