"""The demonstration: one assessment in drafting among the cast, brought there through the real actions. Fictional."""

import datetime
import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.access.forms import form_for_verb
from apps.assessments.actions import call, drafting, judging, members, terms
from apps.assessments.models import Assessment, Section
from apps.people.demo import seated

PLAN = tomllib.loads((Path(__file__).parent / "assessment.toml").read_text(encoding="utf-8"))
ASSESSMENT = uuid.UUID(PLAN["assessment"])
SECTION = uuid.UUID(PLAN["section"])
"""Fixed ids, by which programs that try the portal find the demonstration's assessment and its empty first section."""


def load() -> int:
    """Make the assessment where it is not there; how many assessments there are."""
    if not Assessment.objects.filter(pk=ASSESSMENT).exists():
        _play()
    return Assessment.objects.count()


def _cleaned(verb: str, actor: Any, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    form = form_for_verb(verb)(given, actor=actor, row=row)
    if not form.is_valid():
        raise ValueError(f"{verb}: {form.errors.as_text()}")
    return {name: form.cleaned_data[name] for name in form.fields if name in given or form.fields[name].required}


def _play() -> None:
    lead, director = seated(PLAN["lead"]), seated(PLAN["director"])
    today = timezone.now().date()
    days = {name: (today + datetime.timedelta(days=after)).isoformat() for name, after in PLAN["days"].items()}
    row = terms.propose(lead, None, key=ASSESSMENT, **_cleaned("assessment.propose", lead, None, PLAN["terms"] | days))
    for username, answer in PLAN["answers"].items():
        row = terms.respond(seated(username), row, answer=answer)
    row = call.open_call(lead, terms.agree_terms(director, row))
    for username, given in PLAN["contributions"].items():
        person = seated(username)
        row = call.give(person, row, **_cleaned("jta_contribution.give", person, row, given))
    row = call.close_call(lead, row)
    for username, role in PLAN["members"].items():
        row = members.add_member(lead, row, user=username, role=role)
    for given in PLAN["sections"]:
        row = _section(lead, row, given)
    for given in PLAN["judgements"]:
        row = judging.add(lead, row, **_cleaned("jta_judgement.add", lead, row, given))


def _section(lead: Any, row: Assessment, given: dict[str, Any]) -> Assessment:
    key = SECTION if not Section.objects.filter(pk=SECTION).exists() else None
    row = call.add_section(lead, row, title=given["title"], key=key)
    if given["text"]:
        row = drafting.replace_text(lead, row, section=row.made.pk, plain=given["text"], if_seq=0)
    return row
