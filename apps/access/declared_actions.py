"""The declared actions: `@action` is the only way to change a record."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import models
from django.forms import Field
from django.utils import translation

from apps.access import outbox, stream_log
from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.database_context import act_context, seat_context
from apps.access.grants import unshare
from apps.access.guards import taken
from apps.access.refusal import Refused
from apps.access.refusals import Refusals
from apps.access.repeats import carried_through
from apps.access.verdict import Verdict
from apps.access.write_guard import writing
from apps.audit import actions as audit
from apps.audit.verb_labels import noted

REGISTRY: dict[str, "Spec"] = {}


@dataclass(frozen=True)
class Spec:
    """A declared write. Buttons, endpoints, documentation and the state diagram are read from here."""

    verb: str
    model: Any  # a model class whose manager has visible_to
    label: Any
    done: Any  # its past tense, lazily translated
    policy: Callable[[Actor, Any], Verdict]
    starts: frozenset[str]
    ends: frozenset[str]
    takes: Mapping[str, Field]
    creates: bool
    automatic: bool
    otherwise: str
    run: Callable[..., Any] = field(compare=False)
    summary: str
    body: Callable[..., Any] = field(compare=False)
    by_readers: bool = False
    step_up: bool = False
    in_emergency: bool = False
    danger: bool = False
    parallel: bool = False
    binding: Binding | None = None
    undo: str = ""
    locks_first: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The verb within its collection: `refer` of `hit.refer`."""
        return self.verb.split(".", 1)[1]


@dataclass
class Change:
    """The action under way: side effects that its body has asked for."""

    actor: Actor
    notes: list[tuple[str, Any, str, str, dict[str, Any], list[str], Actor]] = field(default_factory=list)
    emitted: list[tuple[str, Any, dict[str, Any], datetime | None]] = field(default_factory=list)


_under_way: ContextVar[Change | None] = ContextVar("change", default=None)


def emit(topic: str, row: Any, payload: dict[str, Any] | None = None, *, urgent_at: datetime | None = None) -> None:
    """Ask for the listeners of `topic` to work on `row` after this action, for certain and once.

    `urgent_at` says how urgent that is in the intake lane (outbox.write).
    """
    _current().emitted.append((topic, row, payload or {}, urgent_at))


def also(verb: str, row: Any, *, before: str = "", after: str = "", **detail: Any) -> None:
    """Say that this action also did `verb` to another record: audited and streamed with it."""
    change = _current()
    change.notes.append((verb, row, before, after, detail, [], change.actor))


def change_also(verb: str, row: Any, *columns: str, before: str = "") -> None:
    """Save `columns` of another, locked record that this action changed, as its own action would.

    It gets its next version and the seat; audited and streamed as `verb`, from the state `before` to its present one.
    """
    row.version += 1
    row.changed_by_seat_id = _current().actor.seat_id
    row.save(update_fields=[*columns, "version", "changed_at", "changed_by_seat_id"])
    also(verb, row, before=before, after=row.state if before else "")


def take_from(verb: str, row: Any, groups: Iterable[int], *, basis: str = "") -> None:
    """End the sight that groups have of a record, and tell them on their streams, so that no screen keeps showing it.

    With `basis` only grants that were given on it end.
    """
    _current()
    lost = unshare(row, groups, basis=basis)
    if lost:
        stream_log.add_for(verb, row, lost)


def do_also(
    verb: str, target: Any = None, *, version: int | None = None, in_name_of: Actor | None = None, **fields: Any
) -> Any:
    """Carry out another declared verb on a further record as a part of this action; the record as it is then.

    Its own lock, version, policy, state, body, scope, stream event and audit row, in this action's transaction: many
    records are changed all together or not at all. Raises what the verb itself raises. `in_name_of` is whose act it
    is, where this action approves what somebody else asked for; their rights are asked, and the audit names them.
    """
    change, spec = _current(), REGISTRY[verb]
    who = in_name_of or change.actor
    with act_context(who, verb) if in_name_of else nullcontext():
        row, before, changed = _carried_out(spec, spec.body, who, target, version, fields)
    change.notes.append((verb, row, before, getattr(row, "state", ""), {}, changed, who))
    return row


def _current() -> Change:
    change = _under_way.get()
    if change is None:
        raise RuntimeError("emit(), also(), change_also(), take_from() and do_also() belong into the body of an action")
    return change


