"""Checks of discovery, authentication, negotiation, errors and addresses."""

import uuid

from tests.taxii.conformance import MT, Client, basic, check, is_error


@check
def discovery_names_its_default_among_the_roots(client: Client) -> None:
    answer = client.get("/taxii2/")
    assert answer.status_code == 200
    body = answer.json()
    assert body["title"]
    assert body["default"] in body["api_roots"]
    assert body["default"].startswith("http")


@check
def bodies_have_the_media_type(client: Client) -> None:
    for url in ("/taxii2/", client.root, f"{client.root}collections/", client.working, f"{client.working}objects/"):
        assert client.get(url).headers["content-type"].replace(" ", "") == MT


@check
def the_root_says_versions_and_length(client: Client) -> None:
    body = client.get(client.root).json()
    assert MT in body["versions"]
    assert body["max_content_length"] == 4194304
    assert body["title"]


@check
def without_credentials_it_is_401_everywhere(client: Client) -> None:
    for url in ("/taxii2/", client.root, f"{client.root}collections/", client.working, "/taxii2/other/", "/taxii2/x/y"):
        answer = client.get(url, auth=None)
        is_error(answer, 401)
        offered = ", ".join(answer.headers.get_list("www-authenticate"))
        assert 'Basic realm="cisnet-taxii"' in offered
        assert "Bearer" in offered


@check
def wrong_password_and_unknown_user_answer_alike(client: Client) -> None:
    one = client.get("/taxii2/", auth=(client.user, "ccp_wrong"))
    two = client.get("/taxii2/", auth=("XXX.nobody.label", "ccp_wrong"))
    three = client.get("/taxii2/", auth=("XXX.nobody.label", client.password))
    four = client.get("/taxii2/", auth=(client.user, "pass:with:colons"))
    bodies = []
    for answer in (one, two, three, four):
        is_error(answer, 401)
        bodies.append({name: text for name, text in answer.json().items() if name != "error_id"})
    assert bodies[0] == bodies[1] == bodies[2] == bodies[3]


@check
def malformed_credentials_are_401(client: Client) -> None:
    for value in ("Basic", "Basic !!!", "Basic 4pyT", "Basic YQ==", "Basic /w==", "Digest x", "Bearer", "Bearer x"):
        is_error(_with(client, value), 401)


def _with(client: Client, value: str):  # type: ignore[no-untyped-def]
    return client.http.get("/taxii2/", headers={"Accept": MT, "Authorization": value})


@check
def the_key_is_a_bearer_too(client: Client) -> None:
    assert _with(client, f"Bearer {client.password}").status_code == 200
    assert client.http.get("/taxii2/", headers={"Accept": MT, **basic(client.user, client.password)}).status_code == 200


@check
def no_cookie_is_set_and_none_counts(client: Client) -> None:
    answer = client.get("/taxii2/")
    assert "set-cookie" not in answer.headers
    bare = client.http.get("/taxii2/", headers={"Accept": MT, "Cookie": "sessionid=abc; csrftoken=def"})
    is_error(bare, 401)
    assert "set-cookie" not in bare.headers


def accepts(status: int, *values: str):  # type: ignore[no-untyped-def]
    def asks(client: Client) -> None:
        for value in values:
            answer = client.raw("GET", "/taxii2/cisnet/collections/", {"Accept": value})
            assert answer.status_code == status, (value, answer.status_code)
            if status == 406:
                is_error(answer, 406)

    return asks


@check
def taxii_in_any_writing_is_accepted(client: Client) -> None:
    accepts(
        200,
        MT,
        "application/taxii+json; version=2.1",
        "APPLICATION/TAXII+JSON;VERSION=2.1",
        "application/taxii+json",
        'application/taxii+json;version="2.1"',
        "*/*",
        "application/*",
        "text/html, application/taxii+json;version=2.1;q=0.5",
        "application/json;q=0.9, */*;q=0.1",
    )(client)


@check
def without_accept_it_answers(client: Client) -> None:
    assert client.raw("GET", "/taxii2/").status_code == 200


@check
def other_types_are_not_acceptable(client: Client) -> None:
    accepts(
        406,
        "application/json",
        "text/html",
        "application/taxii+json;version=2.0",
        "application/taxii+json;version=2.1;q=0",
        "application/taxii+json;version=2.1;q=0, */*",
        "application/stix+json;version=2.1",
        "taxii",
    )(client)


