"""The doors hold: whatever is sent in, the answer is a refusal in words and never a stumble; foreign pages are kept out; nothing personal is written down."""

import asyncio
import contextlib
import gzip
import http.client
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stormlykta.doors import COOKIE
from tests.phone import Phone, new_id
from tests.server.conftest import Joined, make_code
from tests.serving import Running

SYNC: dict[str, Any] = {"v": 1, "epoch": None, "offset": 0, "push": {"ops": [], "seals": []}, "pull": {}, "library": ""}
HEADERS = {
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
}


def refusal(response: httpx.Response) -> tuple[int, str]:
    error = response.json()["error"]
    assert set(error) == {"code", "message"}
    assert error["message"]
    return response.status_code, error["code"]


@pytest.mark.parametrize("body", [b"", b"{", b"inte json", b"\xff\xfe", b"[1,2", b'{"v":1}}', b"NaN", b'{"v":NaN}', b"\x1f\x8b\x08"])
async def test_what_is_not_json_is_told_so(joined: Joined, body: bytes) -> None:
    anna = await joined("anna")
    response = await anna.post(body)
    assert refusal(response) in {(400, "json"), (400, "shape")}


async def test_half_json_is_never_taken_for_the_whole(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    anna.write(inc, "log", body="hel")
    operations, seals = anna.unsent()
    whole = json.dumps({**SYNC, "push": {"ops": operations, "seals": seals}}).encode()
    for cut in (len(whole) - 1, len(whole) // 2, 1):
        assert refusal(await anna.post(whole[:cut])) == (400, "json")
    packed = gzip.compress(whole)
    flipped = packed[:20] + bytes([packed[20] ^ 1]) + packed[21:]
    for broken in (packed[:-1], packed[: len(packed) // 2], packed[:-8] + bytes(8), packed + b"x", packed + packed, b"not gzip", b"", flipped):
        response = await anna.client.post(f"{anna.base}/sync", content=broken, headers={"Content-Encoding": "gzip"})
        assert refusal(response) == (400, "json")
    assert (await anna.push([], pull={inc: 0}))["incidents"] == {}
    assert (await anna.push(operations, seals))["results"] == [["ok", 1]]


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        "text",
        7,
        None,
        {},
        {"v": "1"},
        {**SYNC, "epoch": 5},
        {**SYNC, "offset": "0"},
        {**SYNC, "push": []},
        {**SYNC, "push": {"ops": {}}},
        {**SYNC, "push": {"ops": [], "seals": 1}},
        {**SYNC, "pull": []},
        {**SYNC, "pull": {"kort": 0}},
        {**SYNC, "pull": {"A" * 22: -1}},
        {**SYNC, "pull": {"A" * 22: 2**53}},
        {**SYNC, "pull": {"A" * 22: 1.5}},
        {**SYNC, "pull": {"A" * 22: 10**40}},
        {**SYNC, "unnamed": "0"},
        {**SYNC, "library": 1},
        {**SYNC, "device": "x"},
        {**SYNC, "offset": 1e300},
        {**SYNC, "offset": 10**30},
        {**SYNC, "offset": -(2**60)},
    ],
    ids=str,
)
async def test_a_request_of_the_wrong_form_is_told_so(joined: Joined, wrong: object) -> None:
    anna = await joined("anna")
    assert refusal(await anna.post(json.dumps(wrong).encode())) == (400, "shape")
    if isinstance(wrong, dict) and wrong:
        slow = json.dumps({**wrong, "extra": "\ud83d"}).encode()
        assert refusal(await anna.post(slow))[0] == 400


async def test_another_version_of_the_protocol_is_told_so_and_unknown_keys_are_not(joined: Joined) -> None:
    anna = await joined("anna")
    assert refusal(await anna.post({**SYNC, "v": 2})) == (400, "version")
    assert (await anna.post({**SYNC, "tomorrow": [1, {"a": 2}], "push": {"ops": [], "seals": [], "more": 1}})).status_code == 200
    assert (await anna.post(b' { "library" : "" , "pull" : null , "v" : 1 } ')).status_code == 200
    assert (await anna.post({**SYNC, "offset": 12.75})).status_code == 200


async def test_absurd_numbers_and_nan_harm_only_their_own_operation(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    anna.write(inc, "log", body="god")
    operations, seals = anna.unsent()
    for number in ("1e999", "-1e999", "NaN", "Infinity", "9" * 30, "9" * 5000, "1.0", "-1", "9007199254740992"):
        good = json.dumps(operations[0])
        rotten = json.dumps([*operations[0][:4], 0, *operations[0][5:]]).replace(", 0,", f", {number},", 1)
        body = f'{{"v":1,"push":{{"ops":[{good},{rotten}],"seals":{json.dumps(seals)}}}}}'
        response = await anna.post(body.encode())
        assert response.status_code == 200, (number[:20], response.text)
        assert response.json()["results"][1] == ["dead", "shape"], number[:20]
        assert response.json()["results"][0][0] in ("ok", "dup")


async def test_what_is_too_large_is_refused_whole_so_that_the_phone_halves_it(joined: Joined) -> None:
    anna = await joined("anna")
    inc = new_id()
    for number in range(501):
        anna.write(inc, "log", body=f"{number}")
    written = anna.written[inc]
    assert refusal(await anna.post({**SYNC, "push": {"ops": written, "seals": []}})) == (413, "size")
    assert refusal(await anna.post({**SYNC, "push": {"ops": [], "seals": [[]] * 2001}})) == (413, "size")
    assert refusal(await anna.post({**SYNC, "pull": {new_id(): 0 for _ in range(5001)}})) == (413, "size")
    assert refusal(await anna.post(b" " * (256 * 1024 + 1))) == (413, "size")
    assert (await anna.post(json.dumps(SYNC).encode().ljust(256 * 1024))).status_code == 200
    assert (await anna.push(written[:500], [anna.seal(inc, 1, 500)]))["results"][-1] == ["ok", 500]


async def test_a_large_body_is_refused_before_all_of_it_has_come(server: Running, joined: Joined) -> None:
    anna = await joined("anna")
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"POST {anna.base}/sync HTTP/1.1\r\nHost: localhost\r\nCookie: {COOKIE}={anna.client.cookies[COOKIE]}\r\nContent-Length: 1000000000\r\n\r\n"
    writer.write(head.encode() + b" " * 300_000)
    async with asyncio.timeout(5):
        assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()
    await writer.wait_closed()


async def test_a_gzip_bomb_is_refused_at_two_mebibytes(joined: Joined) -> None:
    anna = await joined("anna")
    bomb = gzip.compress(b" " * (200 * 1024 * 1024))
    assert len(bomb) < 256 * 1024
    response = await anna.client.post(f"{anna.base}/sync", content=bomb, headers={"Content-Encoding": "gzip"})
    assert refusal(response) == (413, "size")
    most = gzip.compress(json.dumps(SYNC).encode().ljust(2 * 1024 * 1024))
    assert (await anna.client.post(f"{anna.base}/sync", content=most, headers={"Content-Encoding": "gzip"})).status_code == 200
    over = gzip.compress(json.dumps(SYNC).encode().ljust(2 * 1024 * 1024 + 1))
    assert refusal(await anna.client.post(f"{anna.base}/sync", content=over, headers={"Content-Encoding": "gzip"})) == (413, "size")


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "x"])
async def test_an_encoding_that_is_not_understood_is_told_so(joined: Joined, encoding: str) -> None:
    anna = await joined("anna")
    response = await anna.client.post(f"{anna.base}/sync", content=zlib.compress(json.dumps(SYNC).encode()), headers={"Content-Encoding": encoding})
    assert refusal(response) == (415, "encoding")


@pytest.mark.parametrize("depth", [10, 200, *range(930, 1010, 3), 5000, 100_000])
async def test_nesting_of_any_depth_is_dead_or_refused_but_never_a_stumble(joined: Joined, depth: int) -> None:
    anna = await joined("anna")
    deep = "[" * depth + "]" * depth
    for body in (
        f'{{"v":1,"push":{{"ops":[{deep}]}}}}',
        f'{{"v":1,"push":{{"ops":["\\ud83d",{deep}],"seals":[{deep}]}}}}',
        f'{{"v":1,"device":{{"unsent":{deep}}},"library":"\\ud83d"}}',
        deep,
    ):
        response = await anna.post(body.encode())
        assert response.status_code in (200, 400, 413), (depth, body[:40], response.text)
        if response.status_code == 200 and "ops" in body:
            assert response.json()["results"][-1] == ["dead", "shape"]


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=30),
        st.sampled_from(["\ud83d", "A" * 22, "A" * 11, "A" * 43, "A" * 86, "\x00", 10**30]),
    ),
    lambda inner: st.lists(inner, max_size=10) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=15,
)
KEYS = ["v", "epoch", "offset", "push", "pull", "unnamed", "library", "device", "ops", "seals", "code", "key", "name", "build", "challenge", "sig"]
near_misses = st.builds(lambda base, more: {**base, **more}, st.sampled_from([SYNC, {"v": 1}]), st.dictionaries(st.sampled_from(KEYS), json_values, max_size=4))
pushes = st.builds(lambda ops, seals: {"v": 1, "push": {"ops": ops, "seals": seals}}, st.lists(json_values, max_size=6), st.lists(json_values, max_size=6))
operation_like = st.tuples(*[st.sampled_from([1, "A" * 22, "mark", "", 0, 2**53 - 1]) | json_values for _ in range(10)]).map(list)
seal_like = st.tuples(
    *[st.sampled_from(["A" * 22, "A" * 43, "A" * 86]) | json_values if at not in (2, 3) else st.integers(1, 2**53 - 1) | json_values for at in range(7)]
).map(list)
real_pushes = st.builds(
    lambda ops, seals: {"v": 1, "push": {"ops": ops, "seals": seals}, "pull": {}},
    st.lists(operation_like, max_size=4),
    st.lists(seal_like, max_size=3),
)
introductions = st.fixed_dictionaries(
    {key: st.sampled_from(["A" * 22, "A" * 87, "AAAAAAAA"]) | json_values for key in ("code", "device", "key", "name", "build", "challenge", "sig")}
)
bodies = st.one_of(
    st.binary(max_size=60),
    st.one_of(json_values, near_misses, pushes, real_pushes, introductions).map(lambda value: json.dumps(value).encode()),
    st.one_of(near_misses, pushes).map(lambda value: gzip.compress(json.dumps(value).encode())),
)


