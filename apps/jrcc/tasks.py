"""What follows by itself: screening lists, and everybody when an entry changes."""

from collections.abc import Collection
from typing import Any

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.access import outbox
from apps.access.clock import done
from apps.access.models import Dispatch
from apps.gateway import actions as gateway
from apps.gateway.queries import questions as asked
from apps.journeys.queries import journeys as journeys_queries
from apps.jrcc.actions import comparisons
from apps.jrcc.actions.overdue_steps import escalate_hit, hand_over_hit, wind
from apps.jrcc.actions.questions import side
from apps.jrcc.models import Hit, HitQuestion
from apps.jrcc.queries import clocks, interpol, rule_matches, service_levels, service_rules
from apps.jrcc.queries import hits as hits_queries
from apps.jrcc.queries.possible_matches import Found
from apps.jrcc.queries.reasons import of_ended
from apps.jrcc.queries.rule_trials import try_on_the_past
from apps.jrcc.rules.grades import grade_of
from apps.manifests.tasks import automation_and_submission, automation_for
from apps.notices.actions import create_notices
from apps.people.queries import service_actor
from apps.screening.actions.rules import count_rule_matches as keep_trial
from apps.screening.models import Entry, Rule
from apps.screening.queries import in_force, rules


@outbox.on("submission.read", queue=outbox.INTAKE)
def screen_submission(dispatch: Dispatch) -> None:
    """Screen what was read; it does not wait for missing parts or corrections."""
    comparisons.screen_submission(*automation_and_submission(dispatch))


@outbox.on("entry.changed")
def screen_with_entry(dispatch: Dispatch) -> None:
    """Compare a new or changed entry with everybody still to arrive."""
    _screen_with(automation_for(dispatch), [dispatch.object_id])


@outbox.on("list.changed", queue=outbox.SLOW)
def screen_with_list(dispatch: Dispatch) -> None:
    """The same for the entries of a list file."""
    _screen_with(automation_for(dispatch), dispatch.payload["entries"])


@outbox.on("clearance.ended")
def raise_what_was_cleared(dispatch: Dispatch) -> None:
    """Raise the hits that a clearance has kept down: it no longer holds."""
    _screen_with(automation_for(dispatch), [dispatch.payload["entry"]])


def _screen_with(actor: Any, entries: Collection[str]) -> None:
    """Raise the hits that the entries give, in one action; nothing is done if they concern nobody."""
    rows = in_force().filter(pk__in=entries).select_related("list")
    found = [Found(*each) for each in hits_queries.concerned_by(rows)]
    if found:
        comparisons.screen_entry(actor, None, found=found)


@outbox.on("rule.activated")
def screen_with_rule(dispatch: Dispatch) -> None:
    """Ask a rule that has come into force of everybody still to arrive."""
    asks = rules.in_force(pk=dispatch.object_id)
    coming = journeys_queries.not_over_before(timezone.now())
    found = [
        one
        for rule in asks
        for rows in journeys_queries.to_be_asked(rule.entry.screen_for, coming)
        for one in rule_matches.found(rows, [rule])
    ]
    if found:
        comparisons.screen_entry(automation_for(dispatch), None, found=found)


@outbox.on("thresholds.lowered", queue=outbox.SLOW)
def compare_again(dispatch: Dispatch) -> None:
    """Raise what a lower threshold shows among those still to arrive."""
    actor = automation_for(dispatch)
    found = [Found(*each) for each in hits_queries.newly_alike(actor)]
    if found:
        comparisons.screen_entry(actor, None, found=found)


@outbox.on("rule.tried")
def try_rule(dispatch: Dispatch) -> None:
    """Count whom a rule would have picked out of the travellers of the past."""
    actor = automation_for(dispatch)
    rule = Rule.objects.visible_to(actor).get(pk=dispatch.object_id)
    trial = try_on_the_past(rule, timezone.now().date())
    keep_trial(actor, rule, trial=trial)


@outbox.on("entry.ended")
def withdraw_with_entry(dispatch: Dispatch) -> None:
    """Withdraw the open hits of an entry that was withdrawn or has run out."""
    _withdraw(automation_for(dispatch), [dispatch.object_id])


@outbox.on("list.changed", queue=outbox.SLOW)
def withdraw_with_list(dispatch: Dispatch) -> None:
    """The same for the entries that a list file has ended."""
    _withdraw(automation_for(dispatch), dispatch.payload["entries"])


@outbox.on("list.changed", queue=outbox.SLOW)
def warn_with_list(dispatch: Dispatch) -> None:
    """Open hits of entries that were suspended stay, and say so."""
    actor = automation_for(dispatch)
    hits = Hit.objects.visible_to(actor).filter(entry__in=dispatch.payload["entries"], state__in=Hit.OPEN)
    found = list(hits.filter(entry__state=Entry.State.SUSPENDED).order_by("pk"))
    if found:
        comparisons.warn_of_hit(actor, found[0], others=found[1:])


@outbox.on("hit.warned")
def tell_of_suspended_entry(dispatch: Dispatch) -> None:
    """To the watch, and to the States that have the hit."""
    hit = Hit.objects.visible_to(automation_for(dispatch)).get(pk=dispatch.object_id)
    desks = ["JRCC.watch", *(f"{state}.border" for state in hit.referred_to)]
    _tell_of_hit(dispatch, hit, "hit.entry_suspended", str(hit), desks=desks, seats=[], step=str(hit.entry_version))


