"""The demonstration: a handful of requests among the cast, played through the real actions. Everything is fictional."""

import json
from pathlib import Path
from typing import Any

from apps.access.forms import form_for_verb
from apps.exchange.actions import answers, drafts, requests
from apps.exchange.models import Addressee, Request
from demo.people import seated
from demo.scenes import Scene

PLAN = json.loads((Path(__file__).parent / "requests.json").read_text(encoding="utf-8"))["requests"]
ACTS = {
    "accept": answers.accept_rfi,
    "refuse": answers.refuse_rfi,
    "answer": answers.answer_rfi,
    "ask_back": answers.ask_rfi_question,
    "ask_extension": answers.ask_rfi_extension,
}


def load() -> int:
    """Write and send the requests that are not there yet, with what those asked do; how many there are of them."""
    for plan in PLAN:
        author = seated(plan["author"])
        if not Request.objects.filter(originator=author.party_code, subject=plan["input"]["subject"]).exists():
            _play(author, plan)
    return Request.objects.count()


def _play(author: Any, plan: dict[str, Any]) -> None:
    row = drafts.draft_rfi(author, None, **_cleaned("rfi.draft", author, None, plan["input"]))
    if "sender" not in plan:
        return
    requests.send_rfi(seated(plan["sender"]), row)
    for username, verb, given in plan["acts"]:
        person = seated(username)
        if verb == "reply":
            requests.reply_to_rfi_question(person, row, **given)
        elif verb == "close":
            requests.close_rfi(person, row, **given)
        else:
            part = Addressee.objects.visible_to(person).get(request=row, owner_id=person.desk_id)
            ACTS[verb](person, part, **_cleaned(f"rfi_addressee.{verb}", person, part, given))


def _cleaned(verb: str, actor: Any, row: Any, given: dict[str, Any]) -> dict[str, Any]:
    form = form_for_verb(verb)(given, actor=actor, row=row)
    if not form.is_valid():
        raise ValueError(f"{verb}: {form.errors.as_text()}")
    return {name: form.cleaned_data[name] for name in form.fields if name in given}


SCENES = [Scene("requests for information", load)]