@pytest.fixture(scope="module")
def knock(server: Running) -> Iterator[Callable[[str, bytes], tuple[int, bytes]]]:
    """Posts a body with Anna's session and gives status and answer; over one plain connection, since it is done thousands of times."""
    connection = http.client.HTTPConnection("localhost", server.port, timeout=20)

    def post(path: str, body: bytes, **headers: str) -> tuple[int, bytes]:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()

    phone = Phone("anna", httpx.AsyncClient())
    introduction = {"code": make_code(server.data, "doors", "anna"), **phone.introduction()}
    response = httpx.post(f"{server.url}/api/join", json=introduction, headers={"X-Forwarded-For": "192.0.2.250"})
    assert response.status_code == 201
    cookie = f"{COOKIE}={response.cookies[COOKIE]}"
    yield lambda path, body: post(path, body, **{"Cookie": cookie, "Content-Encoding": "gzip" if body[:2] == b"\x1f\x8b" else "identity"})
    connection.close()


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=bodies)
def test_no_body_makes_any_door_stumble(knock: Callable[[str, bytes], tuple[int, bytes]], body: bytes) -> None:
    for door in ("/api/join", *(f"/api/o/doors/{name}" for name in ("challenge", "session", "devices", "sync", "have"))):
        status, said = knock(door, body)
        assert status < 500, (door, said)
        if status >= 400:
            error = json.loads(said)["error"]
            assert set(error) == {"code", "message"}


