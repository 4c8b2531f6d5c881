"""Writing reports: the draft, its changes, the next version, and the variant for a wider circle."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also
from apps.access.grants import share
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.exchange.queries import orcon_answers
from apps.files.actions import attach
from apps.files.forms import UploadField
from apps.files.rules.intake import Stored
from apps.rifc import policy
from apps.rifc.actions import fields, sealing
from apps.rifc.models import NamedPerson, Paragraph, Report, SourceReference
from apps.rifc.models.reports import PRECISIONS
from apps.rifc.queries import citations, rule, source_references, targets, texts, violations, vocabulary
from apps.rifc.refusals import Refusals
from apps.rifc.rules.facts import Facts
from apps.rifc.rules.gradings import implied
from apps.rifc.rules.release import invalid, portions_above

R = Report.State
KINDS_OF_FILES = ("pdf", "docx", "xlsx", "odt", "ods", "png", "jpg", "txt", "csv")
COLUMNS = (
    *("kind", "title", "summary", "tlp", "orcon", "handling", "eyes", "threat_categories", "language", "info_cutoff"),
    *("event_from", "event_to", "event_precision", "event_place", "valid_to", "change_note"),
)
"""Inputs that are columns of the same name."""


def text_fields() -> dict[str, forms.Field]:
    """The input of everything that writes a version."""
    return {
        "kind": fields.Kind(label=pgettext_lazy("field, rifc", "Kind"), initial="information_report"),
        "title": forms.CharField(
            label=pgettext_lazy("field, rifc", "Title"),
            max_length=200,
            help_text=_("shown in lists, so mark it like any content"),
        ),
        "title_portion": fields.Portion(label=_("Marking of the title"), required=False, initial="U", max_length=20),
        "summary": fields.reason_field(pgettext_lazy("words, rifc", "Summary"), 2000, required=False),
        "paragraphs": fields.Paragraphs(label=pgettext_lazy("field, rifc", "Paragraphs"), required=False),
        "classification": fields.Classification(
            label=pgettext_lazy("field, rifc", "Classification"), initial="RESTRICTED"
        ),
        "tlp": fields.Terms(
            "tlp", label=pgettext_lazy("field, rifc", "TLP"), initial="AMBER", widget=forms.RadioSelect
        ),
        "orcon": forms.BooleanField(
            label=pgettext_lazy("field, rifc", "ORCON"),
            required=False,
            help_text=_("recipients may not share anything without your consent"),
        ),
        "handling": fields.CodeList("handling", label=pgettext_lazy("field, rifc", "Handling"), required=False),
        "eyes": fields.Parties(label=_("EYES: for these parties only"), required=False),
        "named_persons": fields.Codes(
            label=pgettext_lazy("words, rifc", "Named people"), required=False, help_text=_("user names, for TLP:RED")
        ),
        "threat_categories": fields.CodeList(
            "threat_category", label=pgettext_lazy("field, rifc", "Threat categories"), required=False
        ),
        "language": fields.Terms("language", label=pgettext_lazy("field, rifc", "Language"), required=False),
        "info_cutoff": fields.moment_field(_("Information up to (UTC)")),
        "event_from": fields.moment_field(_("Event from (UTC)")),
        "event_to": fields.moment_field(_("Event until (UTC)")),
        "event_precision": forms.ChoiceField(
            label=pgettext_lazy("field, rifc", "Precision"),
            required=False,
            choices=[("", "–"), *((one, one) for one in PRECISIONS)],
        ),
        "event_place": forms.CharField(label=pgettext_lazy("field, rifc", "Place"), required=False, max_length=200),
        "valid_to": forms.DateField(
            label=pgettext_lazy("field, rifc", "Valid until"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
        "file": UploadField(label=_("File to attach"), required=False, kinds=KINDS_OF_FILES),
        **sealing.sealing_fields(),
    }


@action(
    "rifc_report.draft",
    model=Report,
    label=_("Write a report"),
    done=_("Began a report"),
    policy=policy.may_write,
    ends=R.DRAFT,
    takes=text_fields(),
)
def draft_rifc_report(actor: Actor, _row: None, *, file: Stored | None = None, **given: Any) -> Report:
    """Begin a report. Your desk alone sees it until it is shared."""
    row = Report(owner_id=actor.desk_id, originator_id=actor.party_code, author_id=actor.user_id)
    return _begun(actor, row, given, file)


def _begun(actor: Actor, row: Report, given: dict[str, Any], file: Stored | None) -> Report:
    paragraphs, persons = written(actor, row, given)
    sealing.refuse_files(row, file)
    row.save(force_insert=True)
    share(actor, row, [actor.desk_id])
    keep_parts(actor, row, paragraphs, persons)
    if file is not None:
        attach(actor, row, file)
    return row


def written(actor: Actor, row: Report, given: dict[str, Any]) -> tuple[list[dict[str, Any]], list[Any]]:
    """Set what was given on the row; (its paragraphs, seats of the persons named). Errors at their fields."""
    for name in COLUMNS:
        if name in given:
            setattr(row, name, given[name])
    row.language = row.language or "en"
    row.level = given.get("classification", row.level)
    row.title_level = given.get("title_portion", row.title_level) or 0
    row.written_by = sorted({*row.written_by, actor.user_id})
    if row.level > actor.clearance:
        raise ValidationError(
            {"classification": _now("You would not be cleared to read this report. Choose a lower classification.")}
        )
    if row.event_from and row.event_to and row.event_to < row.event_from:
        raise ValidationError({"event_to": _now("The end is before the start. Correct one of the two.")})
    paragraphs = given.get("paragraphs") or []
    sealing.settle(row, given, paragraphs)
    persons = _persons(actor, given.get("named_persons") or [], row.level)
    _implied_handling(row, paragraphs)
    row.third_parties = _third_parties(actor, row, paragraphs)
    _keep_rules(row, paragraphs, persons)
    row.words = "\n".join([row.summary, *(one["text"] for one in paragraphs)]).strip()
    return paragraphs, persons


def _persons(actor: Actor, usernames: list[str], level: int) -> list[Any]:
    seats, unknown = targets.people(usernames)
    if unknown:
        raise ValidationError(
            {"named_persons": _now("Not at a desk of the community: %(names)s.") % {"names": ", ".join(unknown)}}
        )
    low = [s.user.username for s in seats if min(s.user.clearance, s.desk.function.max_level) < level]
    if low:
        raise violations.broken("named_persons", [violations.Finding("V04", name) for name in low])
    return seats


def _implied_handling(row: Report, paragraphs: list[dict[str, Any]]) -> None:
    """What the gradings' own handling brings with it (rules.gradings.implied)."""
    brought: set[str] = set()
    for one in paragraphs:
        grade = vocabulary.grade(one["scheme"], one["grade"]) if one["grade"] else None
        brought |= implied(grade) if grade else set()
    row.orcon = row.orcon or "ORCON" in brought
    row.handling = sorted({*row.handling, *brought} - {"ORCON"})


