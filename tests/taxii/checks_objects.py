"""Checks of pages, filters, versions, manifests."""

import uuid
from datetime import datetime

from tests.taxii.conformance import Client, an_address, an_object, check, is_error, taken


def ids(objects: list) -> list[str]:
    return [one["id"] for one in objects]


@check
def an_empty_result_is_an_empty_object(client: Client) -> None:
    answer = client.get(f"{client.working}objects/", {"match[id]": f"indicator--{uuid.uuid4()}"})
    assert answer.status_code == 200
    assert answer.json() == {}
    assert "x-taxii-date-added-first" not in answer.headers


@check
def what_was_sent_comes_back_as_it_was(client: Client) -> None:
    big = an_object(
        "x-odd",
        **{"deep": {"list": [1, 2.5, None, True, {"é": 'ü\u2028 "\\'}], "big": 9007199254740993123, "zero": 1.0}},
        **{"b": 1, "a": 2},
    )
    taken(client, big)
    answer = client.get(f"{client.working}objects/{big['id']}/")
    assert answer.json()["objects"] == [big]
    assert "type" not in answer.json()
    assert "9007199254740993123" in answer.text
    assert list(answer.json()["objects"][0])[-2:] == ["b", "a"]


@check
def pages_have_no_gaps_and_no_repeats(client: Client) -> None:
    sent = taken(client, *(an_object() for _n in range(25)))
    for size in (1, 3, 24, 25, 100):
        found = [one for one in ids(client.crawl(client.working, limit=size)) if one in ids(sent)]
        assert found == ids(sent), size


@check
def more_and_next_go_together(client: Client) -> None:
    taken(client, *(an_object() for _n in range(5)))
    first = client.get(f"{client.working}objects/", {"limit": 2}).json()
    assert first["more"] is True
    assert isinstance(first["next"], str)
    assert len(first["objects"]) == 2
    whole = client.get(f"{client.working}objects/", {"limit": 1000}).json()
    assert whole.get("more", False) is False
    assert "next" not in whole


@check
def others_may_add_while_one_pages(client: Client) -> None:
    sent = taken(client, *(an_object() for _n in range(10)))
    page = client.get(f"{client.working}objects/", {"limit": 4, "match[id]": ",".join(ids(sent))}).json()
    found = ids(page["objects"])
    while page.get("more"):
        taken(client, an_object())
        params = {"limit": 4, "match[id]": ",".join(ids(sent)), "next": page["next"]}
        page = client.get(f"{client.working}objects/", params).json()
        found += ids(page["objects"])
    assert found == ids(sent)


@check
def dates_added_are_distinct_and_in_order(client: Client) -> None:
    sent = taken(client, *(an_object() for _n in range(30)))
    lines = client.get(f"{client.working}manifest/", {"match[id]": ",".join(ids(sent))}).json()["objects"]
    dates = [one["date_added"] for one in lines]
    assert dates == sorted(set(dates))
    assert ids(lines) == ids(sent)
    for text in dates:
        assert len(text) == len("2009-01-01T00:00:00.000000Z")
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")


@check
def headers_are_the_dates_of_the_page(client: Client) -> None:
    sent = taken(client, *(an_object() for _n in range(6)))
    wanted = {"match[id]": ",".join(ids(sent)), "limit": 4}
    lines = client.get(f"{client.working}manifest/", wanted)
    page = client.get(f"{client.working}objects/", wanted)
    dates = [one["date_added"] for one in lines.json()["objects"]]
    for answer in (lines, page):
        assert answer.headers["x-taxii-date-added-first"] == dates[0]
        assert answer.headers["x-taxii-date-added-last"] == dates[-1]


@check
def following_by_date_loses_nothing(client: Client) -> None:
    sent = taken(client, *(an_object() for _n in range(13)))
    start = client.get(f"{client.working}manifest/", {"match[id]": sent[0]["id"]}).json()["objects"][0]["date_added"]
    found, after = [sent[0]["id"]], start
    while True:
        answer = client.get(f"{client.working}objects/", {"added_after": after, "limit": 5})
        if not answer.json():
            break
        found += ids(answer.json()["objects"])
        after = answer.headers["x-taxii-date-added-last"]
    assert found == ids(sent)