@pytest.mark.parametrize("path", ["sync", "have", "devices"])
async def test_other_methods_and_unknown_paths_are_refused_in_the_same_form(joined: Joined, path: str) -> None:
    anna = await joined("anna")
    assert refusal(await anna.client.get(f"{anna.base}/{path}")) == (405, "method")
    assert refusal(await anna.client.get(f"{anna.base}/{path}/more")) == (404, "not-found")
    assert refusal(await anna.client.get("/api/nowhere")) == (404, "not-found")
    assert refusal(await anna.client.get("/api/o//sync")) == (404, "not-found")


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "SAME"},
    {"Origin": "https://ond.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:1"},
    {"Origin": "http://localhost.ond.example"},
    {"Origin": ""},
]
OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "SAME"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://other.example"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_what_another_site_sends_is_refused_whatever_it_carries(server: Running, joined: Joined, headers: dict[str, str]) -> None:
    anna = await joined("anna")
    inc = new_id()
    anna.write(inc, "log", body="i annas namn")
    operations, seals = anna.unsent()
    told = {name: server.url if value == "SAME" else value for name, value in headers.items()}
    for method, path in (("POST", "sync"), ("POST", "devices"), ("PUT", f"files/{new_id()}"), ("DELETE", "sync"), ("POST", "nowhere")):
        body = json.dumps({**SYNC, "push": {"ops": operations, "seals": seals}}).encode()
        assert refusal(await anna.client.request(method, f"{anna.base}/{path}", content=body, headers=told)) == (403, "origin")
    assert (await anna.client.get(f"{anna.base}/library", headers=told)).status_code == 200, "reading changes nothing, and no other site can see the answer"
    assert (await anna.push(operations, seals))["results"] == [["ok", 1]]


@pytest.mark.parametrize("headers", OWN, ids=str)
async def test_the_apps_own_pages_and_programs_without_pages_are_let_in(server: Running, joined: Joined, headers: dict[str, str]) -> None:
    anna = await joined("anna")
    told = {name: server.url if value == "SAME" else value for name, value in headers.items()}
    assert (await anna.client.post(f"{anna.base}/sync", json=SYNC, headers=told)).status_code == 200


