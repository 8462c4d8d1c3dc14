"""Files with a duty roster, as people and their calendars write them: every row a shift or a fault with its reason, and nothing guessed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from stormlykta.files import roster_calendars
from stormlykta.files.roster_files import MOST_BYTES, Reading, read_roster
from stormlykta.files.roster_names import Read, Register
from stormlykta.files.roster_tables import Asked
from stormlykta.files.roster_times import Changes, read_changes, read_week, spoken
from stormlykta.files.swedish_time import moment, odd
from stormlykta.shapes import Contacts, Number, Text
from tests.register import REGISTER

ZONE = ZoneInfo("Europe/Stockholm")
NOW = int(datetime(2026, 11, 24, 12, tzinfo=ZONE).timestamp() * 1000)
TABLE = "funktion;person;från;till\n"
EVENT = "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{summary}\n{more}END:VEVENT\n"


def read(data: str | bytes, changes: str = "mon-08:00", function: str = "") -> Reading:
    register = Register(REGISTER)
    found = read_changes(changes)
    assert found is not None
    return read_roster(data if isinstance(data, bytes) else data.encode(), register, Asked(found, register.functions.get(function), NOW))


def table(*rows: str) -> Reading:
    return read(TABLE + "\n".join(rows))


def calendar(*events: str, head: str = "") -> Reading:
    return read(f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}" + "".join(events) + "END:VCALENDAR\n")


def event(summary: str, *lines: str, uid: str = "") -> str:
    return EVENT.format(uid=uid or summary + "".join(lines), summary=summary, more="".join(f"{line}\n" for line in lines))


def said(reading: Reading) -> list[tuple[str, str, str, str]]:
    assert reading.faults == [], reading.faults
    assert not reading.stopped, reading.told
    return [(read.function, read.name, spoken(read.start), spoken(read.end)) for read in reading.reads]


def why(reading: Reading) -> list[tuple[int, str]]:
    return [(fault.row, fault.why.sv) for fault in reading.faults]


def hours(read: Read) -> float:
    return (read.end - read.start) / 3_600_000


def test_a_table_of_times_is_read_by_titles_names_and_ids_whatever_their_case() -> None:
    reading = table("kommundirektör;KARIN  exempelsson;2026-11-23 08:00;2026-11-30 8.00", "Chief executive;bo;2026-11-30T08:00;2026-12-07 08:00:00")
    assert said(reading) == [
        ("direktor", "Karin Exempelsson", "2026-11-23 08:00", "2026-11-30 08:00"),
        ("direktor", "Bo Provlund", "2026-11-30 08:00", "2026-12-07 08:00"),
    ]
    assert [read.person for read in reading.reads] == ["karin", "bo"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_read_whatever_program_saved_it(encoding: str, separator: str) -> None:
    text = "Jourlista 2026\r\n\r\nVecka;Funktion;Namn\r\n2026-v48;Kommundirektör;Karin Exempelsson\r\n".replace(";", separator)
    assert said(read(text.encode(encoding))) == [("direktor", "Karin Exempelsson", "2026-11-23 08:00", "2026-11-30 08:00")]


@pytest.mark.parametrize("week", ["2026-v48", "2026v48", "2026-W48", "2026 v. 48", "v48 2026", "v.48, 2026", "202648"])
def test_a_week_is_read_as_people_write_it(week: str) -> None:
    assert said(read(f'vecka;funktion;person\n"{week}";direktor;bo\n'))[0][2:] == ("2026-11-23 08:00", "2026-11-30 08:00")


def test_a_week_may_have_its_year_in_a_column_of_its_own() -> None:
    assert said(read("år;vecka;funktion;person\n2026;v48;direktor;bo\n2026;48;va-jour;bo\n"))[1][2] == "2026-11-23 08:00"


def test_a_weeks_duty_changes_hands_when_the_clerk_says() -> None:
    assert said(read("vecka;funktion;person\n2026-v48;direktor;bo\n", "fri-16:00"))[0][2:] == ("2026-11-27 16:00", "2026-12-04 16:00")
    assert [read_changes(text) for text in ("måndag", "mon-24:00", "mon-08:60", "mon 08:00", "")] == [None] * 5


def test_week_53_is_there_in_the_years_that_have_one() -> None:
    reading = read("vecka;funktion;person\n2026-v53;direktor;karin\n2027-v01;direktor;bo\n2027-v53;direktor;karin\n")
    assert [spoken(read.start) for read in reading.reads] == ["2026-12-28 08:00", "2027-01-04 08:00"]
    assert why(reading) == [(4, "År 2027 har ingen vecka 53.")]


@given(st.integers(2000, 2100), st.integers(1, 53))
def test_week_follows_week_without_hole_or_overlap(year: int, week: int) -> None:
    try:
        start, end = read_week(f"{year}-v{week}", "", Changes())
    except Exception:
        assert week == 53
        return
    after = read_week(f"{year}-v{week + 1}", "", Changes())[0] if week < 52 else end
    assert end.at == after.at > start.at


def test_a_shift_over_the_night_when_clocks_change_has_its_true_length() -> None:
    spring = table("direktor;bo;2027-03-22 08:00;2027-03-29 08:00")
    autumn = table("direktor;bo;2026-10-19 08:00;2026-10-26 08:00")
    assert [hours(spring.reads[0]), hours(autumn.reads[0])] == [7 * 24 - 1, 7 * 24 + 1]


def test_an_hour_that_no_clock_shows_is_a_fault_and_one_that_comes_twice_is_told() -> None:
    reading = table("direktor;bo;2027-03-28 02:30;2027-03-29 08:00", "direktor;bo;2026-10-25 02:30;2026-10-26 08:00")
    assert why(reading) == [(2, "Från: klockan 2027-03-28 02:30 finns inte, då ställs klockan fram till sommartid.")]
    assert reading.reads[0].start == int(datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("UTC")).timestamp() * 1000)
    assert "två gånger" in reading.reads[0].told[0].sv


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_every_wall_clock_time_that_is_not_odd_comes_back(at: datetime) -> None:
    minute = at.replace(second=0, microsecond=0)
    if odd(minute) != "skipped":
        assert spoken(moment(minute)) == minute.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Kommundirektor;bo;2026-11-23 08:00;2026-11-30 08:00", "Menas Kommundirektör?"),
        ("Nödnummer;bo;2026-11-23 08:00;2026-11-30 08:00", "finns inte bland kontakterna"),
        (";bo;2026-11-23 08:00;2026-11-30 08:00", "Funktion är tom"),
        ("direktor;;2026-11-23 08:00;2026-11-30 08:00", "vem som är i tjänst"),
        ("direktor;bo;2026-11-23;2026-11-30", "Skriv datum och klockslag"),
        ("direktor;bo;2026-02-30 08:00;2026-11-30 08:00", "är ingen tid"),
        ("direktor;bo;2026-11-23 24:00;2026-11-30 08:00", "är ingen tid"),
        ("direktor;bo;;2026-11-30 08:00", "Från är tom"),
        ("direktor;bo;2026-11-30 08:00;2026-11-23 08:00", "slutar innan det börjar"),
        ("direktor;bo;2026-11-23 08:00;2028-11-30 08:00", "längre än 366 dagar"),
        ("direktor;bo;2062-11-23 08:00;2062-11-30 08:00", "för långt bort"),
        ("direktor;=A1;2026-11-23 08:00;2026-11-30 08:00", "formel"),
        ("direktor;Bo\u202eelak;2026-11-23 08:00;2026-11-30 08:00", "osynligt styrtecken"),
        ("direktor;KarÃ¥n;2026-11-23 08:00;2026-11-30 08:00", "fel teckenkodning"),
    ],
)
def test_a_faulty_row_says_why_and_the_others_are_read(row: str, reason: str) -> None:
    reading = table(row, "va-jour;bo;2026-11-23 08:00;2026-11-30 08:00")
    assert [(fault.row, reason in fault.why.sv) for fault in reading.faults] == [(2, True)], why(reading)
    assert all(fault.why.en for fault in reading.faults)
    assert [read.row for read in reading.reads] == [3]


def test_who_is_not_among_the_contacts_is_read_by_name_and_told() -> None:
    (read,) = table("direktor;Inhyrd Konsult;2026-11-23 08:00;2026-11-30 08:00").reads
    assert (read.person, read.name) == (None, "Inhyrd Konsult")
    assert "utan nummer" in read.told[0].sv


def test_two_of_the_same_name_are_not_chosen_between_unless_they_have_the_same_numbers() -> None:
    director, water, public = REGISTER.functions
    one, other = (
        structs.replace(director.persons[1], id=id, numbers=(Number(dial, dial),)) for id, dial in (("bo-2", "+46701740608"), ("bo-3", "+46701740001"))
    )
    same = Contacts((director, structs.replace(water, persons=(one,)), structs.replace(public, id="skola", kind="intern", title=Text("Skola"))))
    different = Contacts((director, structs.replace(water, persons=(other,)), same.functions[2]))
    row = f"{TABLE}Skola;Bo Provlund;2026-11-23 08:00;2026-11-30 08:00"
    readings = [read_roster(row.encode(), Register(contacts), Asked(Changes(), None, NOW)) for contacts in (same, different)]
    assert [[each.person for each in reading.reads] for reading in readings] == [["bo"], []]
    assert why(readings[1]) == [(2, "Flera kontakter heter ”Bo Provlund”. Skriv kontaktens id.")]


def test_what_stands_twice_is_read_once_and_two_at_once_are_told() -> None:
    row = "direktor;bo;2026-11-23 08:00;2026-11-30 08:00"
    reading = table(row, row, "direktor;karin;2026-11-29 08:00;2026-12-07 08:00")
    assert [(read.row, [text.sv for text in read.told]) for read in reading.reads] == [
        (2, ["Samma pass står också på rad 3."]),
        (4, ["Två i tjänst samtidigt: också Bo Provlund, 2026-11-23 08:00–2026-11-30 08:00."]),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tom"),
        (b"\x00\x01\x02binary", "varken CSV eller en kalender"),
        (b"PK\x03\x04" + bytes(400), "varken CSV eller en kalender"),
        (b"namn;telefon\nBo;112\n", "rubrikerna"),
        (TABLE.encode(), "inga pass"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "inga pass"),
        (b"BEGIN:VCALENDAR\nhej\nEND:VCALENDAR\n", "skadad"),
        (b'funktion;person;from;to\n"direktor;bo', "citattecken"),
        (b"x" * (MOST_BYTES + 1), "1 MB"),
        (TABLE.encode() + "".join(f"direktor;P{n};2026-11-23 08:00;2026-11-30 08:00\n" for n in range(5_001)).encode(), "5000 pass"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_gives_nothing(data: bytes, reason: str) -> None:
    reading = read(data)
    assert reading.stopped
    assert (reading.reads, reading.faults) == ([], [])
    assert any(reason in told.why.sv for told in reading.told), reading.told


def test_a_calendar_is_read_by_its_titles() -> None:
    monday = ("DTSTART:20261123T080000", "DTEND:20261130T080000")
    reading = calendar(
        event("Kommundirektör: Karin Exempelsson", *monday),
        event("Bo Provlund – VA-jour", "DTSTART;TZID=Europe/Stockholm:20261123T080000", "DTEND;TZID=Europe/Stockholm:20261130T080000"),
        event("va jour / Inhyrd Konsult", "DTSTART:20261130T070000Z", "DURATION:P7D"),
    )
    assert said(reading) == [
        ("direktor", "Karin Exempelsson", "2026-11-23 08:00", "2026-11-30 08:00"),
        ("va-jour", "Bo Provlund", "2026-11-23 08:00", "2026-11-30 08:00"),
        ("va-jour", "Inhyrd Konsult", "2026-11-30 08:00", "2026-12-07 08:00"),
    ]


def test_a_calendar_is_read_by_its_categories_who_is_invited_and_its_own_name() -> None:
    monday = ("DTSTART:20261123T080000", "DTEND:20261130T080000")
    by_category = calendar(event("Karin Exempelsson", "CATEGORIES:Jour,Kommundirektör", *monday))
    by_address = calendar(event("Kommundirektör", "ATTENDEE:mailto:Karin@exempelkommun.example", *monday))
    by_name = calendar(event("Kommundirektör", 'ATTENDEE;CN="Bo Provlund":mailto:someone@else.example', *monday))
    by_calendar = calendar(event("Bo Provlund", *monday), head="X-WR-CALNAME:Kommundirektör\n")
    by_person = calendar(event("Jour", "ATTENDEE:mailto:karin@exempelkommun.example", *monday))
    assert [said(each)[0][:2] for each in (by_category, by_address, by_name, by_calendar, by_person)] == [
        ("direktor", "Karin Exempelsson"),
        ("direktor", "Karin Exempelsson"),
        ("direktor", "Bo Provlund"),
        ("direktor", "Bo Provlund"),
        ("direktor", "Karin Exempelsson"),
    ]


def test_a_repetition_is_worked_out_with_its_exceptions_over_the_change_of_clocks() -> None:
    first = ("DTSTART;TZID=Europe/Stockholm:20261019T080000", "DTEND;TZID=Europe/Stockholm:20261026T080000")
    reading = calendar(
        event("VA-jour: Bo Provlund", *first, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4", "EXDATE;TZID=Europe/Stockholm:20261116T080000", uid="1"),
        event(
            "VA-jour: Karin Exempelsson",
            "RECURRENCE-ID;TZID=Europe/Stockholm:20261102T080000",
            "DTSTART;TZID=Europe/Stockholm:20261102T080000",
            "DTEND;TZID=Europe/Stockholm:20261109T080000",
            uid="1",
        ),
    )
    assert sorted(said(reading), key=lambda row: row[2]) == [
        ("va-jour", "Bo Provlund", "2026-10-19 08:00", "2026-10-26 08:00"),
        ("va-jour", "Karin Exempelsson", "2026-11-02 08:00", "2026-11-09 08:00"),
        ("va-jour", "Bo Provlund", "2026-11-30 08:00", "2026-12-07 08:00"),
    ]
    assert max(hours(read) for read in reading.reads) == 7 * 24 + 1


def test_a_repetition_without_end_is_worked_out_for_400_days() -> None:
    reading = calendar(event("VA-jour: Bo Provlund", "DTSTART:20200106T080000", "DTEND:20200113T080000", "RRULE:FREQ=WEEKLY"))
    assert 64 <= len(reading.reads) <= 68
    assert spoken(reading.reads[-1].start) == "2027-12-27 08:00"


def test_whole_days_change_hands_at_the_clock_that_the_clerk_chose() -> None:
    reading = calendar(event("VA-jour: Bo Provlund", "DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261130"))
    assert said(reading)[0][2:] == ("2026-11-23 08:00", "2026-11-30 08:00")
    assert reading.reads[0].told[0].sv == "Heldag: bytet läses in klockan 08:00."


def test_the_zones_that_outlook_names_are_known_and_a_strange_one_is_told() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:{0}\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:-1100\nTZOFFSETTO:-1100\nEND:STANDARD\nEND:VTIMEZONE\n"
    outlook, strange = "W. Europe Standard Time", "Hittepå"
    lines = [f"{key};TZID={{0}}:{value}" for key, value in (("DTSTART", "20261123T080000"), ("DTEND", "20261130T080000"))]
    readings = [calendar(zone.format(name), event("VA-jour: Bo Provlund", *(line.format(name) for line in lines))) for name in (outlook, strange)]
    assert [said(reading)[0][2] for reading in readings] == ["2026-11-23 08:00"] * 2
    assert [[text.sv for text in reading.reads[0].told] for reading in readings] == [
        [],
        ["Tidszonen ”Hittepå” är okänd: tiden läses som svensk tid."],
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART:20261123T080000", "DTEND:20261123T080000"), "slutar innan"),
        (("DTSTART:hej", "DTEND:20261123T080000"), "ingen tid"),
        (("DTEND:20261123T080000",), "ingen tid"),
        (("DTSTART:20270328T023000", "DTEND:20270329T080000"), "sommartid"),
        (("DTSTART:00010101T080000", "DTEND:00010102T080000", "RRULE:FREQ=WEEKLY"), "Upprepningen"),
        (("DTSTART:19500101T080000", "DTEND:19500102T080000", "RRULE:FREQ=WEEKLY"), "Upprepningen"),
        *(
            (("DTSTART:20261123T080000", "DTEND:20261123T080001", f"RRULE:{rule}"), "Upprepningen")
            for rule in (
                "FREQ=SECONDLY",
                "FREQ=MINUTELY",
                "FREQ=HOURLY",
                "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1;BYSECOND=0",
                "FREQ=DAILY;INTERVAL=0",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=MONTHLY;BYDAY=6MO",
                "FREQ=WEEKLY;BYSETPOS=9;BYDAY=MO",
                "FREQ=HEJ",
            )
        ),
    ],
)
def test_a_faulty_event_says_why_and_the_others_are_read(lines: tuple[str, ...], reason: str) -> None:
    reading = calendar(event("VA-jour: Bo Provlund", *lines, uid="bad"), event("VA-jour: Bo Provlund", "DTSTART:20261123T080000", "DURATION:P7D", uid="good"))
    assert [(fault.row, reason in fault.why.sv) for fault in reading.faults] == [(1, True)], why(reading)
    assert [read.row for read in reading.reads] == [2]


def test_an_event_about_nothing_that_is_known_says_so() -> None:
    monday = ("DTSTART:20261123T080000", "DURATION:P7D")
    reading = calendar(event("Julbord", *monday), event("VA-jour", *monday), event("VA-jour: Bo Provlund", *monday, "STATUS:CANCELLED"))
    assert [reason[:30] for _, reason in why(reading)] == ["Det framgår inte vilken funkti", "Det framgår inte vem som är i "]
    assert reading.reads == []


def test_a_file_may_be_about_one_function_that_it_does_not_name() -> None:
    text = "BEGIN:VCALENDAR\n" + event("Karin Exempelsson", "DTSTART:20261123T080000", "DURATION:P7D") + "END:VCALENDAR\n"
    assert said(read(text, function="va-jour"))[0][:2] == ("va-jour", "Karin Exempelsson")
    assert said(read("vecka;person\n2026-v48;bo\n", function="va-jour"))[0][:2] == ("va-jour", "Bo Provlund")


def test_a_name_inside_another_word_is_not_found() -> None:
    reading = calendar(event("VA-jour: Bostad Provlundström", "DTSTART:20261123T080000", "DURATION:P7D"))
    assert said(reading)[0][1] == "Bostad Provlundström"


def test_calendars_made_to_take_for_ever_are_told_so_before_they_are_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_calendars, "PATIENCE_SECONDS", 1e9)  # the last resort, which is not needed here
    many = "".join(event("VA-jour: Bo", "DTSTART:19800101T080000", "DURATION:P1D", "RRULE:FREQ=DAILY;UNTIL=20000101T000000", uid=str(n)) for n in range(4_000))
    standard = "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\n"
    zone = f"BEGIN:VTIMEZONE\nTZID:X\n{standard}END:VTIMEZONE\n"
    bomb = event("VA-jour: Bo Provlund", "DTSTART;TZID=X:20261123T080000", "DURATION:P7D", "RRULE:FREQ=WEEKLY;COUNT=3")
    slow, zoned = calendar(many), calendar(zone, bomb)
    assert [told.why.sv[:26] for told in slow.told] == ["Kalendern är för invecklad"]
    assert len(zoned.reads) == 3


PIECES = st.sampled_from(
    [
        *("BEGIN:VCALENDAR\n", "END:VCALENDAR\n", "BEGIN:VEVENT\n", "END:VEVENT\n", "SUMMARY:VA-jour Bo\n", "DTSTART:20261123T080000\n"),
        *("DTEND:20261124T0800\n", "DTSTART;VALUE=DATE:20261123\n", "RRULE:FREQ=DAILY;COUNT=2\n", "RRULE:FREQ=;BYDAY=\n", "EXDATE:x\n", "UID:1\n"),
        *("RDATE:20261201T080000\n", "ATTENDEE;CN=:x\n", "CATEGORIES:\n", "DURATION:-P1D\n", "RECURRENCE-ID:20261123T080000\n", "X\n", " folded\n"),
        *("vecka;funktion;person\n", "2026-v48;direktor;bo\n", '"', ";;;\n", "\u2028"),
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=30).map(lambda parts: ("BEGIN:VCALENDAR\n" + "".join(parts)).encode())))
def test_whatever_bytes_come_they_are_read_or_refused_in_words(data: bytes) -> None:
    reading = read(data)
    for each in reading.reads:
        assert each.start < each.end
        assert each.function in ("direktor", "va-jour")
        assert each.name
    assert reading.reads or reading.faults or reading.stopped or any(told.why.sv for told in reading.told)
