"""Pasted lists of people: every line is a person or a fault with its reason, and no line is lost or guessed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stormlykta.office.invitees import Fault, Invitee, read_lines

SAID = st.text(st.sampled_from("Anna Berg;,\t<>@.\"'åäöÅÄÖ-\r\n\u2028\u00a0\ufeff=+x1"), max_size=80)


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Anna Berg;Anna.Berg@Exempel.example", "Anna Berg", "anna.berg@exempel.example"),
        ("Anna Berg; anna@exempel.example ;ledare", "Anna Berg", "anna@exempel.example"),
        ("Anna Berg\tanna@exempel.example", "Anna Berg", "anna@exempel.example"),
        ("Anna Berg, anna@exempel.example", "Anna Berg", "anna@exempel.example"),
        ("Anna Berg <anna@exempel.example>", "Anna Berg", "anna@exempel.example"),
        ('"Berg, Anna" <anna@exempel.example>;', "Berg, Anna", "anna@exempel.example"),
        ('"Berg, Anna";anna@exempel.example', "Berg, Anna", "anna@exempel.example"),
        ("Berg, Anna", "Berg, Anna", ""),
        ("  Åsa Öberg-Ek  ", "Åsa Öberg-Ek", ""),
        ("<b>Anna", "<b>Anna", ""),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", ""),
    ],
)
def test_a_line_is_read_as_people_write_it(line: str, name: str, email: str) -> None:
    assert read_lines(line, 10) == ([Invitee(name, email)], [])


def test_headings_empty_lines_and_the_mark_of_a_file_are_no_people() -> None:
    assert read_lines("\ufeffNamn;E-post\n\n  \nAnna;\r\nBo\n;;\n", 10) == ([Invitee("Anna", ""), Invitee("Bo", "")], [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (";anna@exempel.example", "no-name"),
        ("anna@exempel.example", "no-name"),
        ("Anna;anna@exempel", "email"),
        ("Anna;tfn 123", "email"),
        ("<script>alert(1)</script>", "email"),
        ("A" * 81, "long-name"),
        ("Anna;" + "a" * 250 + "@x.se", "email"),
    ],
)
def test_a_line_that_is_half_right_is_a_fault_with_its_reason(line: str, why: str) -> None:
    people, faults = read_lines(f"Bo\n{line}\nCecilia", 10)
    assert [person.name for person in people] == ["Bo", "Cecilia"]
    assert faults == [Fault(2, line[:200], why)]  # type: ignore[arg-type]


def test_the_same_person_twice_is_told_and_two_with_one_name_are_two_when_their_addresses_differ() -> None:
    people, faults = read_lines("Anna;a@x.se\nAnna;b@x.se\nAnna;a@x.se\nBertil;A@X.se\nBo\nBo", 10)
    assert people == [Invitee("Anna", "a@x.se"), Invitee("Anna", "b@x.se"), Invitee("Bo", "")]
    assert [(fault.line, fault.why) for fault in faults] == [(3, "twice"), (4, "twice"), (6, "twice")]


def test_more_than_fit_are_told_line_by_line() -> None:
    people, faults = read_lines("Anna\nBo\nCecilia", 2)
    assert (len(people), faults) == (2, [Fault(3, "Cecilia", "many")])


@given(SAID)
def test_no_text_makes_the_reader_stumble_and_no_line_disappears(text: str) -> None:
    people, faults = read_lines(text, 1000)
    assert len(people) + len(faults) <= len(text.splitlines())
    assert all(person.name == person.name.strip() and person.name.isprintable() for person in people)
