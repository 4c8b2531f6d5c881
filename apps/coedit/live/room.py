"""One text in this process: the committed document, what waits to be committed, and who has it open.

What is typed is judged and tried at once, committed with what else comes within a moment, and only then passed on and
acknowledged: nobody ever sees text that a crash forgets.
"""

import asyncio
import logging
import time
import uuid
from typing import Any

from django.db import DatabaseError, InterfaceError
from pycrdt import merge_updates

from apps.coedit.actions import log as writing
from apps.coedit.live import broadcast
from apps.coedit.live import connection as c
from apps.coedit.live.admission import lost, recheck, touch
from apps.coedit.live.connection import Connection
from apps.coedit.live.presence import Presence
from apps.coedit.live.threads import ask
from apps.coedit.queries import texts
from apps.coedit.yjs import frames, tree
from apps.coedit.yjs.judge import Judge, Refusal
from apps.coedit.yjs.structs import decode, state

log = logging.getLogger("portal.coedit")
PROCESS = uuid.uuid4().hex
GATHER_S = 0.02  # between two commits; the contract allows 0.05
INLINE = 65_536  # bytes of a row that is told with its number
TOUCH_S = 60
AGAIN_S = 0.5  # after the database was away


class Room:
    """A text that somebody has open here. Everything but questions to the database runs in the event loop."""

    def __init__(self, section: uuid.UUID) -> None:
        self.section = section
        self.epoch = self.seq = 0
        self.connections: set[Connection] = set()
        self.presence = Presence()
        self.empty_since = time.monotonic()
        self.lock = asyncio.Lock()
        self.pending: list[tuple[Connection, bytes]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Load the committed text."""
        row, updates = await ask(_read, self.section)
        self.epoch, self.seq = row.epoch, row.seq
        self.doc = tree.new_doc(*texts.state(row, [data for _, _, data in updates]))
        self.owners: dict[int, int] = {}
        for _, user, data in updates:
            self._own(data, user)
        self._begin_trial()

    def _begin_trial(self) -> None:
        """Forget what was tried: the trial stands where the committed text does."""
        whole = self.doc.get_update()
        self.judge, self.trial = Judge(whole), tree.new_doc(whole)

    def _own(self, data: bytes, user: int) -> None:
        for client in {one.client for one in decode(data).structs}:
            self.owners.setdefault(client, user)

    # --- people -----------------------------------------------------------------------------------------------------

    def enter(self, one: Connection) -> None:
        """Begin: who you are, what we have, who else is here."""
        self.connections.add(one)
        one.say(
            "hello", v=1, doc=str(self.section), epoch=self.epoch, mode=one.mode, reason=one.reason, seq=self.seq,
            max_frame=c.FRAME, user=one.admission.user,
        )  # fmt: skip
        one.put(frames.sync(frames.STEP_1, self.doc.get_state()))
        if present := self.presence.present():
            one.put(frames.awareness(present))

    def leave(self, one: Connection) -> None:
        """End: the others see it go."""
        self.connections.discard(one)
        self.pending = [item for item in self.pending if item[0] is not one or one.may_finish]
        self.show(self.presence.left(one), told=True)
        self.empty_since = time.monotonic()

    def show(self, changes: Any, *, told: bool, besides: Connection | None = None) -> None:
        """Pass presence on, to the other processes too when it is news from here (`told`)."""
        if not changes:
            return
        data = frames.awareness(changes)
        self._to_all(data, besides)
        if told:
            broadcast.soon({"type": "coedit.presence", "section": str(self.section), "from": PROCESS, "data": data})

    def _to_all(self, data: bytes, besides: Connection | None = None) -> None:
        for one in self.connections:
            if one is not besides:
                one.put(data)

    # --- updates ----------------------------------------------------------------------------------------------------

    def answer(self, one: Connection, vector: bytes) -> None:
        """What somebody does not have yet, of the committed text."""
        state(vector)
        one.put(frames.sync(frames.STEP_2, self.doc.get_update(vector)))

    def take(self, one: Connection, data: bytes) -> bool:
        """Judge and try an update, in one piece; False for an empty one. Raises Refusal: nothing has happened then."""
        verdict = self.judge.judged(data)
        if verdict.update.empty:
            return False
        for struct, _ in verdict.placed:
            if self.owners.get(struct.client, one.user_id) != one.user_id:
                raise Refusal("schema", "in another's name")
        try:
            self.trial.apply_update(data)
        except Exception as error:  # yrs names no type of its own
            self._retry()
            raise Refusal("decode", "cannot be applied") from error
        self.judge.accept(verdict)
        self.owners.update(dict.fromkeys({struct.client for struct, _ in verdict.placed}, one.user_id))
        self.pending.append((one, data))
        one.updates += 1
        one.size += len(data)
        self.wake()
        return True

    def ask_for(self, one: Connection, number: Any) -> None:
        """Somebody asks how far their text is safe; a number of their comes back with the answer."""
        one.asked.append({"n": number} if isinstance(number, int) else {})
        if not self.lock.locked():
            self._answer_asked()

    def wake(self) -> None:
        """Begin to commit unless that is under way."""
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.get_running_loop().create_task(self._flush(), name="coedit commit")

    async def _flush(self) -> None:
        while self.pending:
            async with self.lock:
                batch, self.pending = self.pending, []
                try:
                    await self._commit(batch)
                except (DatabaseError, InterfaceError) as away:
                    # what may have been committed all the same comes back as a row, and twice does no harm
                    log.warning("not committed", extra={"error": type(away).__name__})
                    self.pending = [item for item in batch if item not in self.pending] + self.pending
                    await asyncio.sleep(AGAIN_S)
            self._answer_asked()
            await asyncio.sleep(GATHER_S)

    def _answer_asked(self) -> None:
        for one in self.connections:
            if one.asked and not any(author is one for author, _ in self.pending):
                for more in one.asked:
                    one.say("ack", seq=self.seq, **more)
                one.asked.clear()

    async def _commit(self, batch: list[tuple[Connection, bytes]]) -> None:
        """Write what is granted; nothing where another process was first: it comes again once those rows are read."""
        if self._is_astray():
            self._refuse_all(batch)
            return
        written = _by_author([item for item in batch if item[0].may_finish])
        rows = [writing.Written(one.user_id, one.admission.actor.desk_id, one.admission.claim, one.grants, data)
                for one, data in written]  # fmt: skip
        outcome = await ask(writing.commit, self.section, self.epoch, self.seq, rows) if rows else None
        done = [item for item, taken in zip(written, outcome.taken, strict=True) if taken] if outcome else []
        if done:
            self._committed(done)
        if outcome and outcome.came_late(self.epoch, self.seq):
            self.pending = batch + self.pending
            await self._catch_up()
        elif len(done) < len({one for one, _ in batch}):
            authors = {one for one, _ in written} - {one for one, _ in done}
            granted = await self._still_granted(outcome, authors) if outcome else set()
            self.pending = [item for item in batch if item[0] in granted] + self.pending
            self._retry()

    def _committed(self, done: list[tuple[Connection, bytes]]) -> None:
        first = self.seq + 1
        self.seq += len(done)
        for _, data in done:
            self.doc.apply_update(data)
        authors = {one for one, _ in done}
        self._pass_on([data for _, data in done], authors.copy().pop() if len(authors) == 1 else None)
        for one in authors:
            one.say("ack", seq=self.seq)
            self._touch(one)
        rows = [data for _, data in done]
        told = {"type": "coedit.rows", "section": str(self.section), "epoch": self.epoch, "seq": self.seq}
        inline = rows if sum(map(len, rows)) <= INLINE else []
        broadcast.soon({**told, "from": PROCESS, "first": first, "rows": inline})

    def _pass_on(self, rows: list[bytes], author: Connection | None) -> None:
        data = rows[0] if len(rows) == 1 else merge_updates(*rows)
        self._to_all(frames.sync(frames.UPDATE, data), besides=author)

    async def _still_granted(self, outcome: writing.Outcome, authors: set[Connection]) -> set[Connection]:
        """Whose updates may be tried again: of a new epoch or a fixed text nobody's, else whose right still holds."""
        if outcome.epoch != self.epoch:
            self.begin_anew(outcome.epoch)
            return set()
        if outcome.frozen:
            for one in authors:
                one.refuse("frozen", self.seq, "the text is fixed")
            self.freeze(True)
            return set()
        ended = await ask(lost, {one.admission.claim for one in authors})
        for one in authors:
            if one.admission.claim in ended:
                one.end(ended[one.admission.claim])
                continue
            await self.recheck(one)
            if one.mode == "read":
                one.refuse("readonly", self.seq, one.reason)
        return {one for one in authors if one.mode == "write" and one.admission.claim not in ended}

    def _retry(self) -> None:
        """Something that was tried will not be committed: try again what still waits, without it."""
        self._begin_trial()
        waiting, self.pending = self.pending, []
        for one, data in waiting:
            try:
                if one.may_finish:
                    self.take(one, data)
                else:
                    one.refuse("frozen" if one.reason == "frozen" else "readonly", self.seq, one.reason)
            except Refusal as refusal:
                one.refuse("decode", self.seq, refusal.detail, c.BAD_FRAME)

    def _is_astray(self) -> bool:
        """Whether the library took less than the judge: something is missing, and would appear later."""
        return state(self.trial.get_state()) != self.judge.state

    def _refuse_all(self, batch: list[tuple[Connection, bytes]]) -> None:
        log.error("the judge and the library differ")
        for one in {one for one, _ in batch}:
            one.refuse("decode", self.seq, "builds on what is not known", c.BAD_FRAME)
        self._retry()

    # --- news from elsewhere ----------------------------------------------------------------------------------------

    async def catch_up(self, first: int = 0, seq: int = 0, rows: list[bytes] | None = None) -> None:
        """Take the rows that another process wrote: those told with it when they follow, else from the log."""
        async with self.lock:
            if seq and seq <= self.seq:
                return
            if rows and first == self.seq + 1:
                self._take_rows([(first + n, None, data) for n, data in enumerate(rows)])
            else:
                await self._catch_up()

    async def _catch_up(self) -> None:
        self._take_rows(await ask(texts.updates_after, self.section, self.epoch, self.seq))

    def _take_rows(self, rows: list[Any]) -> None:
        if not rows:
            return
        for number, user, data in rows:
            self.seq = number
            self.doc.apply_update(data)
            self.trial.apply_update(data)
            if user is not None:
                self._own(data, user)
        try:
            for _, _, data in rows:
                self.judge.accept(self.judge.judged(data))
        except Refusal:  # it builds on what is tried here: the committed text knows all of it
            self._retry()
        self._pass_on([data for _, _, data in rows], None)

    def freeze(self, frozen: bool) -> None:
        """The text was fixed; or let loose, and what each may do is asked again."""
        for one in list(self.connections):
            if frozen:
                one.set_mode("read", "frozen")
            elif one.reason == "frozen":
                one.grants = 0

    def begin_anew(self, epoch: int) -> None:
        """The text has a new epoch: everybody drops their copy and comes again."""
        for one in list(self.connections):
            one.say("epoch", epoch=epoch)
            one.end(c.NEW_EPOCH)
        self.pending = []

    async def recheck(self, one: Connection) -> None:
        """Ask again what somebody may do here."""
        grant, grants, frozen = await ask(recheck, one.admission)
        one.grants = grants
        if grant.mode is None:
            one.mode = "read"  # of one whose line broke, too: what it has sent is not written
            one.end(c.FORBIDDEN)
        elif frozen:
            one.set_mode("read", "frozen")
        else:
            one.set_mode(grant.mode, grant.reason)

    def _touch(self, one: Connection) -> None:
        now = time.monotonic()
        if now - one.touched > TOUCH_S:
            one.touched = now
            broadcast.in_background(ask(touch, one.admission.claim, int(time.time())))


def _read(section: uuid.UUID) -> Any:
    row = texts.found(section)
    if row is None:
        raise LookupError(section)
    updates = texts.updates_after(section, row.epoch, row.snapshot_seq)
    return row, [one for one in updates if one[0] <= row.seq]


def _by_author(batch: list[tuple[Connection, bytes]]) -> list[tuple[Connection, bytes]]:
    """One update for each connection, in the order of their first."""
    held: dict[Connection, list[bytes]] = {}
    for one, data in batch:
        held.setdefault(one, []).append(data)
    return [(one, data[0] if len(data) == 1 else merge_updates(*data)) for one, data in held.items()]
