"""Checks of what is sent: status, duplicates, faults, hostile bodies."""

import json
import uuid
from typing import Any

from tests.taxii.conformance import MT, Client, an_address, an_object, check, is_error, taken


def adds_up(body: dict[str, Any]) -> None:
    uuid.UUID(body["id"])
    assert body["status"] in {"complete", "pending"}
    parts = ("success", "failure", "pending")
    assert body["total_count"] == sum(body[f"{part}_count"] for part in parts)
    for name in ("successes", "failures", "pendings"):
        for one in body.get(name, []):
            assert {"id", "version"} <= one.keys()


@check
def a_post_answers_202_with_a_status(client: Client) -> None:
    sent = [an_object(), an_object(), an_address("one.example")]
    answer = client.post(sent)
    assert answer.status_code == 202
    body = answer.json()
    adds_up(body)
    assert body["status"] == "complete"
    assert body["success_count"] == 3
    assert [one["id"] for one in body["successes"]] == [one["id"] for one in sent]
    assert body["request_timestamp"].endswith("Z")


@check
def a_status_can_be_asked_for_again(client: Client) -> None:
    body = client.post([an_object()]).json()
    for end in ("/", ""):
        again = client.get(f"{client.root}status/{body['id']}{end}").json()
        assert again == body, (again, body)
    is_error(client.get(f"{client.root}status/{body['id']}/", auth=client.stranger), 404)


@check
def the_same_object_again_is_no_failure_and_kept_once(client: Client) -> None:
    one, address = an_object(), an_address("two.example")
    taken(client, one, address)
    ask = {"match[id]": f"{one['id']},{address['id']}", "match[version]": "all"}
    before = client.get(f"{client.working}manifest/", ask).json()
    again = client.post([one, address, one]).json()
    assert (again["success_count"], again["failure_count"]) == (3, 0)
    taken(client, dict(reversed(one.items())))
    assert client.get(f"{client.working}manifest/", ask).json() == before


@check
def another_content_under_the_same_version_fails(client: Client) -> None:
    [one] = taken(client, an_object())
    body = client.post([one | {"name": "changed"}, an_object()]).json()
    assert (body["success_count"], body["failure_count"]) == (1, 1)
    assert body["failures"][0]["id"] == one["id"]
    assert client.get(f"{client.working}objects/{one['id']}/").json()["objects"] == [one]


@check
def of_two_contents_in_one_post_the_first_is_kept(client: Client) -> None:
    one = an_object()
    body = client.post([one, one | {"name": "changed"}]).json()
    assert (body["success_count"], body["failure_count"]) == (1, 1)
    assert client.get(f"{client.working}objects/{one['id']}/").json()["objects"] == [one]


@check
def a_bad_object_does_not_spoil_the_good_ones(client: Client) -> None:
    good = [an_object(), an_object()]
    body = client.post([good[0], {"type": "indicator"}, 7, None, "text", [], good[1]]).json()
    adds_up(body)
    assert (body["success_count"], body["failure_count"]) == (2, 5)
    asks = {"match[id]": ",".join(one["id"] for one in good)}
    assert client.get(f"{client.working}objects/", asks).json()["objects"] == good


BAD: list[dict[str, Any]] = [
    {"id": "indicator--1"},
    {"id": 7},
    {"id": None},
    {"id": f"malware--{uuid.uuid4()}"},
    {"id": f"indicator--{str(uuid.uuid4()).upper()}"},
    {"id": f"indicator--{uuid.uuid4()} "},
    {"type": "Indicator"},
    {"type": 3},
    {"spec_version": "2.0"},
    {"spec_version": 2.1},
    {"created": "yesterday"},
    {"created": "2009-03-01T10:00:00.000+00:00"},
    {"created": "2009-03-01T10:00:00.000"},
    {"created": 1772359200},
    {"modified": "2009-02-31T10:00:00.000Z"},
    {"modified": "2009-02-01T10:00:00.000Z"},
    {"modified": None},
    {"revoked": "yes"},
    {"labels": "one"},
    {"labels": []},
    {"confidence": 101},
    {"confidence": "high"},
    {"confidence": True},
    {"created_by_ref": "me"},
    {"created_by_ref": f"malware--{uuid.uuid4()}"},
    {"object_marking_refs": []},
    {"object_marking_refs": ["TLP:GREEN"]},
    {"object_marking_refs": "marking"},
    {"external_references": [{}]},
    {"extensions": []},
    {"valid_until": "2009-03-01T10:00:00Z"},
    {"valid_from": "soon"},
    {"name": 7},
]