def _tell_of_hit(dispatch: Dispatch, hit: Hit, event: str, title: str, **said: Any) -> None:
    """`said`: desks, seats and step, and `due_at` where another moment counts than the hit's own."""
    create_notices(
        automation_for(dispatch),
        None,
        event=event,
        object_type="jrcc.hit",
        object_id=hit.pk,
        number=hit.reference,
        title=title,
        level=hit.level,
        grade=grade_of(hit.score),
        **{"due_at": hit.due_at, **said},
    )


def _withdraw(actor: Any, entries: Collection[Any]) -> None:
    """By the state that the entries have now: one that is in use again meanwhile keeps its hits."""
    ended = Entry.objects.visible_to(actor).filter(pk__in=entries).exclude(state__in=Entry.KEPT_UP)
    why = {pk: of_ended(state, home) for pk, state, home in ended.values_list("pk", "state", "list__state")}
    first = Hit.objects.visible_to(actor).filter(entry__in=list(why), state__in=Hit.OPEN).order_by("pk").first()
    if first is not None:
        comparisons.withdraw_hit(actor, first, reasons=why)


@outbox.on("submission.screened")
def ask_interpol(dispatch: Dispatch) -> None:
    """Have INTERPOL's sources asked about the travellers of a list; the asking itself is other workers' work."""
    actor, submission = automation_and_submission(dispatch)
    _queue(actor, journeys_queries.journeys_of(submission))


@outbox.on("source.opened")
def ask_about_everybody(dispatch: Dispatch) -> None:
    """A source that was switched on is asked about everybody still to arrive."""
    _queue(automation_for(dispatch), hits_queries.journeys_to_ask_about())


def _queue(actor: Any, journeys: Collection[Any]) -> None:
    people = list(hits_queries.subjects_to_ask_about(journey__in=journeys).values())
    if asked.missing(interpol.TRAVELLER, people, journeys):
        gateway.queue_source_check(actor, None, kind=interpol.TRAVELLER, people=people, groups=journeys)


@outbox.on("gateway.found")
def raise_interpol_hits(dispatch: Dispatch) -> None:
    """A record of a source is a hit like any other."""
    found = [Found(*each) for each in hits_queries.concerned_pairs(dispatch.payload["pairs"])]
    if found:
        comparisons.screen_entry(automation_for(dispatch), None, found=found)


@outbox.on("gateway.ended")
def withdraw_interpol_hits(dispatch: Dispatch) -> None:
    """An answer stands no longer: hits that nobody has taken up go back; the others stay with who works on them."""
    actor, pairs = automation_for(dispatch), dispatch.payload["pairs"]
    hits = hits_queries.untouched(Hit.objects.visible_to(actor), pairs)
    if hits:
        comparisons.lapse_hit(actor, hits[0], others=hits[1:], reason=dispatch.payload["reason"])


@shared_task(name="jrcc.overdue")
def escalate_by_the_clock() -> int:
    """Each minute: rungs that overdue steps on hits have come to; how many were told of."""
    clock = service_actor("JRCC.automation", request_id="overdue")
    found = service_levels.overdue(clock, timezone.now())
    told = [done(escalate_hit, clock, None, hit=one.hit, late=one.clock, rung=one.rung.number) for one in found.late]
    wind(found.wound)
    return sum(told)


@outbox.on("hit.overdue")
def tell_who_decides(dispatch: Dispatch) -> None:
    """To whom the ladder names: who decides at the watch and the State's border desk, then its second contact."""
    said = dispatch.payload
    hit = service_levels.with_referrals(Hit.objects.visible_to(automation_for(dispatch))).get(pk=dispatch.object_id)
    late = [one for one in clocks.clocks(hit) if (one.step, one.party) == (said["step"], said["party"])]
    if not late:
        return  # it was done meanwhile
    rungs = service_rules.ladder(timezone.now().date(), said["step"], said["party"])
    rung = next((one for one in rungs if one.number == said.get("rung", 1)), None)
    desks, seats = service_levels.told_when_late(rung) if rung else ([], [])
    if not desks:
        return
    words = _("%(hit)s, %(party)s: %(step)s") % {"hit": hit, "party": late[0].party, "step": late[0].words}
    step = f"{said['step']} {said['since']}" + (f" {rung.number}" if rung and rung.number > 1 else "")
    told = {"desks": desks, "seats": seats, "step": step, "due_at": late[0].due_at}
    _tell_of_hit(dispatch, hit, "hit.overdue", words, **told)


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
    rows = HitQuestion.objects.visible_to(automation_for(dispatch)).select_related("hit", "owner")
    found: HitQuestion = rows.get(pk=dispatch.object_id)
    return found


def _tell_of_question(dispatch: Dispatch, row: HitQuestion, event: str, party: str) -> None:
    create_notices(
        automation_for(dispatch),
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


@outbox.on("watch.taken_over")
def hand_claims_over(dispatch: Dispatch) -> None:
    """The hits that the outgoing officer has claimed are the incoming one's."""
    said = dispatch.payload
    claims = Hit.objects.visible_to(automation_for(dispatch)).filter(state=Hit.State.CLAIMED)
    found = list(claims.filter(claimed_by_seat_id=said["outgoing"]).order_by("pk"))
    if found:
        incoming = {"seat_id": said["incoming"], "person": said["person"]}
        hand_over_hit(automation_for(dispatch), found[0], others=found[1:], **incoming)
