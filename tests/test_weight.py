"""What a page weighs on the wire: 15 KB at most, compressed, with the demonstration's data in it."""

import gzip
from typing import Any

import brotli
import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
MOST = 15 * 1024
PAGES = [
    ("", "/accounts/login/"),
    ("", "/register/"),
    ("brb.border.officer", "/people/desk/"),
    ("impacs.secretariat.manager", "/people/desk/"),
    ("impacs.secretariat.manager", "/region/"),
    ("jrcc.watch.officer", "/notices/"),
    ("jrcc.watch.officer", "/jrcc/floor/"),
    ("jrcc.watch.officer", "/jrcc/manifests/"),
    ("jrcc.watch.officer", "/jrcc/hits/"),
    ("jam.border.head", "/jrcc/floor/"),
    ("jam.intelligence.officer", "/screening/lists/"),
    ("brb.intelligence.head", "/rifc/"),
    ("jam.ministry.decider", "/council/decisions/"),
    ("jam.ministry.decider", "/council/meetings/"),
    ("jam.ministry.decider", "/impacs/matrix/"),
    ("jam.ministry.decider", "/impacs/obligations/"),
    ("impacs.secretariat.manager", "/impacs/tasks/"),
    ("impacs.secretariat.manager", "/reports/"),
    ("jam.administration.administrator", "/audit/"),
    ("portal.platform.head", "/operations/"),
]
READ = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}


@pytest.mark.parametrize(("person", "place"), PAGES)
def test_a_page_weighs_little_and_says_the_same_in_each_coding(client_for: Any, person: str, place: str) -> None:
    browser = client_for(person) if person else Client()
    lengths = {}
    for coding, read in READ.items():
        answer = browser.get(place, headers={"Accept-Encoding": coding})
        assert answer.status_code == 200
        assert answer.get("Content-Encoding", "identity") == coding
        assert "Accept-Encoding" in answer["Vary"]
        assert read(answer.content).rstrip().endswith(b"</html>")
        lengths[coding] = len(answer.content)
    assert lengths["br"] <= MOST
    assert lengths["gzip"] <= MOST
    assert lengths["identity"] > lengths["gzip"] > 0


def test_a_record_is_changed_by_the_tag_that_a_compressed_answer_gave(api: Any) -> None:
    watch = api("JRCC.watch")
    packed = {"Accept-Encoding": "br", "Accept": "application/json"}
    first = watch.get("/api/v1/jrcc/hits/?state=raised").json()["results"][0]
    answer = watch.get(first["url"], headers=packed)
    tag = answer["ETag"]
    assert (answer["Content-Encoding"], tag) == ("br", f"W/{first['etag']}")
    for known in (tag, first["etag"], f'"x", {tag}', "*"):
        assert watch.get(first["url"], headers={"If-None-Match": known}).status_code == 304
    assert watch.get(first["url"], headers={"If-None-Match": 'W/"0"'}).status_code == 200
    for verb, status in (("claim", 200), ("release", 412)):
        done = watch.post(f"{first['url']}actions/{verb}/", {}, format="json", headers={"If-Match": tag})
        assert done.status_code == status