def action(
    verb: str,
    *,
    model: Any,
    label: Any,
    done: Any,
    policy: Callable[[Actor, Any], Verdict],
    ends: str | Iterable[str],
    starts: Iterable[str] = (),
    takes: Mapping[str, Field] | None = None,
    automatic: bool = False,
    otherwise: str = "",
    by_readers: bool = False,
    step_up: bool = False,
    in_emergency: bool = False,
    danger: bool = False,
    parallel: bool = False,
    binding: Binding | None = None,
    undo: str = "",
    locks_first: Iterable[str] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a write: lock, version, policy, state, body, scope again, audit; all in one transaction.

    The body gets `(actor, row, **fields)`, `row` None for a creation (no `starts`), sets columns on the row and
    returns it; the door saves. `done` is its past tense for the audit ("Referred the hit"). `takes` are the form
    fields of the input, the same for page and API. `automatic` verbs are run by the portal's own desks and shown to
    nobody. `otherwise` is the code of what to say in another state. `by_readers` verbs note that something was read: a
    key that may only read does them too. `step_up` verbs want the person's second factor anew when it is older than 15
    minutes: Refused("may-not", "step-up"), which a page answers by asking for it. Nothing else is done from an
    emergency seat but what is `in_emergency`. A `danger` is outlined in red and asks before it acts. What is `parallel`
    is done by several people at a time: to the record as it is. A `binding` act says first what follows; `undo` is the
    verb that takes it back. `locks_first` names what the record belongs to and the body changes too, as relations
    from the largest whole on: they are locked before the record, so that no two verbs wait for each other. Raises
    Refused; recorded after the rollback.
    """
    noted(verb, done)
    begin = frozenset(starts)
    finish = frozenset([ends] if isinstance(ends, str) else ends)

    def declare(body: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(body)
        def run(actor: Actor, target: Any = None, *, version: int | None = None, **fields: Any) -> Any:
            try:
                return carried_through(lambda sent: _inside(spec, body, actor, target, version, sent), fields)
            except Refused as refusal:
                record_refusal(actor, verb, target or model, refusal)
                raise

        summary = (body.__doc__ or "").strip().split("\n")[0]
        known = (verb, model, label, done, policy, begin, finish, takes or {}, not begin, automatic, otherwise)
        of_seats, on_pages = (by_readers, step_up, in_emergency), (danger, parallel)
        spec = Spec(*known, run, summary, body, *of_seats, *on_pages, binding, undo, tuple(locks_first))
        REGISTRY[verb] = spec
        run.spec = spec  # type: ignore[attr-defined]
        return run

    return declare


def record_refusal(actor: Actor, verb: str, target: Any, refusal: Refused, object_id: str = "") -> None:
    """Remember a refusal, in a transaction of its own and in the name of the actor; a repeated one is counted."""
    row = audit.entry(actor, verb, target, outcome="refused", reason=refusal.code, object_id=object_id)
    with seat_context(actor):
        audit.append_refusal(row)


def _inside(spec: Spec, body: Callable[..., Any], actor: Actor, target: Any, version: int | None, fields: Any) -> Any:
    change = Change(actor)
    token = _under_way.set(change)
    try:
        # what is written down is in the Community's working language, whoever reads the page in another
        language = translation.override(settings.LANGUAGE_CODE)
        with act_context(actor, spec.verb), writing("action"), taken() as guards, language:
            for guard in guards:
                guard.enter()
            ask_key(actor, spec)  # of what the key was used for, not of its parts
            row, before, changed = _carried_out(spec, body, actor, target, version, fields)
            _tell(spec, change, row)
            for guard in guards:
                guard.leave(row)
        with act_context(actor, spec.verb, behalf={who.seat_id for *_note, who in change.notes} - {actor.seat_id}):
            # last, because the head of each chain stays locked from here to the commit
            audit.append(_audit_rows(spec, change, row, before, changed))
        return row
    finally:
        _under_way.reset(token)


def _carried_out(
    spec: Spec, body: Callable[..., Any], actor: Actor, target: Any, version: int | None, fields: Any
) -> tuple[Any, str, list[str]]:
    """(the row, its state before, the columns changed), or Refused."""
    row = None if spec.creates else _locked(spec, actor, target, version)
    before, loaded = (getattr(row, "state", ""), _columns(row)) if row is not None else ("", {})
    _ask(spec, actor, row, before)
    row = body(actor, row, **fields)
    changed = _save(spec, actor, row, loaded)
    if not spec.model._default_manager.visible_to(actor).filter(pk=row.pk).exists():
        raise Refused("out-of-scope")
    return row, before, changed


def _locked(spec: Spec, actor: Actor, target: Any, version: int | None) -> Any:
    if target is None:
        raise Refused("not-visible")
    seen = spec.model._default_manager.visible_to(actor).filter(pk=target.pk)
    for path in spec.locks_first:
        wholes = spec.model._meta.get_field(path).related_model._base_manager.filter(pk__in=seen.values(path))
        list(wholes.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    row = seen.select_for_update(of=("self",)).first()
    if row is None:
        raise Refused("not-visible")
    if version is not None and getattr(row, "version", version) != version:
        raise Refused("stale", record=row)
    return row


def judge(spec: Spec, actor: Actor, row: Any) -> None:
    """Refuse who may not do it, as the act itself would: asked where their input is wrong, before a word of that."""
    try:
        ask_key(actor, spec)
        _ask_right(spec, actor, row)
    except Refused as refusal:
        record_refusal(actor, spec.verb, row or spec.model, refusal)
        raise


def ask_key(actor: Actor, spec: Spec) -> None:
    """Refused for a key with verbs of its own that does not name this one."""
    if actor.verbs and spec.verb not in actor.verbs:
        raise Refused(Refusals.KEY_OTHER_VERB)


def ask_seat(actor: Actor, spec: Spec) -> None:
    """Refused for a seat, or a key, that never does this verb, whatever the record."""
    if not (actor.may_write or spec.by_readers):
        raise Refused("read-only")
    if not open_to(actor, spec):
        raise Refused(Refusals.EMERGENCY_SEAT)


def _ask_right(spec: Spec, actor: Actor, row: Any) -> None:
    ask_seat(actor, spec)
    verdict = spec.policy(actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))


def _ask(spec: Spec, actor: Actor, row: Any, state: str) -> None:
    _ask_right(spec, actor, row)
    if row is not None and state not in spec.starts:
        raise Refused("wrong-state", spec.otherwise, record=row)
    if wants_proof(actor, spec):
        raise Refused(Refusals.STEP_UP)


def wants_proof(actor: Actor, spec: Spec) -> bool:
    """Whether the person has to give their second factor anew before this verb; the portal's own work has none to
    ask."""
    in_person = spec.binding is not None and spec.binding.in_person and actor.via == "web"
    return not actor.proven and (in_person or (spec.step_up and actor.via in {"web", "api"}))


def open_to(actor: Actor, spec: Spec) -> bool:
    """Whether a verb is done from this kind of seat at all: an emergency seat reads, and shares and decides nothing."""
    return actor.seat_kind != "emergency" or spec.by_readers or spec.in_emergency


def may_begin(actor: Actor, spec: Spec) -> bool:
    """Whether a seat may do a verb that makes a record, as the act itself asks it: for what offers it."""
    return (actor.may_write or spec.by_readers) and open_to(actor, spec) and bool(spec.policy(actor, None))


def _columns(row: Any) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def _save(spec: Spec, actor: Actor, row: Any, loaded: dict[str, Any]) -> list[str]:
    """Save what the body changed, with the new state and version; the names of the changed columns."""
    if len(spec.ends) == 1:
        row.state = next(iter(spec.ends))
    elif row.state not in spec.ends:
        raise RuntimeError(f"{spec.verb} must end in one of {sorted(spec.ends)}, not {row.state}")
    changed = [name for name, value in _columns(row).items() if loaded and loaded[name] != value]
    if hasattr(row, "version"):
        row.version += 0 if spec.creates else 1
        row.changed_by_seat_id = actor.seat_id
        row.save(update_fields=[*{*changed, "state", "version", "changed_at", "changed_by_seat_id"}])
    else:
        row.save(update_fields=[*{*changed, "state"}])
    return changed


def _tell(spec: Spec, change: Change, row: Any) -> None:
    stream_log.add([(spec.verb, row), *((verb, other) for verb, other, *_ in change.notes)])
    outbox.write_all(change.emitted, request_id=change.actor.request_id)


def _audit_rows(spec: Spec, change: Change, row: Any, before: str, columns: list[str]) -> list[Any]:
    main = audit.entry(
        change.actor, spec.verb, row, outcome="done", before=before, after=getattr(row, "state", ""), changed=columns
    )
    others = [
        audit.entry(who, verb, other, outcome="done", before=was, after=now, detail=detail, changed=changed)
        for verb, other, was, now, detail, changed, who in change.notes
    ]
    return [main, *others]


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb for a page's button or the API's list: may it be carried out, and if not, why."""

    spec: Spec
    allowed: bool
    why_not: str

    @property
    def verb(self) -> str:
        return self.spec.name

    @property
    def label(self) -> str:
        return str(self.spec.label)


def offers(actor: Actor | None, row: models.Model) -> list[Offer]:
    """What the actor could do with a loaded row, in the order of declaration. No queries.

    Verbs of another state are left out; verbs that a policy refuses come with the reason.
    """
    if actor is None:
        return []
    state = getattr(row, "state", "")
    found = []
    for spec in REGISTRY.values():
        if spec.model is not type(row) or spec.automatic or state not in spec.starts or not open_to(actor, spec):
            continue
        verdict = spec.policy(actor, row) if actor.may_write else Refused("read-only")
        refusal = "" if verdict is True else Refused("may-not", getattr(verdict, "code", "")).message
        found.append(Offer(spec, not refusal, refusal))
    return found


def state_table(model: type[models.Model]) -> list[tuple[str, str, str]]:
    """(from, verb, to) lines of a record type, for documents and their check."""
    return [
        (start, spec.verb, end)
        for spec in REGISTRY.values()
        if spec.model is model
        for start in sorted(spec.starts) or [""]
        for end in sorted(spec.ends)
    ]
