"""What happens to an issued paper: corrections, translations, comments."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import groups_that_see, share
from apps.council.models import Paper, PaperComment, PaperVersion, Translation
from apps.council.papers import policy
from apps.council.papers.actions import fields
from apps.council.papers.actions.papers import keep_text
from apps.council.papers.queries import papers as queries
from apps.council.policy import may_keep, may_propose
from apps.files.actions import attach
from apps.files.rules.intake import Stored

P = Paper.State
KINDS = [("Rev", _("Revision: a complete new text")), ("Corr", _("Corrigendum: clerical errors"))]
LANGUAGE = forms.ChoiceField(label=pgettext_lazy("field, council", "Language"), choices=fields.LANGUAGES)
COPIED = ("organ_id", "meeting_id", "item_id", "language", "level", "caveat", "embargo_until", "wants_receipt", "late")


@action(
    "paper.correct",
    model=Paper,
    label=pgettext_lazy("button, council", "Correct"),
    done=_("Issued a corrected paper"),
    policy=may_keep,
    starts={P.ISSUED},
    ends=P.SUPERSEDED,
    takes={
        "kind": forms.ChoiceField(label=pgettext_lazy("field, council", "Kind"), choices=KINDS),
        "body": fields.body_field(required=True),
        "note": fields.note_field(pgettext_lazy("field, council", "What changed"), required=True),
    },
)
def correct_paper(actor: Actor, paper: Paper, *, kind: str, body: str, note: str) -> Paper:
    """Issue a corrected paper in place of this one, as Rev.n or Corr.n; its translations are then out of date."""
    if fields.one_line(body) == paper.words:
        raise ValidationError({"body": _now("This is the current text. Change what has to be corrected.")})
    now = timezone.now()
    new = Paper.objects.create(
        owner_id=paper.owner_id,
        originator_id=paper.originator_id,
        number=queries.next_suffix(str(paper.number), kind),
        title=paper.title,
        supersedes=paper,
        words=fields.one_line(body),
        issued_at=now,
        shared_at=now if paper.shared_at else None,
        state=P.ISSUED,
        **{name: getattr(paper, name) for name in COPIED},
    )
    for row in queries.files(paper):
        attach(actor, new, Stored(row.blob.sha256, row.blob.size, row.blob.media_type, row.name))
    keep_text(actor, new, note)
    share(actor, new, groups_that_see(paper), basis="correction")
    _carry_translations(paper, new)
    also("paper.issue", new, after=P.ISSUED)
    if new.shared_at:
        emit("paper.corrected", new, {"supersedes": str(paper.pk)})
    return paper


def _carry_translations(paper: Paper, new: Paper) -> None:
    """The translations of the earlier text stand beside the new one, out of date, until they are made anew."""
    names = ("language", "kind", "title", "body", "source_hash", "reviewed", "seat_id")
    old = list(Translation.objects.filter(paper=paper).values(*names))
    Translation.objects.bulk_create(Translation(paper=new, **row) for row in old)
    if old:
        emit("translation.stale", new, {"languages": sorted(row["language"] for row in old)})


@action(
    "paper.comment",
    model=Paper,
    label=pgettext_lazy("button, council", "Comment"),
    done=_("Commented on a paper"),
    policy=may_propose,
    starts={P.ISSUED},
    ends=P.ISSUED,
    takes={
        "paragraph": forms.CharField(
            label=pgettext_lazy("field, council", "Paragraph"),
            max_length=20,
            required=False,
            help_text=_("Its number, for example 4(b)"),
        ),
        "text": forms.CharField(
            label=pgettext_lazy("field, council", "Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
        ),
    },
)
def comment_on_paper(actor: Actor, paper: Paper, *, text: str, paragraph: str = "") -> Paper:
    """Comment on the text for your State or body; everybody who sees the paper reads it under its name."""
    PaperComment.objects.create(
        paper=paper, version=paper.current, party_id=actor.party_code, paragraph=paragraph, text=fields.one_line(text)
    )
    return paper


@action(
    "paper.translate",
    model=Paper,
    label=_("Add a translation"),
    done=_("Added a translation of a paper"),
    policy=policy.may_translate,
    starts={P.ISSUED},
    ends=P.ISSUED,
    takes={
        "language": LANGUAGE,
        "kind": forms.ChoiceField(
            label=pgettext_lazy("field, council", "Kind"),
            choices=[
                ("official", _("Official translation by the Secretariat")),
                ("courtesy", pgettext_lazy("choice, council", "Courtesy translation")),
                ("machine", pgettext_lazy("field, council", "Machine translation")),
            ],
        ),
        "title": forms.CharField(label=pgettext_lazy("field, council", "Title"), max_length=200),
        "body": fields.body_field(required=True),
    },
)
def translate_paper(actor: Actor, paper: Paper, *, language: str, kind: str, title: str, body: str) -> Paper:
    """Put the current text into another language; an earlier translation into it is replaced."""
    if language == paper.language:
        raise ValidationError({"language": _now("The original is in this language. Choose another one.")})
    if kind == Translation.Kind.OFFICIAL and actor.function != "secretariat":
        raise ValidationError(
            {"kind": _now("Only the Secretariat can make a translation official. Choose courtesy translation.")}
        )
    source: Any = PaperVersion.objects.get(paper=paper, number=paper.current)
    Translation.objects.update_or_create(
        paper=paper,
        language=language,
        defaults={
            "kind": kind,
            "title": title,
            "body": fields.one_line(body),
            "source_hash": source.sha256,
            "reviewed": False,
            "seat_id": actor.seat_id,
        },
    )
    return paper


@action(
    "paper.review_translation",
    model=Paper,
    label=_("Mark a translation as reviewed"),
    done=_("Reviewed a translation of a paper"),
    policy=may_keep,
    starts={P.ISSUED},
    ends=P.ISSUED,
    takes={"language": LANGUAGE},
)
def review_translation(actor: Actor, paper: Paper, *, language: str) -> Paper:
    """Say that somebody has compared a translation with the current text."""
    row = Translation.objects.filter(paper=paper, language=language).first()
    if row is None:
        raise ValidationError({"language": _now("There is no translation into this language yet. Add one first.")})
    source: Any = PaperVersion.objects.get(paper=paper, number=paper.current)
    if row.source_hash != source.sha256:
        raise ValidationError({"language": _now("This translation is of an earlier text. Update it first.")})
    Translation.objects.filter(pk=row.pk).update(reviewed=True)
    return paper