@check
def objects_that_are_no_stix_fail(client: Client) -> None:
    for more in BAD:
        body = client.post([an_object() | more]).json()
        assert body["failure_count"] == 1, more
        assert body["failures"][0]["message"], more


@check
def what_an_object_needs_is_required(client: Client) -> None:
    for name in ("type", "id", "spec_version", "created", "modified", "pattern", "pattern_type", "valid_from"):
        one = an_object()
        del one[name]
        assert client.post([one]).json()["failure_count"] == 1, name
    note = an_object("note", content="Seen.", object_refs=[])
    place = an_object("location", latitude=13.1)
    link = an_object("relationship", relationship_type="uses", source_ref=an_object()["id"])
    seen = an_object("sighting", sighting_of_ref=an_address("x.example")["id"])
    count = an_object("sighting", sighting_of_ref=an_object()["id"], count=10**9)
    assert client.post([note, place, link, seen, count]).json()["failure_count"] == 5


@check
def types_that_nobody_knows_are_kept(client: Client) -> None:
    odd = [an_object("x-cartel"), {"type": "x-thing", "id": f"x-thing--{uuid.uuid4()}", "any": [1, {"a": None}]}]
    taken(client, *odd)
    for one in odd:
        assert client.get(f"{client.working}objects/{one['id']}/").json()["objects"] == [one]


@check
def objects_may_refer_to_each_other_in_a_circle(client: Client) -> None:
    one, two = an_object("note", content="1"), an_object("note", content="2")
    one["object_refs"], two["object_refs"] = [two["id"], one["id"]], [one["id"]]
    taken(client, one, two)


@check
def content_types_are_looked_at(client: Client) -> None:
    body = json.dumps({"objects": [an_object()]}).encode()
    url = f"{client.working}objects/"
    for value in (MT, "application/taxii+json", "application/taxii+json; version=2.1", "APPLICATION/TAXII+JSON"):
        assert client.raw("POST", url, {"Accept": MT, "Content-Type": value}, body).status_code == 202, value
    for value in ("application/json", "text/plain", "application/taxii+json;version=2.0", "application/stix+json", ""):
        is_error(client.raw("POST", url, {"Accept": MT, "Content-Type": value}, body), 415)
    is_error(client.raw("POST", url, {"Accept": MT}, body), 415)


@check
def the_order_of_checks_is_kept(client: Client) -> None:
    """401, then 404 and 403, then 406, then 415, then 413, then the body."""
    long = b"[" * (4 * 2**20 + 1)
    bad = {"Accept": "text/html", "Content-Type": "text/plain"}
    url = f"{client.working}objects/"
    is_error(client.http.post(url, headers=bad, content=b"{"), 401)
    is_error(client.raw("POST", f"{client.root}collections/{uuid.uuid4()}/objects/", bad, b"{"), 404)
    is_error(client.raw("POST", f"{client.reading}objects/", bad, b"{"), 403)
    is_error(client.raw("POST", url, bad, long), 406)
    is_error(client.raw("POST", url, {"Accept": MT, "Content-Type": "text/plain"}, long), 415)
    is_error(client.raw("POST", url, {"Accept": MT, "Content-Type": MT}, long), 413)


@check
def bodies_that_are_no_envelope_are_refused(client: Client) -> None:
    one = json.dumps(an_object())
    for body in (
        *("", " ", "{", "[]", "null", "7", '"text"', "{}", '{"objects":{}}', '{"objects":[]}', '{"objects":null}'),
        *('{"objects":"x"}', '{"more":true}', f'{{"objects":[{one}]}} x', f'{{"objects":[{one},]}}', f"[{one}]"),
        *(f'{{"objects":[{one}],}}', f'{{"objects":[{one}]', f'{{"objects":[{one}],"objects":[]}}', "\ufeff{}"),
        *(f'{{"objects":[{one}]}}' * 2, f"{{'objects':[{one}]}}", f'{{"objects":[{one}] "a":1}}'),
    ):
        is_error(client.post(body.encode()), 400, 422)


