"""The record, its chain and its seal: the worked examples of the protocol, and that no bytes at all make a reader raise what it does not promise."""

import base64
import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stormlykta.log.operations import (
    LARGEST,
    Operation,
    Rotten,
    Seal,
    base64url,
    link,
    load_slowly,
    read_operation,
    read_operation_slowly,
    read_seal,
    root,
    seal_fields,
    seal_text,
    session_text,
    unbase64,
    verify,
)
from stormlykta.log.walks import Link, Walk, walk
from stormlykta.texts.documents import document_hash

VECTORS = json.loads((Path(__file__).parents[1] / "vectors.json").read_text())
KEY = unbase64(VECTORS["key"]["raw"])
GOOD: list[Any] = VECTORS["operations"][0]["operation"]

# What JSON text can hold, and what it can not: half an emoji, NaN, numbers without end.
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)) | st.sampled_from(["\ud83d", "1e999", *GOOD]),
    lambda inner: st.lists(inner, max_size=11) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=25,
)
plain_text = st.text(st.characters(codec="utf-8"), max_size=200)
whole = st.integers(0, LARGEST)
operations = st.tuples(
    st.just(1),
    st.just(GOOD[1]),
    st.integers(1, LARGEST),
    whole,
    whole,
    st.just(GOOD[5]),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=64),
    plain_text,
    plain_text,
    plain_text,
)


def encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("example", VECTORS["operations"], ids=lambda example: f"n{example['operation'][2]}")
def test_each_worked_operation_has_its_bytes_its_digest_its_place_and_its_id(example: dict[str, Any]) -> None:
    operation = read_operation(encode(example["operation"]))
    assert isinstance(operation, Operation)
    assert operation.record.hex() == example["bytes_hex"]
    assert base64url(operation.d) == example["d"]
    h = root(VECTORS["incident"], VECTORS["device"])
    for each in VECTORS["operations"][: operation.n]:
        h = link(h, unbase64(each["d"]))
    assert base64url(h) == example["h"]
    assert f"{operation.dev}.{operation.n}.{base64url(h[:8])}" == example["id"]


def test_the_chain_begins_at_the_worked_root() -> None:
    assert base64url(root(VECTORS["incident"], VECTORS["device"])) == VECTORS["h_0"]


@pytest.mark.parametrize("fields", VECTORS["seals"], ids=lambda fields: f"{fields[2]}-{fields[3]}")
def test_each_worked_seal_is_read_leads_and_verifies_and_is_written_as_it_came(fields: list[Any]) -> None:
    seal = read_seal(encode(fields))
    assert seal is not None
    assert list(seal_fields(seal)) == fields
    digests = {example["operation"][2]: [Link(unbase64(example["d"]), None, 0)] for example in VECTORS["operations"]}
    found = walk(seal, digests)
    assert found.end == "arrived"
    assert [base64url(h) for h in found.after] == [example["h"] for example in VECTORS["operations"][seal.start - 1 : seal.end]]
    assert verify(KEY, seal.sig, seal_text(seal))
    for changed in (seal._replace(start=seal.start + 1), seal._replace(end=seal.end + 1), seal._replace(inc="A" * 22), seal._replace(head=bytes(32))):
        assert not verify(KEY, seal.sig, seal_text(changed))


def test_the_worked_session_signature_verifies_for_its_organisation_and_no_other() -> None:
    session = VECTORS["session"]
    sig = unbase64(session["sig"])
    assert verify(KEY, sig, session_text(VECTORS["organisation"], VECTORS["device"], session["challenge"]))
    assert not verify(KEY, sig, session_text("grannkommun", VECTORS["device"], session["challenge"]))


def test_the_worked_document_has_its_hash() -> None:
    assert document_hash(VECTORS["document"]["bytes"].encode()) == VECTORS["document"]["hash"]


@given(operations)
def test_whatever_a_phone_may_write_is_read_and_its_bytes_are_canonical(fields: tuple[Any, ...]) -> None:
    spaced = json.dumps(fields, ensure_ascii=True, indent=1).encode()
    compact = read_operation(encode(fields))
    loose = read_operation(spaced)
    slow = read_operation_slowly(list(fields))
    assert isinstance(compact, Operation)
    assert compact == loose == slow
    assert compact.record == encode(fields)
    again = read_operation(compact.record)
    assert again == compact


@given(anything)
def test_no_json_value_makes_the_readers_raise(value: Any) -> None:
    raw = json.dumps(value).encode()
    for read in (read_operation(raw), read_operation_slowly(value), read_operation_slowly(load_slowly(raw))):
        assert isinstance(read, Operation | Rotten)
    read_seal(raw)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_readers_raise_more_than_they_promise(raw: bytes) -> None:
    try:
        value = load_slowly(raw)
    except ValueError:
        value = None
    read_operation_slowly(value)
    assert isinstance(read_operation(raw), Rotten)
    assert read_seal(raw) is None


