"""What may be wrong in a file with a duty roster, code → Swedish, English; part of SENTENCES.

Rule: each says what is wrong and what to do, to a clerk with Excel or a calendar in front of them.
"""

from __future__ import annotations

ROSTER_SENTENCES: dict[str, tuple[str, str]] = {
    # the file as a whole
    "roster-not-read": (
        "Filen är varken CSV eller en kalender (.ics). Spara om den som något av dem.",
        "The file is neither CSV nor a calendar (.ics). Save it anew as one of them.",
    ),
    "roster-headings": (
        "Hittade inte rubrikerna. Första raden ska vara funktion;person;från;till eller vecka;funktion;person.",
        "Did not find the headings. The first row must be function;person;from;to or week;function;person.",
    ),
    "roster-empty": ("Filen har inga pass.", "The file has no shifts."),
    "many-shifts": ("Filen ger fler än {limit} pass. Dela upp den.", "The file gives more than {limit} shifts. Split it."),
    "calendar-broken": ("Kalendern är skadad och går inte att läsa. Exportera den på nytt.", "The calendar is damaged and cannot be read. Export it anew."),
    "calendar-slow": ("Kalendern är för invecklad att räkna ut. Exportera färre händelser.", "The calendar is too intricate. Export fewer events."),
    "past-left": (
        "{count} pass slutade för mer än {days} dagar sedan och läses inte in.",
        "{count} shifts ended more than {days} days ago and are not read in.",
    ),
    # a row or an event
    "function-unknown": (
        "Funktionen ”{value}” finns inte bland kontakterna.{nearest} Rätta namnet, eller lägg till funktionen.",
        "The function “{value}” is not among the contacts.{nearest} Correct the name, or add the function.",
    ),
    "function-several": ("Flera funktioner heter ”{value}”. Skriv funktionens id.", "Several functions are called “{value}”. Write its id."),
    "function-missing": (
        "Det framgår inte vilken funktion ”{value}” gäller. Skriv funktionens namn i rubriken, eller välj en funktion för hela filen.",
        "It is not clear which function “{value}” is about. Write its name in the title, or choose a function for the whole file.",
    ),
    "person-unknown": (
        "{value} finns inte bland kontakterna: visas med namn men utan nummer.",
        "{value} is not among the contacts: shown by name but without a number.",
    ),
    "person-several": ("Flera kontakter heter ”{value}”. Skriv kontaktens id.", "Several contacts are called “{value}”. Write the contact's id."),
    "person-missing": ("Det framgår inte vem som är i tjänst.", "It is not clear who is on duty."),
    "time-bad": (
        "{column}: ”{value}” är ingen tid. Skriv datum och klockslag, till exempel 2026-11-23 08:00.",
        "{column}: “{value}” is not a time. Write date and time, such as 2026-11-23 08:00.",
    ),
    "time-skipped": (
        "{column}: klockan {value} finns inte, då ställs klockan fram till sommartid.",
        "{column}: there is no {value}, the clocks go forward to summer time then.",
    ),
    "time-twice": (
        "Klockan {value} kommer två gånger den natten: den första läses in.",
        "The time {value} comes twice that night: the first is read in.",
    ),
    "time-order": ("Passet slutar innan det börjar.", "The shift ends before it begins."),
    "time-long": ("Passet är längre än {limit} dagar. Kontrollera årtalet.", "The shift is longer than {limit} days. Check the year."),
    "time-far": ("{value} ligger för långt bort. Kontrollera årtalet.", "{value} is too far away. Check the year."),
    "week-bad": ("”{value}” är ingen vecka. Skriv till exempel 2026-v48.", "“{value}” is not a week. Write for instance 2026-v48."),
    "week-none": ("År {year} har ingen vecka {week}.", "The year {year} has no week {week}."),
    "row-twice": ("Samma pass står också på rad {row}.", "The same shift also stands in row {row}."),
    "two-at-once": ("Två i tjänst samtidigt: också {name}, {time}.", "Two on duty at once: also {name}, {time}."),
    "whole-day": ("Heldag: bytet läses in klockan {value}.", "Whole day: the change is read in at {value}."),
    "zone-unknown": ("Tidszonen ”{value}” är okänd: tiden läses som svensk tid.", "The time zone “{value}” is unknown: the time is read as Swedish time."),
    "event-broken": ("Händelsen har ingen tid som går att läsa.", "The event has no time that can be read."),
    "rule-refused": (
        "Upprepningen går inte att räkna ut ({value}). Dela upp händelsen.",
        "The repetition cannot be worked out ({value}). Split the event.",
    ),
    # the plan
    "swap-kept": ("Ett byte i appen behålls: {name}.", "A swap made in the app is kept: {name}."),
    "shift-cut": ("Passet kortas.", "The shift is cut short."),
    "not-in-file": ("Står inte i filen.", "Not in the file."),
}
