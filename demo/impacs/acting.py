"""What people of the demonstration do with State actions: each word of a plan is one act, played on its day."""

import datetime
from collections.abc import Callable
from typing import Any

from apps.access.actor import Actor
from apps.access.models import Dispatch
from apps.council.actions import declarations
from apps.impacs import actions
from apps.impacs.models import AssistanceRequest, Difficulty, Evidence, ExtensionRequest, StateAction, Step
from apps.people.models import Desk
from demo import council
from demo.people import seated

NOON = datetime.time(16, 0, tzinfo=datetime.UTC)
DRAFTERS = {"SUR": "sur.ministry.drafter"}
"""States whose ministry has a second person: who wrote does not submit."""


class Players:
    """Who acts for a State and for the agency, and what they do."""

    def __init__(self) -> None:
        self.council = council.Council()
        self.agency: Actor = self.council.secretariat
        self.drafters = {party: seated(name) for party, name in DRAFTERS.items()}
        self.acts: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
            name.removeprefix("do_"): getattr(self, name) for name in dir(self) if name.startswith("do_")
        }

    def decides(self, row: StateAction) -> Actor:
        """Who binds the State."""
        return self.council.ministry(row.party_id)

    def writes(self, row: StateAction) -> Actor:
        """Who writes for the State."""
        return self.drafters.get(row.party_id, self.decides(row))

    def play(self, row: StateAction, day: datetime.date, act: str, more: dict[str, Any]) -> None:
        """One act on one day."""
        with council.on(datetime.datetime.combine(day, NOON)):
            self.acts[act](StateAction.objects.select_related("clause", "decision").get(pk=row.pk), more)

    def do_acknowledge(self, row: StateAction, more: dict[str, Any]) -> None:
        """Take note of it."""
        actions.acknowledge_state_action(self.writes(row), row)

    def do_report(self, row: StateAction, more: dict[str, Any]) -> None:
        """Report progress."""
        actions.report_on_state_action(self.writes(row), row, text=more["text"], progress=more["progress"])

    def do_steps(self, row: StateAction, more: dict[str, Any]) -> None:
        """List steps, and tick the first of them."""
        for title in more["titles"]:
            row = actions.add_action_step(self.writes(row), row, title=title)
        steps = Step.objects.filter(action=row).order_by("pk")
        actions.tick_action_steps(self.writes(row), row, done=[str(step.pk) for step in steps[: more["done"]]])

    def do_prove(self, row: StateAction, more: dict[str, Any]) -> None:
        """Bring a proof for each demand of the clause, or one without."""
        for demand in row.clause.evidence_required or [""]:
            proof = {
                "kind": more.get("kind", "official_letter"),
                "requirement": demand,
                "title": more.get("title") or (demand or "Letter of the ministry").capitalize(),
                "issued_on": more["day"] - datetime.timedelta(days=1),
                "authority": "Ministry responsible for national security (fictional)",
                "citation": "Ref. {}/{} (fictional)".format(row.party_id, more["day"].year),
                "audience": more.get("audience", ""),
            }
            if more.get("valid_days"):
                proof["valid_until"] = more["day"] + datetime.timedelta(days=more["valid_days"])
            actions.add_evidence(self.writes(row), row, **proof)

    def do_submit(self, row: StateAction, more: dict[str, Any]) -> None:
        """Submit what was brought."""
        actions.submit_evidence(self.decides(row), row, completed_on=more.get("completed_on"))

    def do_verify(self, row: StateAction, more: dict[str, Any]) -> None:
        """Verify it."""
        actions.verify_state_action(self.agency, row)

    def do_return(self, row: StateAction, more: dict[str, Any]) -> None:
        """Give it back."""
        actions.return_state_action(self.agency, row, reason=more["reason"], code=more.get("code", ""))

    def do_reopen(self, row: StateAction, more: dict[str, Any]) -> None:
        """Take a verification back."""
        actions.reopen_state_action(self.agency, row, reason=more["reason"], heard=True)

    def do_extension(self, row: StateAction, more: dict[str, Any]) -> None:
        """Ask for more time."""
        actions.request_extension(self.decides(row), row, until=more["until"], reason=more["reason"])

    def do_grant(self, row: StateAction, more: dict[str, Any]) -> None:
        """Give it."""
        asked = ExtensionRequest.objects.get(action=row, state="requested")
        actions.grant_extension(self.agency, asked, decision=more.get("decision", ""))

    def do_difficulty(self, row: StateAction, more: dict[str, Any]) -> None:
        """Say what stands in the way."""
        fields = {name: more[name] for name in ("severity", "kind", "text", "since") if name in more}
        actions.declare_difficulty(self.writes(row), row, **fields)

    def do_assistance(self, row: StateAction, more: dict[str, Any]) -> None:
        """Ask for help because of what stands in the way."""
        reason = Difficulty.objects.filter(action=row, cleared_on=None).first()
        actions.ask_assistance(
            self.writes(row), row, kind=more["kind"], text=more["text"], difficulty=str(reason.pk) if reason else ""
        )

    def do_answer(self, row: StateAction, more: dict[str, Any]) -> None:
        """Answer the State."""
        asked = AssistanceRequest.objects.get(action=row, state="asked")
        actions.answer_assistance(self.agency, asked, answer=more["text"])

    def do_claim(self, row: StateAction, more: dict[str, Any]) -> None:
        """Say that it does not apply."""
        actions.claim_not_applicable(self.decides(row), row, reason=more["reason"])

    def do_allow(self, row: StateAction, more: dict[str, Any]) -> None:
        """Find that it does not apply."""
        actions.allow_not_applicable_claim(self.agency, row, reason=more["reason"])

    def do_hand_over(self, row: StateAction, more: dict[str, Any]) -> None:
        """Give it to another desk."""
        desk = Desk.objects.get(code=f"{row.party_id}.{more['desk']}")
        actions.hand_over_state_action(self.decides(row), row, desk=desk.code, responsible=more["responsible"])

    def do_note(self, row: StateAction, more: dict[str, Any]) -> None:
        """Write a note that stays in the State."""
        actions.note_state_action(self.writes(row), row, text=more["text"])

    def do_opt_out(self, row: StateAction, more: dict[str, Any]) -> None:
        """The Conference releases the State."""
        number = [row.clause.number]
        decision = declarations.ask_opt_out(self.decides(row), row.decision, text=more["reason"], clauses=number)
        declarations.settle_opt_out(self.agency, decision, party=row.party_id, answer="granted", basis=more["basis"])

    def do_share(self, row: StateAction, more: dict[str, Any]) -> None:
        """Let other States read the proofs."""
        for proof in Evidence.objects.filter(action=row):
            actions.share_evidence(self.decides(row), proof, audience="ALL_STATES")


def tell_nobody() -> None:
    """What is long past brings neither notices nor clocks: nobody of today is told of it."""
    for names in ("apps.impacs.listeners.notifications.", "apps.impacs.obligations.listeners.start_"):
        Dispatch.objects.filter(done_at=None, listener__startswith=names).update(
            done_at=datetime.datetime.now(datetime.UTC)
        )


def progress_in_words(progress: int) -> str:
    """What a State says of so many per cent."""
    if progress >= 80:
        return "The last steps are under way; the evidence is being gathered."
    if progress >= 40:
        return "Half of the steps are done. The next one waits for the attorney-general."
    return "Work has begun."