def _third_parties(actor: Actor, row: Report, paragraphs: list[dict[str, Any]]) -> list[str]:
    """Other parties whose reports are quoted, those that these quote included, and whose ORCON answers are.

    What quotes an answer given with ORCON is ORCON itself; its release asks the party that answered, as for reports.
    """
    quoted = {thread for one in paragraphs for thread in [*one["cites"], *one["corroborated_by"]]}
    found = citations.cited(actor, quoted)
    missing = quoted - set(found) | ({row.thread} & quoted)
    if missing:
        names = ", ".join(sorted(map(str, missing)))
        raise ValidationError(
            {"paragraphs": _now("No report %(ids)s that you can quote. Check the id.") % {"ids": names}}
        )
    cited = {thread for one in paragraphs for thread in one["cites"]}
    parties = {party for thread in cited for party in (found[thread].originator_id, *found[thread].third_parties)}
    answered = set(orcon_answers.originators(actor, [row.summary, *(one["text"] for one in paragraphs)])) - {
        row.originator_id
    }
    row.orcon = row.orcon or bool(answered)
    return sorted((parties | answered) - {row.originator_id})


def _keep_rules(row: Report, paragraphs: list[dict[str, Any]], persons: list[Any]) -> None:
    marking = Facts(
        state="draft",
        originator=row.originator_id,
        desk="",
        classification=row.level,
        tlp=row.tlp,
        orcon=row.orcon,
        handling=frozenset(row.handling),
        eyes=frozenset(row.eyes),
        persons=frozenset(seat.user.username for seat in persons),
    )
    wrong = invalid(marking)
    if wrong:
        raise violations.codes("tlp", wrong)
    unknown = sorted(set(row.eyes) - set(rule.members()))
    if unknown:
        raise ValidationError({"eyes": _now("Not members of the MoU: %(codes)s.") % {"codes": ", ".join(unknown)}})
    marks = [(pgettext("words, rifc", "The title"), row.title_level)]
    marks += [(violations.place(number), one["portion"]) for number, one in enumerate(paragraphs, start=1)]
    above = portions_above(row.level, marks)
    if above:
        raise violations.broken("classification", above)