@check
def added_after_is_strict(client: Client) -> None:
    [one] = taken(client, an_object())
    line = client.get(f"{client.working}manifest/", {"match[id]": one["id"]}).json()["objects"][0]
    after = {"match[id]": one["id"], "added_after": line["date_added"]}
    assert client.get(f"{client.working}objects/", after).json() == {}
    before = {"match[id]": one["id"], "added_after": "2000-01-01T00:00:00Z"}
    assert len(client.get(f"{client.working}objects/", before).json()["objects"]) == 1


@check
def bad_limits_are_400(client: Client) -> None:
    for value in ("0", "-1", "abc", "1.5", "", "+5", "١", "1e3", "0x10", "\x00"):
        is_error(client.get(f"{client.working}objects/", {"limit": value}), 400)


@check
def a_huge_limit_is_clipped(client: Client) -> None:
    for value in ("1001", "999999", "9" * 40, "9" * 5000):
        assert client.get(f"{client.working}objects/", {"limit": value}).status_code == 200


@check
def bad_dates_are_400(client: Client) -> None:
    for value in (
        *("yesterday", "2009-01-01", "2009-01-01T00:00:00", "2009-01-01T00:00:00+00:00", "2009-13-01T00:00:00Z"),
        *("2009-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "2009-01-01 00:00:00Z", "", "2009-01-01T25:00:00Z", "\x00"),
    ):
        for end in ("objects/", "manifest/"):
            is_error(client.get(f"{client.working}{end}", {"added_after": value}), 400)


@check
def a_next_that_is_not_ours_is_400(client: Client) -> None:
    taken(client, *(an_object() for _n in range(4)))
    place = client.get(f"{client.working}objects/", {"limit": 2}).json()["next"]
    swapped = place[:-2] + ("AA" if place[-2:] != "AA" else "BB")
    front = ("A" if place[0] != "A" else "B") + place[1:]
    for value in ("", "x", "0", "100", "\x00", "é", "AAAA", swapped, front, place + "A", place * 2, "A" * 9000):
        is_error(client.get(f"{client.working}objects/", {"limit": 2, "next": value}), 400)


@check
def a_next_belongs_to_its_collection_and_filters(client: Client) -> None:
    taken(client, *(an_object() for _n in range(4)))
    place = client.get(f"{client.working}objects/", {"limit": 2}).json()["next"]
    assert client.get(f"{client.working}objects/", {"limit": 3, "next": place}).status_code == 200
    for more in ({"match[type]": "indicator"}, {"added_after": "2000-01-01T00:00:00Z"}, {"match[version]": "all"}):
        is_error(client.get(f"{client.working}objects/", {"limit": 2, "next": place, **more}), 400)
    is_error(client.get(f"{client.reading}objects/", {"limit": 2, "next": place}), 400)


@check
def filters_hold_before_the_page_is_cut(client: Client) -> None:
    sent = []
    for n in range(12):
        sent += taken(client, an_object() if n % 3 else an_object("x-rare"))
    rare = [one["id"] for one in sent if one["type"] == "x-rare"]
    found = client.crawl(client.working, **{"limit": 1, "match[type]": "x-rare"})
    assert [one for one in ids(found) if one in ids(sent)] == rare


@check
def commas_are_or_and_filters_are_and(client: Client) -> None:
    one, two, three = taken(client, an_object(), an_object("x-other"), an_object("x-third"))
    three_ids = ",".join(ids([one, two, three]))
    both = client.get(f"{client.working}objects/", {"match[id]": three_ids, "match[type]": "indicator,x-other"})
    assert ids(both.json()["objects"]) == ids([one, two])
    none = client.get(f"{client.working}objects/", {"match[id]": one["id"], "match[type]": "x-other"})
    assert none.json() == {}


@check
def encoded_brackets_are_the_same(client: Client) -> None:
    [one] = taken(client, an_object())
    for name in ("match[id]", "match%5Bid%5D"):
        answer = client.raw("GET", f"{client.working}objects/?{name}={one['id']}", {"Accept": "*/*"})
        assert ids(answer.json()["objects"]) == [one["id"]]


@check
def malformed_filters_are_400(client: Client) -> None:
    for name, value in (
        ("match[id]", "nothing"),
        ("match[id]", "indicator--1"),
        ("match[id]", f"indicator--{uuid.uuid4()}\x00"),
        ("match[id]", ","),
        ("match[type]", "In dicator"),
        ("match[type]", "x\x00"),
        ("match[type]", ""),
        ("match[version]", "newest"),
        ("match[version]", "2026"),
        ("match[version]", "last,bad"),
        ("match[spec_version]", "two"),
    ):
        for end in ("objects/", "manifest/"):
            is_error(client.get(f"{client.working}{end}", {name: value}), 400)


@check
def unknown_parameters_are_ignored(client: Client) -> None:
    assert client.get(f"{client.working}objects/", {"colour": "blue", "match[colour]": "x"}).status_code == 200


def three_versions(client: Client) -> tuple[str, list[str]]:
    first = an_object(modified="2009-03-02T10:00:00.000Z")
    taken(client, first)
    taken(client, first | {"modified": "2009-03-04T10:00:00.000Z", "name": "newest"})
    taken(client, first | {"modified": "2009-03-03T10:00:00.000Z", "name": "came late"})
    return first["id"], ["2009-03-02T10:00:00.000Z", "2009-03-04T10:00:00.000Z", "2009-03-03T10:00:00.000Z"]


@check
def the_last_version_is_the_default(client: Client) -> None:
    key, came = three_versions(client)
    for url, params in ((f"objects/{key}/", {}), ("objects/", {"match[id]": key})):
        found = client.get(f"{client.working}{url}", params).json()["objects"]
        assert [one["modified"] for one in found] == [came[1]]


@check
def versions_can_be_asked_for(client: Client) -> None:
    key, came = three_versions(client)
    for asks, wanted in (
        ("first", [came[0]]),
        ("last", [came[1]]),
        ("all", came),
        ("first,last", came[:2]),
        (came[2], [came[2]]),
        ("2009-03-03T10:00:00Z", [came[2]]),
        (f"first,{came[2]}", [came[0], came[2]]),
        ("2020-01-01T00:00:00Z", []),
    ):
        for url, params in ((f"objects/{key}/", {}), ("objects/", {"match[id]": key})):
            answer = client.get(f"{client.working}{url}", {**params, "match[version]": asks}).json()
            assert [one["modified"] for one in answer.get("objects", [])] == wanted, asks


@check
def the_list_of_versions_is_in_the_order_they_came(client: Client) -> None:
    key, came = three_versions(client)
    answer = client.get(f"{client.working}objects/{key}/versions/")
    assert answer.json()["versions"] == came
    first = client.get(f"{client.working}objects/{key}/versions/", {"limit": 2}).json()
    assert first["versions"] == came[:2]
    assert first["more"] is True
    rest = client.get(f"{client.working}objects/{key}/versions/", {"limit": 2, "next": first["next"]}).json()
    assert rest["versions"] == came[2:]


@check
def the_manifest_says_what_the_objects_do(client: Client) -> None:
    key, came = three_versions(client)
    lines = client.get(f"{client.working}manifest/", {"match[id]": key, "match[version]": "all"}).json()["objects"]
    assert [one["version"] for one in lines] == came
    for one in lines:
        assert one.keys() == {"id", "date_added", "version", "media_type"}
        assert one["media_type"] == "application/stix+json;version=2.1"


@check
def what_has_no_modified_has_a_version_all_the_same(client: Client) -> None:
    [address] = taken(client, an_address("demo.example"))
    line = client.get(f"{client.working}manifest/", {"match[id]": address["id"]}).json()["objects"][0]
    assert line["version"] == line["date_added"]
    marking = {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{uuid.uuid4()}",
        "created": "2009-01-05T00:00:00.000Z",
        "definition_type": "statement",
        "definition": {"statement": "Demonstration"},
    }
    taken(client, marking)
    line = client.get(f"{client.working}manifest/", {"match[id]": marking["id"]}).json()["objects"][0]
    assert line["version"] == "2009-01-05T00:00:00.000Z"


@check
def other_specifications_have_no_objects(client: Client) -> None:
    [one] = taken(client, an_object())
    asks = {"match[id]": one["id"]}
    assert client.get(f"{client.working}objects/", {**asks, "match[spec_version]": "2.0"}).json() == {}
    for value in ("2.1", "2.0,2.1"):
        found = client.get(f"{client.working}objects/", {**asks, "match[spec_version]": value}).json()
        assert ids(found["objects"]) == [one["id"]]