@given(st.sampled_from(VECTORS["operations"]), st.integers(0, 9), anything)
def test_an_operation_with_one_field_of_anything_is_read_or_rotten_and_both_readers_agree(example: dict[str, Any], at: int, value: Any) -> None:
    fields = copy.deepcopy(example["operation"])
    fields[at] = value
    slow = read_operation_slowly(fields)
    try:
        fast = read_operation(encode(fields))
    except UnicodeError:
        return
    assert isinstance(slow, Operation) == isinstance(fast, Operation)
    if isinstance(slow, Rotten) and isinstance(fast, Rotten):
        assert slow.code == fast.code


@given(st.sampled_from(VECTORS["seals"]), st.integers(0, 6), anything)
def test_a_seal_with_one_field_of_anything_is_read_or_none(seal: list[Any], at: int, value: Any) -> None:
    fields = [*seal]
    fields[at] = value
    read = read_seal(json.dumps(fields).encode())
    assert read is None or list(seal_fields(read)) == fields


@given(st.binary(max_size=80))
def test_base64url_is_unpadded_and_goes_both_ways(data: bytes) -> None:
    assert unbase64(base64url(data)) == data
    assert base64url(data) == base64.urlsafe_b64encode(data).decode().rstrip("=")


@given(st.text(max_size=60))
def test_a_text_that_is_not_base64url_is_a_value_error_and_nothing_else(text: str) -> None:
    try:
        data = unbase64(text)
    except ValueError:
        return
    assert len(data) == len(text) * 6 // 8


@given(st.binary(max_size=70), st.binary(max_size=70), st.binary(max_size=20))
def test_a_key_or_signature_of_any_bytes_does_not_verify_and_does_not_raise(key: bytes, signature: bytes, text: bytes) -> None:
    assert not verify(key, signature, text)
    assert not verify(KEY, signature, text)


@pytest.mark.parametrize("depth", [10, 500, *range(960, 1010), 100_000])
def test_nesting_of_any_depth_is_rotten_or_a_value_error(depth: int) -> None:
    raw = b"[" * depth + b"]" * depth
    assert isinstance(read_operation(raw), Rotten)
    assert read_seal(raw) is None
    try:
        value = load_slowly(raw)
    except ValueError:
        return
    assert isinstance(read_operation_slowly(value), Rotten)


def test_numbers_at_the_edges_are_kept_and_those_beyond_are_rotten() -> None:
    for at, least in ((2, 1), (3, 0), (4, 0)):
        for value, good in ((least, True), (LARGEST, True), (least - 1, False), (LARGEST + 1, False), (10**400, False), (1.0, False)):
            fields = [*GOOD]
            fields[at] = value
            assert isinstance(read_operation(encode(fields)), Operation) is good, (at, value)
            assert isinstance(read_operation_slowly(load_slowly(encode(fields))), Operation) is good, (at, value)


@pytest.mark.parametrize("form", [0, 2, -1, True, "1", None, 1.0])
def test_another_record_format_is_rotten(form: Any) -> None:
    assert isinstance(read_operation(encode([form, *GOOD[1:]])), Rotten)


def test_ids_are_22_characters_of_base64url_and_nothing_round_them() -> None:
    for bad in ("", "A" * 21, "A" * 23, "A" * 21 + "=", "A" * 21 + "\n", "A" * 21 + "å", "A" * 22 + "\n"):
        assert isinstance(read_operation(encode([1, bad, *GOOD[2:]])), Rotten)
        assert isinstance(read_operation(encode([*GOOD[:5], bad, *GOOD[6:]])), Rotten)


def test_a_seal_over_more_than_anybody_holds_is_answered_at_once() -> None:
    seal = Seal(GOOD[1], GOOD[5], 1, LARGEST, bytes(32), bytes(32), bytes(64))
    assert walk(seal, {}).end == "open"
    assert walk(seal, {1: [Link(bytes(32), None, 0)], 2: [Link(bytes(32), None, 1), Link(bytes([1]) * 32, None, 2)]}).end == "open"


def test_a_walk_finds_its_branch_among_forks() -> None:
    start = root(GOOD[5], GOOD[1])
    branches = [[bytes([branch, n]) * 16 for n in range(1, 4)] for branch in range(3)]
    for branch in branches:
        h = start
        after = [h := link(h, d) for d in branch]
        seal = Seal(GOOD[1], GOOD[5], 1, 3, start, after[-1], bytes(64))
        links = {n: [Link(other[n - 1], None, at * 3 + n) for at, other in enumerate(branches)] for n in range(1, 4)}
        assert walk(seal, links) == Walk("arrived", branch, after)


def test_what_is_rotten_keeps_what_came_for_whoever_looks_later() -> None:
    rotten = read_operation_slowly([1, "\ud83d"])
    assert isinstance(rotten, Rotten)
    assert msgspec.json.decode(json.dumps(json.loads(rotten.raw)[0]).encode()) == 1