def keep_parts(actor: Actor, row: Report, paragraphs: list[dict[str, Any]], persons: list[Any]) -> None:
    """Paragraphs, references of sources and named persons in place of those of before.

    A paragraph keeps its `pid`, and the reference of its source where none is given anew: nobody but the handler can
    see it to send it again.
    """
    kept = {} if row.sealed else _references(row)  # beside a sealed text nothing is known of sources
    Paragraph.objects.filter(report=row).delete()
    names = ("text", "portion", "scheme", "grade", "source_type", "releasable", "cites", "corroborated_by")
    rows = [
        Paragraph(report=row, order=order, pid=one["pid"] or uuid.uuid4(), **{name: one[name] for name in names})
        for order, one in enumerate(paragraphs, start=1)
    ]
    Paragraph.objects.bulk_create(rows)
    references = []
    for made, one in zip(rows, paragraphs, strict=True):
        if one["source_ref"]:
            references.append(_reference(actor, made, one["source_ref"]))
        elif made.pid in kept:
            references.append(SourceReference(paragraph=made, **kept[made.pid]))
    SourceReference.objects.bulk_create(references)
    NamedPerson.objects.filter(report=row).delete()
    NamedPerson.objects.bulk_create(NamedPerson(report=row, user_id=seat.user_id) for seat in persons)
    sealing.keep(actor, row)


def _reference(actor: Actor, paragraph: Paragraph, reference: str) -> SourceReference:
    party = actor.party_code
    return SourceReference(
        paragraph=paragraph,
        desk_id=actor.desk_id,
        party_id=party,
        pseudonym=source_references.pseudonym(party, actor.desk_code, reference),
        sealed=source_references.seal(party, reference),
    )


def _references(row: Report) -> dict[uuid.UUID, dict[str, Any]]:
    """What is kept of sources by `pid`, still sealed."""
    columns = ("desk_id", "party_id", "pseudonym", "sealed")
    rows = SourceReference.objects.filter(paragraph__report=row).values("paragraph__pid", *columns)
    return {one["paragraph__pid"]: {name: one[name] for name in columns} for one in rows}


@action(
    "rifc_report.revise",
    model=Report,
    label=_("Change the text"),
    done=_("Changed the text of a report"),
    policy=policy.may_change,
    starts={R.DRAFT, R.RETURNED},
    ends={R.DRAFT, R.RETURNED},
    takes={**text_fields(), "paragraphs": fields.Paragraphs(label=pgettext_lazy("field, rifc", "Paragraphs"))},
)
def revise_rifc_report(actor: Actor, row: Report, *, file: Stored | None = None, **given: Any) -> Report:
    """Change a text that is not handed in."""
    paragraphs, persons = written(actor, row, {"named_persons": texts.named_usernames(row)} | given)
    sealing.refuse_files(row, file)
    keep_parts(actor, row, paragraphs, persons)
    if file is not None:
        same = next((one for one in texts.files(row) if one.name == file.name), None)
        attach(actor, row, file, supersedes=same)
    return row


