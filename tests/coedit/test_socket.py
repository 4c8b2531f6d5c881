"""The socket of a text against the server that the portal runs (contract-rifc.md, section 2)."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable

import pytest
from django.contrib.sessions.models import Session

from apps.coedit.actions import section_texts
from apps.coedit.models import Sitting, Update
from apps.coedit.yjs import frames, tree
from apps.coedit.yjs.wire import number
from apps.people import actions
from apps.people.models import User
from tests.coedit.conftest import BARBADOS, GUYANA, JAMAICA, READER, Server, ask
from tests.coedit.test_yjs import BY_NAME, FORGED, from_client
from tests.coedit.writers import PATIENCE_S, Writer, refused
from tests.conftest import Cast


def vector(name: str) -> bytes:
    import base64

    return base64.b64decode(BY_NAME[name]["update"])


def test_two_write_and_have_the_same(server: Server) -> None:
    section = server.text("A first line.")

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna, server.writer(JAMAICA, section) as brian:
            assert {**anna.hello, "user": 0} == {
                "t": "hello", "v": 1, "doc": str(section), "epoch": 1, "mode": "write", "reason": "coordination",
                "seq": 1, "max_frame": 262144, "user": 0,
            }  # fmt: skip
            assert anna.hello["user"]["label"].startswith("BRB intelligence ")
            assert anna.socket.subprotocol == "cisnet.coedit.v1"
            assert anna.text == brian.text == "A first line."
            await asyncio.gather(anna.type("From Barbados."), brian.type("From Jamaica.", at=0))
            await anna.acknowledged()
            seq = await brian.acknowledged()
            await anna.until(lambda: anna.text == brian.text and anna.text.count("From") == 2)
            assert (anna.of("nack"), brian.of("nack")) == ([], [])
            assert seq >= 2
            await anna.send('{"t":"ping","n":7}')
            await anna.until(lambda: anna.of("pong") == [{"t": "pong", "n": 7}])
            assert await ask(lambda: section_texts.rendered(section).plain) == anna.text
        written = await ask(lambda: list(Update.objects.filter(document=section).values_list("user_id", flat=True)))
        assert len(set(written)) == 3, "the portal and two people"

    asyncio.run(story())
    end = time.monotonic() + PATIENCE_S
    while Sitting.objects.filter(document=section, closed_at=None).exists() and time.monotonic() < end:
        time.sleep(0.05)
    sittings = Sitting.objects.filter(document=section)
    assert sorted(sittings.values_list("updates", "close_code")) == [(1, 1000), (1, 1000)]


def test_nobody_comes_in_without_session_right_origin_and_protocol(server: Server) -> None:
    section = server.text("Secret.")
    other = uuid.uuid4()

    async def story() -> None:
        for writer in (
            server.at("", section),
            server.at("made-up", section),
            server.writer(BARBADOS, other),
            server.writer("grd.intelligence.officer", section),
            server.writer(BARBADOS, section, Origin="https://elsewhere.example"),
            server.writer(BARBADOS, section, Origin=""),
        ):
            assert await refused(writer) == 403
            assert (writer.hello, writer.text) == ({}, "")
        assert await refused(server.writer(BARBADOS, section), ("another",)) == 403
        assert await refused(server.writer(BARBADOS, section), ()) == 403
        stranger = server.writer(BARBADOS, section)
        stranger.url = stranger.url.replace(str(server.assessment), str(uuid.uuid4()))
        assert await refused(stranger) == 403, "a section of another assessment"

    asyncio.run(story())


HOSTILE = {
    "script": ("element script", "schema", 4422),
    "another root": ("other root", "schema", 4422),
    "a link that runs": ("link javascript:alert(1)", "schema", 4422),
    "deep": ("nesting 30", "schema", 4422),
    "a gap": ("missing dependency (origin unknown)", "decode", 4400),
    "half": ("truncated to 39 bytes", "decode", 4400),
}


def test_hostile_frames_are_refused_and_nobody_else_sees_them(server: Server) -> None:
    section = server.text("Clean.")

    async def attack(send: Callable[[Writer], Awaitable[None]], code: int, nack: str = "") -> None:
        writer = server.writer(JAMAICA, section)
        await writer.come()
        await send(writer)
        await writer.until(lambda: writer.closed)
        assert writer.closed == code, writer.said
        assert [one["code"] for one in writer.of("nack")] == ([nack] if nack else []), writer.said

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna:
            for name, nack, code in HOSTILE.values():
                bad = frames.sync(frames.UPDATE, vector(name))
                await attack(lambda writer, bad=bad: writer.send(bad), code, nack)
            for name in ("letters beside a paragraph", "a text as an attribute", "a zero byte"):
                doc = await ask(lambda: bytes(Update.objects.get(document=section).data))
                first = tree.new_doc(doc).get_update()
                client = next(iter(texts_of(first)))
                forged = from_client(FORGED[name]).replace(bytes([0x84, 1]), bytes([0x84]) + number(client))
                frame = frames.sync(frames.UPDATE, forged)
                await attack(lambda writer, frame=frame: writer.send(frame), 4400 if "text" in name else 4422,
                             "decode" if "text" in name else "schema")  # fmt: skip
            await attack(lambda writer: writer.send(b"\x07hello"), 4400)
            await attack(lambda writer: writer.send("no json"), 4400)
            await attack(lambda writer: writer.send('{"t":"become_admin"}'), 4400)
            await attack(lambda writer: writer.send(b""), 4400)
            await attack(lambda writer: writer.send(b"\x00\x02" + b"x" * 300_000), 4413, "size")
            await attack(lambda writer: writer.send(b"x" * 2_000_000), 1009)
            assert anna.updates == 0
            assert anna.text == "Clean."
            await anna.type("Still here.")
            await anna.acknowledged()
        assert await ask(lambda: section_texts.rendered(section).plain) == "Clean.\n\nStill here."

    asyncio.run(story())


def test_nobody_writes_in_anothers_name(server: Server) -> None:
    section = server.text()

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna, server.writer(JAMAICA, section) as brian:
            await anna.type("Mine.")
            await anna.acknowledged()
            await brian.until(lambda: brian.text == "Mine.")
            clock = frames_state(brian.doc)[anna.doc.client_id]
            head = number(1) + number(1) + number(anna.doc.client_id) + number(clock)
            forged = head + bytes([7, 1, 4]) + b"body" + bytes([3, 9]) + b"paragraph" + number(0)
            await brian.send(frames.sync(frames.UPDATE, forged))
            await brian.until(lambda: brian.closed)
            assert brian.closed == 4422
            await anna.type("Mine again.")
            await anna.acknowledged()
        assert await ask(lambda: section_texts.rendered(section).plain) == "Mine.\n\nMine again."

    asyncio.run(story())


def test_a_reader_reads(server: Server) -> None:
    section = server.text("For all to read.")

    async def story() -> None:
        reader = server.writer(READER, section)
        with reader.doc.transaction():
            tree.body_of(reader.doc)
        async with server.writer(BARBADOS, section) as anna:
            await reader.come()
            assert reader.hello["mode"] == "read"
            assert reader.of("nack") == [], "an empty answer is no attempt"
            await anna.type("News.")
            await reader.until(lambda: reader.text.endswith("News."))
            await reader.type("Graffiti.")
            await reader.until(lambda: reader.of("nack"))
            assert reader.of("nack")[0]["code"] == "readonly"
            await reader.send(frames.sync(frames.STEP_2, reader.doc.get_update()))
            await anna.acknowledged()
            assert "Graffiti" not in anna.text
            assert not reader.closed
            await reader.__aexit__()
        # and not when they come back with it either
        again = server.writer(READER, section)
        again.doc = reader.doc
        await again.come()
        await again.__aexit__()
        assert "Graffiti" not in await ask(lambda: section_texts.rendered(section).plain)

    asyncio.run(story())


def test_presence_is_the_sessions_and_ends_with_the_socket(server: Server) -> None:
    section = server.text("Here.")
    place = {"anchor": {"tname": "body", "assoc": 0}, "head": {"tname": "body", "assoc": 0}}

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna:
            async with server.writer(JAMAICA, section) as brian:
                forged = {"user": {"label": "BRB minister"}, "cursor": place, "html": "<b>"}
                await brian.send(frames.awareness({5: (1, forged), 6: (1, {"cursor": "x" * 9000})}))
                await anna.until(lambda: anna.people.get(5))
                assert anna.people == {5: {"user": brian.hello["user"], "cursor": place}}
                await anna.send(frames.awareness({5: (9, None), 7: (1, {})}))
                await brian.until(lambda: brian.people.get(7))
                assert 5 not in brian.people, "another's state is not touched"
                async with server.writer(READER, section) as reader:
                    await reader.until(lambda: set(reader.people) == {5, 7})
                    await reader.send(frames.awareness({8: (1, {})}))
                    await reader.send('{"t":"ping","n":1}')
                    await reader.until(lambda: reader.of("pong"))
            await anna.until(lambda: anna.people[5] is None)
            assert 8 not in anna.people, "who reads is not told"

    asyncio.run(story())


def withdraw(server: Server) -> None:
    server.allow(jam_intelligence_officer=None)


def sign_out(server: Server) -> None:
    Session.objects.filter(session_key=server.sessions[JAMAICA]).delete()


def suspend(_server: Server) -> None:
    suspended = User.objects.get(username=JAMAICA)
    actions.suspend_account(Cast()["jam.administration.administrator"], suspended, reason="under inquiry")


def lower(_server: Server) -> None:
    User.objects.filter(username=JAMAICA).update(clearance=0)


def new_password(_server: Server) -> None:
    user = User.objects.get(username=JAMAICA)
    user.set_password("an entirely new one 2026")
    user.save()


@pytest.mark.parametrize(
    ("cause", "code"), [(withdraw, 4403), (sign_out, 4401), (suspend, 4403), (lower, 4403), (new_password, 4403)]
)
def test_who_loses_his_right_is_out(server: Server, cause: Callable[[Server], None], code: int) -> None:
    section = server.text("Before.")
    before = User.objects.filter(username=JAMAICA).values("state", "clearance", "password").get()

    async def story() -> None:
        brian = server.writer(JAMAICA, section)
        await brian.come()
        await brian.type("In time.")
        await brian.acknowledged()
        await ask(lambda: cause(server))
        assert await brian.driven_out() == code
        if cause is not lower:  # a session may go on at a lower clearance; whether the text is for it says the rule
            assert await refused(server.writer(JAMAICA, section)) == 403

    try:
        asyncio.run(story())
        seq = section_texts.rendered(section).seq
        time.sleep(0.2)
        assert section_texts.rendered(section).seq == seq
    finally:
        User.objects.filter(username=JAMAICA).update(**before)
        server.allow(jam_intelligence_officer="write")
        server.sessions[JAMAICA] = server.sign_in(JAMAICA)


def test_no_update_passes_once_a_withdrawal_is_committed(server: Server) -> None:
    section = server.text()

    async def story() -> None:
        async with server.writer(JAMAICA, section) as brian:
            for n in range(30):
                await brian.type(f"{n}")
            await ask(lambda: server.allow(jam_intelligence_officer=None))
            seq = await ask(lambda: section_texts.rendered(section).seq)
            for n in range(30):
                await brian.type(f"late {n}")
            await brian.until(lambda: brian.closed)
            assert await ask(lambda: section_texts.rendered(section).seq) == seq

    try:
        asyncio.run(story())
    finally:
        server.allow(jam_intelligence_officer="write")


def test_fixing_while_five_write_leaves_everybody_with_the_text_of_the_hash(server: Server) -> None:
    section = server.text("Start.")

    async def story() -> None:
        people = [server.writer((BARBADOS, JAMAICA, GUYANA)[n % 3], section) for n in range(5)]
        for one in people:
            await one.come()
        stop = asyncio.Event()

        async def write(one: Writer, n: int) -> None:
            while not stop.is_set():
                await one.type(f"Line of {n}.")
                await asyncio.sleep(0.03)

        writing = [asyncio.create_task(write(one, n)) for n, one in enumerate(people)]
        await asyncio.sleep(0.5)
        final = await ask(lambda: section_texts.freeze(section))
        await people[0].until(lambda: all(one.of("state") for one in people))
        await asyncio.sleep(0.2)
        stop.set()
        await asyncio.gather(*writing)
        assert {one.of("state")[0]["reason"] for one in people} == {"frozen"}
        assert {nack["code"] for one in people for nack in one.of("nack")} == {"frozen"}
        for one in people:
            await one.__aexit__()
        assert await ask(lambda: section_texts.rendered(section)) == final
        async with server.writer(READER, section) as late:
            assert tree.sha256(tree.to_json(late.doc)) == final.sha256
            await ask(lambda: section_texts.thaw(section))
        async with server.writer(BARBADOS, section) as anna:
            assert anna.hello["mode"] == "write"

    asyncio.run(story())


def test_a_page_without_script_and_an_editor_write_the_same_text(server: Server) -> None:
    section = server.text("One.\n\nTwo.")

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna:
            await ask(lambda: section_texts.replace_text(section, "One.\n\nTwo.\n\nThree.", 1, 5, 5))
            await anna.until(lambda: anna.text.endswith("Three."), 1)
            await anna.type("Four.")
            assert await anna.acknowledged() == 3
            await ask(lambda: section_texts.restore(section, 1, 5, 5))
            await anna.until(lambda: anna.closed, 2)
            assert (anna.closed, anna.of("epoch")) == (4409, [{"t": "epoch", "epoch": 2}])
        async with server.writer(BARBADOS, section) as again:
            assert (again.hello["epoch"], again.text) == (2, "One.\n\nTwo.")

    asyncio.run(story())


def frames_state(doc: object) -> dict[int, int]:
    from apps.coedit.yjs.structs import state

    return state(doc.get_state())  # type: ignore[attr-defined]


def texts_of(update: bytes) -> dict[int, int]:
    return frames_state(tree.new_doc(update))