async def test_every_sort_of_answer_carries_the_security_headers(tmp_path: Path) -> None:
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<!doctype html><title>Stormlykta</title>" + " " * 2000)
    (web / "assets" / "app-abc.js").write_text("1" * 2000)
    running = Running(tmp_path / "data", STORMLYKTA_WEB=str(web)).start()
    try:
        async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
            anna = Phone("anna", client)
            joined = await anna.join(make_code(running.data, "kommun", "anna"))
            page, script = await client.get("/"), await client.get("/assets/app-abc.js")
            answers = {
                200: [page, script, await client.get("/healthz"), await anna.post(SYNC), await client.get(f"{anna.base}/library")],
                201: [joined],
                204: [await anna.sign_in()],
                304: [await client.get(f"{anna.base}/library", headers={"If-None-Match": (await client.get(f"{anna.base}/library")).headers["etag"]})],
                400: [await anna.post(b"{")],
                401: [await client.get("/api/o/annan/library")],
                403: [await client.post("/api/join", headers={"Sec-Fetch-Site": "cross-site"})],
                404: [await client.get(path) for path in ("/nowhere.js", "/api/nowhere", "/../../etc/passwd", "/%2e%2e/data/stormlykta.db")],
                405: [await client.get(f"{anna.base}/sync"), await client.post("/")],
                409: [await anna.post({**SYNC, "epoch": "another"})],
                413: [await anna.post(b" " * 300_000)],
            }
            secure = await client.get("/", headers={"X-Forwarded-Proto": "https"})
            async with client.stream("GET", f"{anna.base}/live") as stream:
                answers[200].append(stream)
            with contextlib.closing(sqlite3.connect(running.data / "stormlykta.db")) as database, database:
                database.execute("ALTER TABLE files RENAME TO gone")
            answers[500] = [await client.get(f"{anna.base}/files/{new_id()}")]
            for status, responses in answers.items():
                for response in responses:
                    assert response.status_code == status, response.url
                    assert set(response.headers) >= HEADERS, (status, response.url)
                    policy = response.headers["content-security-policy"]
                    assert "default-src 'none'" in policy
                    assert "unsafe-inline" not in policy
                    assert "'unsafe-eval'" not in policy
                    assert "http" not in policy
                    assert response.headers["x-content-type-options"] == "nosniff"
                    assert "server" not in response.headers
                    if status >= 400 and "/api/" in str(response.url):
                        refusal(response)
            assert page.headers["cache-control"] == "no-cache"
            assert "immutable" in script.headers["cache-control"]
            assert "max-age" in secure.headers["strict-transport-security"]
            assert "strict-transport-security" not in page.headers
            assert answers[500][0].json()["error"]["code"] == "internal"
            assert "files" not in answers[500][0].text
    finally:
        running.stop()
    assert "no such table: files" in running.log.read_text(), "a bug is logged with its trace"


async def test_nothing_personal_is_written_in_the_log_in_a_whole_session(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    running = Running(tmp_path / "data", STORMLYKTA_LOG="debug").start()
    request.addfinalizer(running.stop)
    code = running.invite("Anna Ångström", "kommunen", "--role", "leader")["code"]
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        anna = Phone("annas-telefon", client)
        assert (await anna.join(code)).status_code == 201
        await anna.join("ZZZZ-ZZZZ")
        first_cookie = client.cookies[COOKIE]
        await anna.sign_in()
        inc = new_id()
        anna.write(inc, "log", body="patienten heter Olle")
        await anna.sync()
        await anna.post([inc], path="have")  # type: ignore[arg-type]
        photo = await client.put(f"{anna.base}/files/{new_id()}", content=b"en bild")
        assert photo.status_code == 422
        for path in (f"incidents/{inc}/export", "incidents", "library", f"incidents/{new_id()}/export", "documents/hemligt-namn"):
            await client.get(f"{anna.base}/{path}?q=hemlig-fraga")
        await anna.post(b'{"v":1,"push":{"ops":["Olle"]')
        await client.get("/hemlig-sida")
        running.command("revoke", anna.device, "--organisation", "kommunen")
        await anna.post(SYNC)
        with contextlib.closing(sqlite3.connect(running.data / "stormlykta.db")) as database, database:
            database.execute("ALTER TABLE streams RENAME TO gone")
        broken = await anna.client.get(f"{anna.base}/incidents")
        assert broken.status_code in (403, 500)
        second_cookie = client.cookies[COOKIE]
    assert running.stop() == 0
    written = running.log.read_text()
    assert '"route":' in written
    secrets = [code, code[:4], first_cookie, second_cookie, inc, anna.device, anna.key, anna.member]
    names = ["Anna", "ngstr", "annas-telefon", "Olle", "patienten", "kommunen", "hemlig"]
    assert [told for told in (*secrets, *names) if told in written] == []