@action(
    "rifc_report.supersede",
    model=Report,
    label=_("Write the next version"),
    done=_("Began the next version of a report"),
    policy=policy.may_write,
    ends=R.DRAFT,
    takes={
        **text_fields(),
        "change_note": forms.CharField(
            label=pgettext_lazy("field, rifc", "What changes"), required=False, max_length=300
        ),
    },
)
def supersede_rifc_report(actor: Actor, _row: None, *, of: Report, file: Stored | None = None, **given: Any) -> Report:
    """Begin the next version of a shared report; the present one stays in force until the new one is shared."""
    before = _locked_for(actor, of, {R.SHARED, R.RECALLED})
    latest = Report.objects.filter(thread=before.thread).order_by("-edition")[0]
    if latest.state not in {*Report.OUT, R.WITHDRAWN}:
        raise Refused("wrong-state", Refusals.VERSION_OPEN, record=before)
    row = Report(
        owner_id=before.owner_id,
        originator_id=before.originator_id,
        author_id=actor.user_id,
        thread=before.thread,
        edition=latest.edition + 1,
        number=before.number,
        register_number=before.register_number,
        variant_of_id=before.variant_of_id,
    )
    made = _begun(actor, row, given, file)
    if not made.sealed:  # what it was made of would lie beside the sealed text in clear
        _carry_references(before, made)
        _carry_files(actor, before, made, file)
    return made


def _carry_references(before: Report, made: Report) -> None:
    """References of sources of paragraphs that go on, still sealed, where none was given anew."""
    kept = _references(before)
    rows = Paragraph.objects.filter(report=made, pid__in=kept)
    have = set(SourceReference.objects.filter(paragraph__in=rows).values_list("paragraph_id", flat=True))
    SourceReference.objects.bulk_create(
        SourceReference(paragraph=row, **kept[row.pid]) for row in rows if row.pk not in have
    )


def _carry_files(actor: Actor, before: Report, made: Report, file: Stored | None) -> None:
    for one in texts.files(before):
        if file is None or one.name != file.name:
            attach(actor, made, Stored.again(one))


def _locked_for(actor: Actor, of: Report, states: set[str]) -> Report:
    """The version that another is made from, locked; Refused like an action on it."""
    seen = Report.objects.visible_to(actor).select_for_update(of=("self",))
    row: Report = visible_or_404(seen, actor, of.pk)
    verdict = policy.may_change(actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    if row.state not in states:
        raise Refused("wrong-state", record=row)
    return row


@action(
    "rifc_report.sanitise",
    model=Report,
    label=_("Write a variant for a wider audience"),
    done=_("Began a variant of a report for a wider circle"),
    policy=policy.may_write,
    ends=R.DRAFT,
    takes={
        **text_fields(),
        "checklist": fields.CodeList("sanitising", label=pgettext_lazy("field, rifc", "Checked"), required=False),
        "discloses": forms.BooleanField(label=_("Disclose that a fuller report exists"), required=False),
    },
)
def sanitise_rifc_report(
    actor: Actor,
    _row: None,
    *,
    of: Report,
    file: Stored | None = None,
    checklist: tuple[str, ...] = (),
    discloses: bool = False,
    **given: Any,
) -> Report:
    """Begin a report of its own with less in it; its recipients do not learn of the fuller one."""
    whole = _locked_for(actor, of, {R.SHARED, R.APPROVED})
    missing = [label for code, label in vocabulary.choices("sanitising") if code not in checklist]
    if missing:
        raise ValidationError(
            {"checklist": _now("Check each of these first: %(list)s.") % {"list": "; ".join(missing)}}
        )
    row = Report(
        owner_id=whole.owner_id,
        originator_id=whole.originator_id,
        author_id=actor.user_id,
        variant_of=whole,
        checklist=sorted(checklist),
        discloses=discloses,
    )
    made = _begun(actor, row, given, file)
    if made.level > whole.level:
        raise ValidationError({"classification": _now("A variant cannot be marked higher than its source report.")})
    also("rifc_report.sanitise", whole, variant=str(made.pk))
    return made