@check
def not_found_comes_before_not_acceptable(client: Client) -> None:
    is_error(client.raw("GET", f"{client.root}collections/{uuid.uuid4()}/", {"Accept": "text/html"}), 404)


@check
def unknown_things_are_404(client: Client) -> None:
    root = client.root
    for url in (
        "/taxii2/nothing/",
        "/taxii2/nothing/collections/",
        f"{root}nothing/",
        f"{root}collections/{uuid.uuid4()}/",
        f"{root}collections/{uuid.uuid4()}/objects/",
        f"{root}collections/no-such-alias/",
        f"{root}collections/%00/",
        f"{root}collections/..%2f/",
        f"{root}status/{uuid.uuid4()}/",
        f"{root}status/abc/",
        f"{client.working}objects/indicator--{uuid.uuid4()}/",
        f"{client.working}objects/not-an-id/",
        f"{client.working}objects/%00/",
        f"{client.working}objects/indicator--{uuid.uuid4()}/versions/",
    ):
        is_error(client.get(url), 404)


@check
def a_slash_at_the_end_is_not_needed(client: Client) -> None:
    for url in (
        *("/taxii2/", client.root, f"{client.root}collections/", client.working, f"{client.working}objects/"),
        f"{client.working}manifest/",
    ):
        answer = client.http.get(
            url.rstrip("/"), headers={"Accept": MT}, auth=(client.user, client.password), follow_redirects=False
        )
        assert answer.status_code == 200, url


@check
def a_post_without_a_slash_is_no_redirect(client: Client) -> None:
    assert client.post([], f"{client.working}objects").status_code not in range(300, 400)


@check
def other_methods_are_405_with_allow(client: Client) -> None:
    for method, url in (
        ("POST", "/taxii2/"),
        ("PUT", client.root),
        ("DELETE", f"{client.root}collections/"),
        ("PATCH", f"{client.working}objects/"),
        ("POST", f"{client.working}manifest/"),
    ):
        answer = client.raw(method, url, {"Accept": MT})
        is_error(answer, 405)
        assert "GET" in answer.headers["allow"]


@check
def options_opens_nothing_to_other_origins(client: Client) -> None:
    answer = client.raw("OPTIONS", client.root, {"Accept": MT, "Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers


@check
def collections_are_described(client: Client) -> None:
    for one in client.collections:
        uuid.UUID(one["id"])
        assert isinstance(one["title"], str)
        assert isinstance(one["can_read"], bool)
        assert isinstance(one["can_write"], bool)
        assert "application/stix+json;version=2.1" in one["media_types"]
        same = client.get(f"{client.root}collections/{one['id']}/").json()
        assert same == one


@check
def an_alias_works_wherever_the_id_does(client: Client) -> None:
    aliases = {one["alias"]: one for one in client.collections}
    assert "cisnet-regional" in aliases
    assert any(name.endswith("-submit") for name in aliases)
    assert any(name.endswith("-out") for name in aliases)
    for name, one in aliases.items():
        assert client.get(f"{client.root}collections/{name}/").json()["id"] == one["id"]
        assert client.get(f"{client.root}collections/{name}/objects/").status_code == 200


@check
def there_is_one_collection_to_work_in_and_one_to_read(client: Client) -> None:
    writes = [one["alias"] for one in client.collections if one["can_write"]]
    assert len(writes) == 1
    assert writes[0].endswith("-submit")
    first = next(one for one in client.collections if not one["can_write"])
    assert first["alias"] == "cisnet-regional"


@check
def strangers_do_not_learn_of_a_collection(client: Client) -> None:
    for one in client.collections:
        if one["alias"] != "cisnet-regional":
            for end in ("", "objects/", "manifest/"):
                is_error(client.get(f"{client.root}collections/{one['id']}/{end}", auth=client.stranger), 404)
                is_error(client.get(f"{client.root}collections/{one['alias']}/{end}", auth=client.stranger), 404)


@check
def nothing_is_sent_to_a_collection_to_read(client: Client) -> None:
    is_error(client.post([{"type": "x"}], f"{client.reading}objects/"), 403)
