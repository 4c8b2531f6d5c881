"""Files for lists: sending one, looking at what it changes, applying it; two people for one that withdraws much."""

import hashlib
import zlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.models import Level
from apps.access.refusal import Refused
from apps.screening import policy
from apps.screening import readers as readers_readers
from apps.screening.actions.entries import LONGEST_WHY, own_list
from apps.screening.actions.lists import readers
from apps.screening.models import ImportLine, Instruction, ListImport, ListImportContent, WatchList
from apps.screening.readers import Broken
from apps.screening.refusals import Refusals

I = ListImport.State  # noqa: E741  (as H and S elsewhere)


@action(
    "import.send",
    model=ListImport,
    label=_("Send a file"),
    done=_("Sent a file for a watchlist"),
    policy=policy.may_import,
    ends={I.RECEIVED, I.REFUSED},
    takes={
        "list": forms.CharField(label=pgettext_lazy("field, screening", "List"), max_length=30),
        "replaces": forms.BooleanField(label=_("The file replaces the whole list"), required=False),
        "instruction": forms.ChoiceField(
            label=_("Instruction for lines without one"), required=False, choices=Instruction.choices
        ),
    },
)
def send_list_file(
    actor: Actor,
    _row: None,
    *,
    list: str,
    data: bytes,
    file_name: str = "",
    replaces: bool = False,
    instruction: str = "",
) -> ListImport:
    """Hand in a file for a list of one's own party; it is read at once, and nothing is changed by that.

    A file that nobody reads, or that is broken at its beginning, is refused with the place.
    """
    home = own_list(actor, list)
    try:
        form, fault = readers_readers.form_of(data), None
    except Broken as broken:
        form, fault = ListImport.Form.JSON_LINES, broken
    source = ListImport.objects.create(
        list=home,
        owner_id=home.owner_id,
        originator_id=home.originator_id,
        level=Level.CONFIDENTIAL,
        file_name=file_name[-120:],
        form=form,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        replaces=replaces,
        instruction=instruction or Instruction.INFORM,
        sent_by=actor.person,
        state=I.RECEIVED,
    )
    share(actor, source, readers(home.originator_id, home.owner_id, actor.desk_id))
    if fault is not None:
        source.state = I.REFUSED
        source.fault, source.fault_line = fault.message, fault.line
        return source
    ListImportContent.objects.create(source=source, packed=zlib.compress(data, 6))
    emit("import.received", source)
    return source


@action(
    "import.bring_in",
    model=ListImport,
    label=pgettext_lazy("button, screening", "Apply"),
    done=_("Applied a file to a watchlist"),
    policy=policy.may_apply,
    starts={I.PREVIEWED, I.HELD},
    ends=I.APPLYING,
)
def apply_list_import(actor: Actor, source: ListImport) -> ListImport:
    """Let the list become what the file says, all of it or nothing; not where it takes two people."""
    return _to_be_applied(actor, source)


def _to_be_applied(actor: Actor, source: ListImport) -> ListImport:
    # locked, so that nobody closes the list at this moment
    if WatchList.objects.select_for_update(no_key=True).get(pk=source.list_id).state != WatchList.State.OPEN:
        raise Refused("wrong-state", Refusals.LIST_CLOSED)
    if ListImport.objects.filter(list=source.list_id, state=I.APPLYING).exists():
        raise Refused("wrong-state", Refusals.IMPORT_RUNNING)
    source.applied_by, source.applied_by_seat_id = actor.person, actor.seat_id
    emit("import.confirmed", source)
    return source


@action(
    "import.propose",
    model=ListImport,
    label=_("Propose the import"),
    done=_("Proposed to apply a file that withdraws much"),
    policy=policy.may_import,
    starts={I.HELD},
    ends=I.PROPOSED,
    takes={"why": forms.CharField(label=_("Why so many entries are withdrawn"), max_length=LONGEST_WHY)},
)
def propose_list_import(actor: Actor, source: ListImport, *, why: str) -> ListImport:
    """Say that an import that withdraws much of its list is right; a second person has to confirm it."""
    source.proposed_by, source.proposed_by_user_id, source.why = actor.person, actor.user_id, why
    return source


@action(
    "import.countersign",
    model=ListImport,
    label=_("Confirm and apply"),
    done=_("Confirmed and applied a file as the second person"),
    policy=policy.may_confirm,
    starts={I.PROPOSED},
    ends=I.APPLYING,
    danger=True,
)
def countersign_list_import(actor: Actor, source: ListImport) -> ListImport:
    """Confirm as the second person that an import that withdraws much is right; it is applied."""
    return _to_be_applied(actor, source)


@action(
    "import.drop",
    model=ListImport,
    label=pgettext_lazy("button, screening", "Discard"),
    done=_("Dropped a file that was not applied"),
    policy=policy.may_import,
    starts={I.PREVIEWED, I.HELD, I.PROPOSED, I.APPLYING},
    ends=I.DROPPED,
    danger=True,
)
def drop_import(actor: Actor, source: ListImport) -> ListImport:
    """Put a file aside that is not applied yet; its bytes and its lines are removed."""
    forget(source)
    return source


def forget(source: ListImport) -> None:
    """Remove what a file held once it is of no use: the numbers of what it did stay."""
    ListImportContent.objects.filter(source=source).delete()
    ImportLine.objects.filter(source=source).delete()


def content_of(source: ListImport) -> bytes:
    """The bytes of a file."""
    packed: Any = ListImportContent.objects.get(source=source).packed
    return zlib.decompress(bytes(packed))
