"""The pages of verbs: their buttons, whether a form is worth filling in, its one try, and the page itself.

    verbs = VerbPages(noun="hold", address="jrcc:hold_do", rows=rows_of, page=page_of, title=title_of)
    path("holds/<uuid:pk>/<slug:verb>/", verbs.answer, name="hold_do")

Label, summary, fields, danger and parallel use are those of the action's declaration (apps.access.declared_actions).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, Spec, offers, record_refusal
from apps.access.forms import form_for, posted_version, put_faults
from apps.access.marking import stated_for
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.access.refusals import Refusals
from apps.pages.receipts import repeats, what_follows

TEMPLATE = "pages/verb.html"
"""The page of a verb; another one extends it and fills its blocks."""


def find_verb(noun: str, verb: str) -> Spec:
    """The declared verb that a page is of; Refused("not-visible") for none that is done to a record by people."""
    spec = REGISTRY.get(f"{noun}.{verb}")
    if spec is None or spec.creates or spec.automatic:
        raise Refused("not-visible")
    return spec


def offer_buttons(
    actor: Actor,
    row: Any,
    place: Callable[[str], str],
    but: Collection[str] = (),
    word: Callable[[Spec], str] = lambda spec: spec.name,
) -> list[dict[str, Any]]:
    """What the seat may do with a record, for components/actions.html; what is not its work is absent, and `but`.

    `place` gives a verb's page; `word` how addresses call it, "" for one that has no page here.
    """
    return [
        {
            "verb": word(offer.spec),
            "label": offer.label,
            "allowed": True,
            "url": place(word(offer.spec)),
            "asks": bool(offer.spec.takes) or offer.spec.danger or offer.spec.binding is not None,
            "danger": offer.spec.danger,
        }
        for offer in offers(actor, row)
        if offer.allowed and word(offer.spec) not in {"", *but}
    ]


def early_refusal(actor: Actor, row: Any, spec: Spec) -> Refused | None:
    """Why a form of the verb would be filled in for nothing; None where it would not."""
    if row is not None and row.state not in spec.starts:
        return Refused("wrong-state", spec.otherwise, record=row)
    verdict = spec.policy(actor, row)
    return None if verdict else Refused("may-not", getattr(verdict, "code", ""))


def refuse_early(actor: Actor, row: Any, spec: Spec) -> None:
    """Refuse a verb of which the page would only be filled in for nothing; of a creation the record is None."""
    refusal = early_refusal(actor, row, spec)
    if refusal is not None:
        raise refusal


def try_form(form: Any, act: Callable[..., Any]) -> tuple[Any, int]:
    """(what `act` gives for the form's input, 302), or (None, the status of its page) with what is wrong in the form.

    Refused goes on where the record is not visible, or where there is no field beside which it could stand.
    """
    if not form.is_valid():
        return None, 422
    try:
        return act(**form.cleaned_data), 302
    except ValidationError as wrong:
        put_faults(form, wrong)
        return None, 422
    except Refused as refusal:
        if refusal.reason == "not-visible" or refusal.code == Refusals.STEP_UP or not form.fields:
            raise
        form.add_error(None, refusal.message)
        return None, refusal.status


def answer_form(
    request: Any,
    spec: Spec,
    row: Any,
    template: str,
    onward: Callable[[Any], str],
    *,
    run: Callable[..., Any] | None = None,
    initial: dict[str, Any] | None = None,
    beside: Callable[[Any], dict[str, Any]] | None = None,
    refused: Refused | None = None,
    tried: bool = True,
    **context: Any,
) -> HttpResponse:
    """The form of an action and, on POST, the action: then on to the address that `onward` gives for what it made.

    What was typed stays in the form when it is refused. A binding act that is sent twice leads to its receipt. `run`
    calls the action where it needs more than the record; `beside` gives what the page shows of its form; `refused` is
    what is known before the form is tried; `tried` is False where a button asks only for what stands beside the form,
    which is then shown as it was typed. The template has form, spec, row, version and `context`. The page is marked as
    its record is; without one, or where it shows more, `marking` says how.
    """
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_for(spec)(data, files=files, actor=request.actor, row=row, initial=initial)
    status = 200
    again = request.method == "POST" and tried and (refused is not None or not form.visible_fields())
    if again and repeats(request.actor, row, spec):
        return redirect(onward(row))
    if request.method == "POST" and refused is not None:
        form.add_error(None, refused.message)
        status = refused.status
    elif request.method == "POST" and tried:
        done, status = try_form(form, run or partial(spec.run, request.actor, row, version=posted_version(request)))
        if status == 302:
            return redirect(onward(done))
        if status == 409 and repeats(request.actor, row, spec):
            return redirect(onward(row))
    version = None if spec.creates or spec.parallel else getattr(row, "version", None)
    version = posted_version(request) or version
    shown = {
        **{"form": form, "spec": spec, "row": row, "version": version, "marking": stated_for(row)},
        **what_follows(request.actor, row, spec),
        **(beside(form) if beside else {}),
        **context,
    }
    return render(request, template, shown, status=status)


Hook = Callable[[Any, Any, Spec], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class VerbPages:
    """The pages of all verbs that are done to one kind of record, and their buttons on its page."""

    noun: str
    """Of its verbs: "hold" of "hold.place"."""
    address: str
    """Name of the address of a verb's page, which takes the record's key and the verb."""
    rows: Callable[[Actor], Any]
    """The records, through `visible_to`, with what title and page need."""
    page: Callable[[Any], str]
    """The address of the record's page: where Cancel leads, and the way on."""
    title: Callable[[Any], Any] = str
    """What the record is called in the page's head."""
    key: str = "pk"
    """The column that addresses name a record by."""
    whence: tuple[Any, str] | None = None
    """(words, name of the address) of the place that the record is in, for the crumbs."""
    template: str = TEMPLATE
    prepare: Hook | None = None
    """(request, record, verb) to what `answer_form` is to get besides: initial, run, beside, marking, context."""
    onward: Callable[[Any, Any, Spec], str] | None = None
    """(request, what the action gave, verb) to where the way leads on, if not to the record's page."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """{verb: what is said once it is done}."""
    elsewhere: Collection[str] = frozenset()
    """Verbs whose buttons stand beside what they are about, not at the head of the record."""
    own: Mapping[str, str] = field(default_factory=dict)
    """{verb: name of the address of a page of its own}, which takes the record's key."""
    arguments: tuple[Any, ...] = ()
    """What the addresses take before the key."""
    tries_first: bool = False
    """Whether what is sent by a seat that may not is tried: faults are told (422), then the action refuses it (403)."""

    def place(self, row: Any, verb: str) -> str:
        """The address of a verb's page."""
        key = getattr(row, self.key)
        if verb in self.own:
            return reverse(self.own[verb], args=[key])
        return reverse(self.address, args=[*self.arguments, key, verb])

    def word(self, spec: Spec) -> str:
        """How addresses call a verb; a subclass gives "" for one that has no page here."""
        return spec.name

    def buttons(self, actor: Actor, row: Any) -> list[dict[str, Any]]:
        """What the seat may do with a record, for components/actions.html; what is not its work is absent."""
        return offer_buttons(actor, row, partial(self.place, row), but=self.elsewhere, word=self.word)

    def find(self, actor: Actor, key: Any) -> Any:
        """The record of an address; Refused("not-visible") whether it exists or not."""
        return visible_or_404(self.rows(actor), actor, key, self.key)

    def asked(self, actor: Actor, key: Any, verb: str) -> tuple[Any, Spec]:
        """(the record, the verb) of an address; Refused("not-visible") for none.

        A subclass says what is meant where that hangs together: which of several versions, or whose verb.
        """
        return self.find(actor, key), find_verb(self.noun, verb)

    def answer(self, request: Any, pk: Any = None, verb: str = "", **named: Any) -> HttpResponse:
        """The page of a verb, and on POST its try; then on to the record.

        An address may call the record's key by its column (`key`) in place of `pk`.
        Whose work it is not is told so at once (`tries_first`: before a form is shown). That the record takes the verb
        no more is said above what was typed, which stays. What was sent and is refused is on the record. Methods but
        GET and POST are refused by the address (405).
        """
        if request.method not in {"GET", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        row, spec = self.asked(request.actor, named.get(self.key, pk), verb)
        refused, sent = early_refusal(request.actor, row, spec), request.method == "POST"
        keeps_typed = sent and bool(spec.takes) and refused is not None and refused.reason == "wrong-state"
        if sent and self.tries_first and not keeps_typed:
            refused = None  # the action refuses it itself
        if refused is not None and sent:
            record_refusal(request.actor, spec.verb, row, refused)
        if refused is not None and not keeps_typed:
            raise refused
        place = self.page(row)
        more = self.prepare(request, row, spec) if self.prepare else {}
        context = {"back": place, "title": self.title(row), "whence": self.crumb(), **more}
        template = context.pop("template", self.template)
        onward = partial(self._onward, request, spec, row)
        return answer_form(request, spec, row, template, onward, refused=refused, **context)

    def undoing(self, actor: Actor, row: Any, spec: Spec) -> str:
        """The address that takes the act back at once; "" where it cannot be, or no more by this seat."""
        back = spec.undo and any(one.allowed and one.spec.verb == spec.undo for one in offers(actor, row))
        return self.place(row, REGISTRY[spec.undo].name) if back else ""

    def crumb(self) -> tuple[Any, str] | None:
        """(words, address) of the place that the records are in."""
        return (self.whence[0], reverse(self.whence[1])) if self.whence else None

    def _onward(self, request: Any, spec: Spec, row: Any, done: Any) -> str:
        words, back = self.said.get(spec.name), self.undoing(request.actor, done, spec)
        if words or back:
            messages.success(request, words or spec.done, extra_tags=back)
        return self.onward(request, done, spec) if self.onward else self.page(row)


def answer_by_collection(pages: Mapping[str, VerbPages]) -> Callable[..., HttpResponse]:
    """The view of an address that names the collection before the record's key: `pages` by the collection's name."""

    def answer(request: Any, collection: str, pk: Any, verb: str) -> HttpResponse:
        if collection not in pages:
            raise Refused("not-visible")
        return pages[collection].answer(request, pk, verb)

    return answer
