"""Stages through which the demonstration brings an assessment, by the real actions and their forms."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from apps.access.forms import form_for_verb
from apps.assessments.actions import call, judgements, positions, sections, sign_offs, steps, terms
from apps.assessments.models import Assessment
from apps.assessments.queries import parts
from demo.people import password, seated

WORDED = ("agree_reservation", "dissent")


def cleaned(verb: str, actor: Any, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a verb; ValueError for input that its form refuses."""
    form = form_for_verb(verb)(given, actor=actor, row=row)
    if not form.is_valid():
        raise ValueError(f"{verb}: {form.errors.as_text()}")
    return {name: form.cleaned_data[name] for name in form.fields if name in given or form.fields[name].required}


def asked_of(plan: dict[str, Any]) -> dict[str, Any]:
    """The terms of reference of a plan, with the last days of the steps reckoned from today."""
    today = timezone.now().date()
    days = {name: (today + datetime.timedelta(days=after)).isoformat() for name, after in plan["days"].items()}
    terms_of_reference: dict[str, Any] = plan["terms"] | days
    return terms_of_reference


def _contact(party: str) -> Any:
    return seated(f"{party.lower()}.contact.officer")


def _signer(party: str) -> str:
    return f"{party.lower()}.intelligence.head"


def frozen(lead: Any, director: Any, given: dict[str, Any], asked: dict[str, Any]) -> Assessment:
    """An assessment of which positions are asked: all parties take part, with nil returns.

    `given`: its key, text of its one section, and judgements; `asked`: its terms of reference.
    """
    row = terms.propose_assessment(
        lead, None, key=uuid.UUID(given["key"]), **cleaned("assessment.propose", lead, None, asked)
    )
    for party in asked["parties"]:
        row = terms.answer_assessment_invitation(_contact(party), row, answer="accept")
    row = call.open_call_for_contributions(lead, terms.agree_terms_of_reference(director, row))
    for party in asked["parties"]:
        row = call.give_contribution(_contact(party), row, nil=True)
    row = call.add_assessment_section(lead, call.close_call_for_contributions(lead, row), title="Threat picture")
    row = sections.replace_section_text(lead, row, section=row.made.pk, plain=given["text"], if_seq=0)
    for one in given["judgements"]:
        row = judgements.add_judgement(lead, row, **cleaned("jta_judgement.add", lead, row, one))
    return steps.freeze_assessment(lead, steps.circulate_assessment(lead, row))


def take_positions(row: Assessment, given: list[dict[str, Any]]) -> Assessment:
    """Positions of the parties: what stands under `agree_reservation` or `dissent`, silence of those under `silent`."""
    for judged, one in zip(parts.judgements(row), given, strict=True):
        sha256 = parts.judgement_sha256(judged)
        for party in row.accepted:
            if party in one.get("silent", ()):
                continue
            kind = next((kind for kind in WORDED if party in one.get(kind, {})), "agree")
            row = positions.take_position(
                seated(_signer(party)),
                row,
                judgement=judged.pk,
                position=kind,
                text=one.get(kind, {}).get(party, ""),
                judgement_sha256=sha256,
            )
    return row


def signed(row: Assessment) -> Assessment:
    """Signed by all parties."""
    for party in row.accepted:
        name, sha256 = _signer(party), row.content_sha256
        row = sign_offs.sign_assessment(seated(name), row, content_sha256=sha256, password=password(name))
    return row
