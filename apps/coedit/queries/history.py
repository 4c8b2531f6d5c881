"""Who wrote what, and what changed between two moments; as far back as the log is kept."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Subquery

from apps.coedit.models import Document, Update
from apps.coedit.queries import texts
from apps.coedit.yjs import tree
from apps.coedit.yjs.authors import Author, letters
from apps.coedit.yjs.judge import Judge, Refusal

PAUSE = datetime.timedelta(minutes=5)
"""A person who wrote nothing for so long begins a new moment."""
MOMENTS = 500


@dataclass(frozen=True, slots=True)
class Share:
    """Letters of one author that stand in one paragraph now; user 0: the portal, or before the log."""

    pid: str
    user_id: int
    desk_id: int
    letters: int


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a person's work on a text: its state after row `seq`."""

    seq: int
    epoch: int
    user_id: int
    desk_id: int
    began: datetime.datetime
    at: datetime.datetime
    rows: int


@dataclass(frozen=True, slots=True)
class Change:
    """A block before and after; `kind` is same, added, removed or changed; `pid` its id, "" for one without."""

    kind: str
    before: str
    after: str
    pid: str = ""


def shares(section_id: uuid.UUID) -> list[Share]:
    """Who wrote the present text, paragraph by paragraph in its order, the largest share first. Two statements."""
    row = Document.objects.get(pk=section_id)
    log = Update.objects.filter(document=row, epoch=row.epoch, seq__lte=row.seq).order_by("seq")
    rows = [((user, desk), bytes(data)) for user, desk, data in log.values_list("user_id", "desk_id", "data")]
    doc = tree.new_doc(*([bytes(row.snapshot)] if row.snapshot else []), *(data for _, data in rows))
    found = letters(doc.get_update(), rows)
    order = [str(block.get("attrs", {}).get("pid", "")) for block in tree.blocks(tree.to_json(doc))]
    return [
        Share(pid, user, desk, count)
        for pid in dict.fromkeys([*order, ""])
        for (user, desk), count in found.get(pid, Counter()).most_common()
        if count
    ]


def moments(section_id: uuid.UUID) -> list[Moment]:
    """Times at which somebody paused or another took over, newest first; at most 500. One statement."""
    rows = Update.objects.filter(document=section_id).order_by("-seq")
    found: list[Moment] = []
    for seq, epoch, user, desk, at in rows.values_list("seq", "epoch", "user_id", "desk_id", "at").iterator():
        last = found[-1] if found else None
        if last and (last.user_id, last.desk_id, last.epoch) == (user, desk, epoch) and last.began - at < PAUSE:
            found[-1] = Moment(last.seq, epoch, user, desk, at, last.at, last.rows + 1)
        elif len(found) == MOMENTS:
            break
        else:
            found.append(Moment(seq, epoch, user, desk, at, at, 1))
    return found


def at_moment(section_id: uuid.UUID, seq: int) -> tree.Node | None:
    """The text after row `seq`; None when the log does not reach back so far. One statement."""
    if seq <= 0:
        return texts.EMPTY
    updates = [data for _author, data in _log(section_id, seq)]
    return tree.to_json(tree.new_doc(*updates)) if updates and _whole(updates) else None


def _log(section_id: uuid.UUID, seq: int) -> list[tuple[Author, bytes]]:
    """(author, update) of what makes up the text after row `seq`, oldest first: the rows of its epoch."""
    until = Update.objects.filter(document=section_id, seq__lte=seq).order_by("-seq")
    log = until.filter(epoch=Subquery(until.values("epoch")[:1])).order_by("seq")
    return [((user, desk), bytes(data)) for user, desk, data in log.values_list("user_id", "desk_id", "data")]


def authors(section_id: uuid.UUID, seq: int) -> dict[str, list[int]]:
    """{paragraph id: users whose letters stand in it after row `seq`, the largest share first}. One statement."""
    rows = _log(section_id, seq)
    found = letters(tree.new_doc(*(data for _author, data in rows)).get_update(), rows)
    return {pid: list(dict.fromkeys(user for (user, _desk), n in of.most_common() if n)) for pid, of in found.items()}


def _whole(updates: list[bytes]) -> bool:
    """Whether nothing is missing in front of these rows: each builds on what was there."""
    judge = Judge()
    try:
        for data in updates:
            judge.accept(judge.judged(data))
    except Refusal:
        return False
    return True


def compare_moments(section_id: uuid.UUID, before: int, after: int) -> list[Change] | None:
    """What changed block by block between two rows of the log; None when one is no longer kept."""
    old, new = at_moment(section_id, before), at_moment(section_id, after)
    if old is None or new is None:
        return None
    return changes(old, new)


def changes(old: tree.Node, new: tree.Node) -> list[Change]:
    """Two texts block by block; a block that keeps its id and not its words is one that was changed."""
    one, two = _keyed(old), _keyed(new)
    found: list[Change] = []
    for kind, start, stop, first, last in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Change("same", text, text, pid) for pid, text in one[start:stop]]
            continue
        found += _different(one[start:stop], two[first:last])
    return found


def _keyed(content: tree.Node) -> list[tuple[str, str]]:
    return [(str(block.get("attrs", {}).get("pid", "")), tree.block_text(block)) for block in content["content"]]


def _different(one: list[tuple[str, str]], two: list[tuple[str, str]]) -> list[Change]:
    gone = dict(one)
    found: list[Change] = []
    for pid, text in two:
        before = gone.pop(pid, None) if pid else None
        kind = "changed" if before is not None else "added"
        found.append(Change(kind, before or "", text, pid))
    kept = {pid for pid, _ in two if pid}
    return [*(Change("removed", text, "", pid) for pid, text in one if pid not in kept), *found]
