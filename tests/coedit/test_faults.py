"""Too much, crashes, lines that break: nothing that was acknowledged is lost, and all end with one text."""

import asyncio
import datetime
import json
import random

from django.utils import timezone

from apps.coedit.actions import section_texts
from apps.coedit.yjs import tree
from tests.coedit.conftest import BARBADOS, GUYANA, JAMAICA, Server, ask
from tests.coedit.writers import Writer, paragraph


def test_too_much_at_once_waits_for_its_turn_and_far_too_much_ends(server: Server) -> None:
    section = server.text()

    async def story() -> None:
        async with server.writer(BARBADOS, section) as anna:
            for n in range(340):
                await anna.send(json.dumps({"t": "ping", "n": n}))
            await anna.until(lambda: len(anna.of("pong")) == 340, 10)
            assert [one["n"] for one in anna.of("pong")] == list(range(340)), "in order"
            for _ in range(320):
                await anna.send(json.dumps({"t": "ping", "n": 1, "x": "y" * 20_000}))
            await anna.until(lambda: anna.closed)
            assert (anna.closed, anna.of("nack")[-1]["code"]) == (4429, "rate")

    asyncio.run(story())


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server) -> None:
    section = server.text("Start.")

    async def story() -> None:
        anna, brian = server.writer(BARBADOS, section), server.writer(JAMAICA, section)
        await anna.come()
        await brian.come()
        for n in range(25):
            await anna.type(f"Anna {n}.")
            await brian.type(f"Brian {n}.")
            await asyncio.sleep(0.01)
        await anna.until(lambda: anna.of("ack"))
        await ask(server.kill)
        acknowledged = anna.of("ack")[-1]["seq"]
        assert await ask(lambda: section_texts.rendered(section).seq) >= acknowledged
        await anna.type("Anna, off line.")
        await brian.until(lambda: brian.closed)
        await ask(server.start)
        await anna.come()
        await brian.come()
        await anna.acknowledged()
        await brian.acknowledged()
        await brian.until(lambda: brian.text == anna.text and "off line" in brian.text)
        stored = await ask(lambda: section_texts.rendered(section).plain)
        assert stored == anna.text
        assert all(f"{name} {n}." in stored for name in ("Anna", "Brian") for n in range(25))
        await anna.__aexit__()
        await brian.__aexit__()

    asyncio.run(story())


def test_five_who_write_drop_out_and_come_back_end_with_one_text(server: Server) -> None:
    section = server.text("Start.\n\nMiddle.\n\nEnd.")
    luck = random.Random(3)

    def edit(body: object) -> None:
        children = body.children  # type: ignore[attr-defined]
        count = len(list(children))
        what = luck.random()
        if what < 0.5 or count < 3:
            paragraph(body, f"p{luck.randint(0, 999)} 😀", luck.randint(0, count))
        elif what < 0.65:
            del children[luck.randrange(count)]
        else:
            texts = list(children[luck.randrange(count)].children)
            if texts:
                texts[0].insert(0, "x")

    async def one_person(name: str) -> Writer:
        writer = server.writer(name, section)
        await writer.come()
        for _ in range(40):
            await writer.write(edit)
            await asyncio.sleep(luck.random() * 0.02)
            if luck.random() < 0.08:
                await writer.__aexit__()
                await writer.write(edit)  # off line
                await writer.come()
        await writer.acknowledged()
        return writer

    async def story() -> None:
        people = await asyncio.gather(*(one_person((BARBADOS, JAMAICA, GUYANA)[n % 3]) for n in range(5)))
        wanted = await ask(lambda: section_texts.rendered(section))
        for one in people:
            await one.until(lambda one=one: tree.sha256(tree.to_json(one.doc)) == wanted.sha256)
            assert one.of("nack") == []
            await one.__aexit__()

    asyncio.run(story())
    assert all(one.user_id for one in section_texts.moments(section)[:1])
    assert section_texts.moments(section)[0].at <= timezone.now() + datetime.timedelta(minutes=1)