@check
def json_that_only_python_reads_is_refused(client: Client) -> None:
    one = an_object()
    text = json.dumps(one)
    for wrong in (
        *('"x":NaN', '"x":Infinity', '"x":-Infinity', '"x":1e999', '"x":1,"x":2', '"x":"\\u0000"', '"\\u0000":1'),
        *('"x":"\\ud800"', '"x":["\\udc00"]', f'"x":{"9" * 5000}', '"x":{"y":1,"y":1}', '"x":0x1', '"x":01', '"x":.5'),
    ):
        is_error(client.post(f'{{"objects":[{text[:-1]},{wrong}}}]}}'.encode()), 400, 422)
    assert client.get(f"{client.working}objects/{one['id']}/").status_code == 404


@check
def other_encodings_are_refused(client: Client) -> None:
    body = json.dumps({"objects": [an_object()]})
    for data in (body.encode("utf-16"), body.encode("utf-32"), body.encode("utf-8-sig"), b'{"objects":["\xff"]}'):
        is_error(client.post(data), 400, 422)


@check
def deep_json_is_refused(client: Client) -> None:
    for depth in (65, 1000, 100_000):
        nested = "[" * depth + "]" * depth
        is_error(client.post(f'{{"objects":[{{"x":{nested}}}]}}'.encode()), 400, 422)
    many = '{"a":' * 100_000
    is_error(client.post(f'{{"objects":[{many}'.encode()), 400, 422)


@check
def brackets_in_texts_are_not_depth(client: Client) -> None:
    taken(client, an_object(name='[[[{{{"\\' * 200))


@check
def a_long_id_or_type_is_no_server_error(client: Client) -> None:
    kind = "x-" + "a" * 300
    body = client.post([an_object(kind), an_object(name="n" * 100_000)]).json()
    assert (body["success_count"], body["failure_count"]) == (1, 1)
    long = "2009-03-01T10:00:00." + "1" * 500 + "Z"
    assert client.post([an_object(modified=long)]).json()["failure_count"] == 1


@check
def a_body_at_the_limit_is_taken_and_one_above_is_not(client: Client) -> None:
    one = an_object(description="")
    empty = len(json.dumps({"objects": [one]}))
    fits = json.dumps({"objects": [one | {"description": "x" * (4 * 2**20 - empty)}]}).encode()
    assert len(fits) == 4 * 2**20
    assert client.post(fits).json()["success_count"] == 1
    is_error(client.post(fits + b" "), 413)


@check
def five_hundred_are_read_at_once(client: Client) -> None:
    answer = client.post([an_object() for _n in range(500)])
    assert answer.status_code == 202
    assert answer.json()["status"] == "complete"
    assert answer.json()["success_count"] == 500


@check
def secret_is_not_sent_by_program(client: Client) -> None:
    marking = {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{uuid.uuid4()}",
        "created": "2009-01-05T00:00:00.000Z",
        "extensions": {
            "extension-definition--9d8ed0cb-56a7-58b9-a142-4ec79525f1e4": {
                "extension_type": "property-extension",
                "classification": "SECRET",
                "owner": "BRB",
            }
        },
    }
    body = client.post([marking, an_object(object_marking_refs=[marking["id"]])]).json()
    assert (body["success_count"], body["failure_count"]) == (1, 1)


@check
def the_seed_sample_goes_in_and_out(client: Client) -> None:
    from tests.taxii.sample import SAMPLE

    body = client.post(SAMPLE).json()
    assert (body["success_count"], body["failure_count"]) == (len(SAMPLE), 0), body
    asks = {"match[id]": ",".join(one["id"] for one in SAMPLE)}
    assert client.get(f"{client.working}objects/", asks).json()["objects"] == SAMPLE
