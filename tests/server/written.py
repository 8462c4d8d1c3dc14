"""Checklists that the editor can make, for Hypothesis: whatever a person can type, paste or leave out."""

import string

from hypothesis import strategies as st

from stormlykta.shapes import Checklist, Phase, Step, Tags, Text

# What means something in the grammar, what is not seen, and what word processors leave behind.
NASTY = [
    *(
        "*",
        "**",
        "\\",
        "\\*",
        "[[",
        "]]",
        "[",
        "{#",
        "{#f60}",
        "}",
        ":",
        ": ",
        ",",
        "#",
        "# ",
        "## ",
        "- ",
        "- [ ] ",
        "  - ",
        "1. ",
        "---",
        "&",
        "&#32;",
        "&#0;",
    ),
    *(
        "(Ring: elnat)",
        "(Call: x)",
        "(Ring :",
        "(Kort: a, b)",
        "(Roll:",
        "[[call:elnat]]",
        "[[card:tele]]",
        "[[role:tib]]",
        "[[call:Ö]]",
        "[[call:]]",
        "[[[call:x]]]",
    ),
    *(
        '"',
        "”",
        "'",
        "\t",
        "\n",
        "\r\n",
        "  ",
        " ",
        "\u00a0",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\u0000",
        "\u0301",
        "a\u0308",
        "é",
        "🔦",
        "👩‍🚒",
        "<script>",
        "{{f}}",
    ),
    *("Ring elnätet", "**Mål:**", "Varför: x", "T+1h", "löpande", "\u1100\u1161", "=\u0338", "a|b", "_x_", "`x`", "\\(", "\\\\"),
]
letters = st.characters(exclude_categories=["Cs"])
words = st.lists(st.one_of(st.sampled_from(NASTY), st.text(letters, max_size=6)), max_size=5).map("".join)
some_words = words.filter(bool)
ids = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,6})?", fullmatch=True)
step_ids = st.text(string.ascii_lowercase + string.digits, min_size=10, max_size=10).map("s-".__add__)
PHASE_IDS = ["fore", "f15", "f60", "f24", "fortsatt"]
dates = st.one_of(st.just(""), st.dates().map(lambda date: date.isoformat()), words)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    return Text(draw(words), draw(st.none() | some_words))


said = texts().filter(lambda text: bool(text.sv or text.en))
lists = st.lists(st.one_of(ids, some_words), max_size=3).map(tuple)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    return Step(
        id=draw(step_ids),
        text=draw(texts()),
        why=draw(st.none() | said),
        role=draw(st.none() | ids),
        within=draw(st.none() | st.integers(-100_000, 100_000)),
        every=draw(st.none() | st.integers(1, 100_000)),
        when=draw(st.sampled_from([None, "ongoing", "before"])),
        critical=draw(st.booleans()),
        decision=draw(st.booleans()),
        everyone=draw(st.booleans()),
        call=draw(lists),
        message=draw(st.none() | ids),
        cards=draw(lists),
        sources=draw(lists),
    )


@st.composite
def phases(draw: st.DrawFn, id: str) -> Phase:
    return Phase(
        id=id,
        title=draw(texts()),
        mode=draw(st.sampled_from(["read-do", "do-confirm"])),
        pause=draw(st.none() | said),
        steps=tuple(draw(st.lists(steps(), max_size=3))),
    )


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    tags = st.lists(some_words, max_size=4).map(tuple)
    chosen = draw(st.lists(st.sampled_from(PHASE_IDS), max_size=3))
    return Checklist(
        id=draw(ids),
        kind=draw(st.sampled_from(["action-card", "role-card"])),
        edition=draw(st.sampled_from(["1.0.0", "12.3.0", "", "x"])),
        order=draw(st.sampled_from(["c", "r1", "", "C *"])),
        role=draw(st.none() | ids),
        title=draw(texts()),
        tags=Tags(draw(tags), draw(st.none() | tags.filter(bool))),
        audience=draw(lists),
        owner=draw(words),
        reviewed=draw(dates),
        review_by=draw(dates),
        status=draw(st.none() | some_words),
        trigger=draw(texts()),
        not_for=draw(texts()),
        goal=draw(texts()),
        mission=draw(st.none() | said),
        reports_to=draw(st.none() | said),
        takes_over_from=draw(st.none() | said),
        hands_over_to=draw(st.none() | said),
        immediate=tuple(draw(st.lists(texts(), max_size=4))),
        phases=tuple(draw(phases(id)) for id in chosen),
    )
