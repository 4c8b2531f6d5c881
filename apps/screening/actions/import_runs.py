"""The portal's own part of an import: comparing the file, and bringing the list up to it in one transaction."""

from collections.abc import Collection
from itertools import batched
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.models import Level
from apps.screening import policy, queries
from apps.screening.actions import import_preview
from apps.screening.actions.files import GONE, bring_up, withdraw_some
from apps.screening.actions.imports import content_of, forget
from apps.screening.actions.lists import readers
from apps.screening.models import ImportLine, Instruction, ListImport, WatchList
from apps.screening.queries import import_progress
from apps.screening.readers import Broken

I = ListImport.State  # noqa: E741  (as H and S elsewhere)
C = ImportLine.Change


@action(
    "import.read",
    model=ListImport,
    label=pgettext_lazy("button, screening", "Read"),
    done=_("Compared a file with its watchlist"),
    policy=policy.may_run_lists,
    starts={I.RECEIVED},
    ends={I.PREVIEWED, I.HELD, I.REFUSED},
    automatic=True,
)
def read_list_file(actor: Actor, source: ListImport) -> ListImport:
    """Compare a file with its list: what is new, changed, unchanged, rejected, and what would be withdrawn.

    Ends in `held` where it would withdraw as much as the rules of lists give to two people, in `refused` where the
    file breaks off.
    """
    source.seen, source.active_before = queries.print_of(source.list_id)
    ImportLine.objects.filter(source=source).delete()
    try:
        tally = import_preview.compared(source, content_of(source), import_progress.of(source))
    except Broken as broken:
        forget(source)
        source.state, source.fault, source.fault_line = I.REFUSED, broken.message[:300], broken.line
        return source
    for line in tally.shown:
        line.source = source
    ImportLine.objects.bulk_create(tally.shown, batch_size=1000)
    source.read, source.unchanged = tally.read, tally.unchanged
    source.created, source.updated = tally.counts[C.NEW], tally.counts[C.CHANGED]
    source.withdrawn, source.rejected = tally.counts[C.WITHDRAWN], tally.counts[C.REJECTED]
    heavy = queries.limits().withdraws_much(source.withdrawn, source.active_before)
    source.state = I.HELD if heavy else I.PREVIEWED
    return source


@action(
    "import.carry_out",
    model=ListImport,
    label=pgettext_lazy("button, screening", "Apply the import"),
    done=_("Brought a watchlist up to its file"),
    policy=policy.may_run_lists,
    starts={I.APPLYING},
    ends={I.APPLIED, I.RECEIVED},
    automatic=True,
)
def carry_out_list_import(actor: Actor, source: ListImport) -> ListImport:
    """Bring the list up to the file, all of it in this transaction; or compare again where the list has changed since.

    The entries' history names who applied the file.
    """
    if source.form != ListImport.Form.COMMAND and queries.print_of(source.list_id)[0] != source.seen:
        source.state = I.RECEIVED
        source.fault = _now("The list has changed since. This is what the file changes now. Check it again.")
        emit("import.received", source)
        return source
    home, counts, seat_id = source.list, dict[str, int](), source.applied_by_seat_id or actor.seat_id
    ended: Collection[Any]
    if source.form == ListImport.Form.COMMAND:
        ended = list(ImportLine.objects.filter(source=source).values_list("entry_id", flat=True))
    else:
        ended = _bring_up(actor, source, counts, seat_id)
    for some in batched(ended, import_preview.BATCH):
        withdraw_some(home, some, counts, seat_id=seat_id, why=source.why or GONE)
    for name in ("created", "updated", "unchanged", "withdrawn"):
        setattr(source, name, counts.get(name, 0))
    source.state, source.applied_at, source.fault = I.APPLIED, timezone.now(), ""
    forget(source)
    return source


def _bring_up(actor: Actor, source: ListImport, counts: dict[str, int], seat_id: int) -> list[Any]:
    """Write the file's lines; ids of the entries that it withdraws."""
    note, done, named = import_progress.of(source), 0, set[str]()
    why = pgettext("words, screening", "Import of %(name)s") % {"name": source.file_name or source.get_form_display()}
    for some in batched(import_preview.lines_of(source, content_of(source)), import_preview.BATCH):
        named.update(one.reference for one in some)
        lines = [one.line for one in some if one.line is not None]
        bring_up(actor, source.list, lines, counts, seat_id=seat_id, why=why[:300])
        done += len(some)
        note(done)
    return [pk for pk, *_rest in import_preview.missing(source, named)] if source.replaces else []


@action(
    "import.hold",
    model=ListImport,
    label=pgettext_lazy("button, screening", "Hold the import"),
    done=_("Held a file for two people"),
    policy=policy.may_run_lists,
    ends=I.HELD,
    automatic=True,
)
def hold_list_import(
    actor: Actor, _row: None, *, home: WatchList, entries: Collection[tuple[Any, str, str]]
) -> ListImport:
    """Keep what an operator's file would withdraw, `entries` as (id, reference, name), until two people confirm it."""
    source = ListImport.objects.create(
        list=home,
        owner_id=home.owner_id,
        originator_id=home.originator_id,
        level=Level.CONFIDENTIAL,
        form=ListImport.Form.COMMAND,
        replaces=True,
        instruction=Instruction.INFORM,
        sent_by=actor.person,
        withdrawn=len(entries),
        active_before=queries.print_of(home.pk)[1],
        state=I.HELD,
    )
    share(actor, source, readers(home.originator_id, home.owner_id))
    ImportLine.objects.bulk_create(
        [
            ImportLine(source=source, change=C.WITHDRAWN, entry_id=pk, reference=reference, name=name)
            for pk, reference, name in entries
        ],
        batch_size=2000,
    )
    return source
