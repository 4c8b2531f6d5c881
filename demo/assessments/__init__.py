"""The demonstration: an assessment in drafting, one whose States take positions, two of the past. Fictional."""

import tomllib
import uuid
from pathlib import Path
from typing import Any

from apps.assessments.actions import call, judgements, members, remarks, sections, terms
from apps.assessments.models import Assessment, Section
from demo.assessments import asked, past
from demo.assessments.stages import asked_of, cleaned
from demo.people import seated
from demo.scenes import Scene

PLAN = tomllib.loads((Path(__file__).parent / "assessment.toml").read_text(encoding="utf-8"))
ASSESSMENT = uuid.UUID(PLAN["assessment"])
SECTION = uuid.UUID(PLAN["section"])
"""Fixed ids, by which programs that try the portal find the demonstration's assessment and its empty first section."""


def load() -> int:
    """Make the assessments where they are not there; how many there are."""
    in_drafting()
    past.load()
    asked.load()
    return Assessment.objects.count()


def in_drafting() -> Assessment:
    """The one in drafting, brought there through the real actions where it is not there."""
    if not Assessment.objects.filter(pk=ASSESSMENT).exists():
        _play()
    found: Assessment = Assessment.objects.get(pk=ASSESSMENT)
    return found


def _play() -> None:
    lead, director = seated(PLAN["lead"]), seated(PLAN["director"])
    row = terms.propose_assessment(
        lead, None, key=ASSESSMENT, **cleaned("assessment.propose", lead, None, asked_of(PLAN))
    )
    for username, answer in PLAN["answers"].items():
        row = terms.answer_assessment_invitation(seated(username), row, answer=answer)
    row = call.open_call_for_contributions(lead, terms.agree_terms_of_reference(director, row))
    for username, given in PLAN["contributions"].items():
        person = seated(username)
        row = call.give_contribution(person, row, **cleaned("jta_contribution.give", person, row, given))
    row = call.close_call_for_contributions(lead, row)
    for username, role in PLAN["members"].items():
        row = members.add_member(lead, row, user=username, role=role)
    for given in PLAN["sections"]:
        row = _section(lead, row, given)
    for given in PLAN["remarks"]:
        person = seated(given["who"])
        where = Section.objects.get(assessment=row, title=given["section"])
        row = remarks.make_remark(
            person, row, **cleaned("jta_remark.make", person, row, given["said"] | {"section": str(where.pk)})
        )
    for given in PLAN["judgements"]:
        row = judgements.add_judgement(lead, row, **cleaned("jta_judgement.add", lead, row, given))


def _section(lead: Any, row: Assessment, given: dict[str, Any]) -> Assessment:
    key = SECTION if not Section.objects.filter(pk=SECTION).exists() else None
    row = call.add_assessment_section(lead, row, title=given["title"], key=key)
    if given["text"]:
        row = sections.replace_section_text(lead, row, section=row.made.pk, plain=given["text"], if_seq=0)
    return row


SCENES = [Scene("assessments", load)]
