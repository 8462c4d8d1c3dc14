"""What may be wrong in a checklist that somebody is writing, code → Swedish, English; the first list is part of SENTENCES.

Rule: the first list speaks of lines, as SENTENCES does. The second says the same things to a person at the editor, who sees fields and no lines.
"""

from __future__ import annotations

CHECKLIST_SENTENCES: dict[str, tuple[str, str]] = {
    "no-heading": ("Skedet har ingen rubrik. Skriv den efter ##.", "The phase has no heading. Write it after ##."),
    "no-step-text": ("Åtgärden är tom. Skriv - [ ] **vad som ska göras**.", "The step is empty. Write - [ ] **what is to be done**."),
    "no-verb": ("Börja åtgärden med ett verb: Ring, Kontrollera, Bestäm.", "Begin the step with a verb: Call, Check, Decide."),
    "phase-twice": ("Skedet ”{id}” står två gånger. Slå ihop dem.", "The phase “{id}” stands twice. Put them together."),
    "listed-twice": ("”{id}” står två gånger på raden. Ta bort den ena.", "“{id}” stands twice in the line. Remove one."),
    "translated-twice": ("”{id}” står två gånger i översättningen. Ta bort den ena.", "“{id}” stands twice in the translation. Remove one."),
    "id-wanted": (
        "Åtgärden saknar id, så det går inte att veta vad den översätter. Skriv samma {{#id}} som i den svenska texten.",
        "The step has no id, so nobody can know what it translates. Write the same {{#id}} as in the Swedish text.",
    ),
    "review-twice": ("Skriv review_interval eller review_by, inte båda.", "Write review_interval or review_by, not both."),
}

DESK_SENTENCES: dict[str, tuple[str, str]] = {
    # the front
    "front-missing": ("{name} saknas. Fyll i.", "{name} is missing. Fill it in."),
    "front-empty": ("{name} saknas. Fyll i.", "{name} is missing. Fill it in."),
    "missing-line": ("”{name}” saknas. Fyll i.", "“{name}” is missing. Fill it in."),
    "no-text": ("Texten saknas. Skriv den på svenska.", "The text is missing. Write it in Swedish."),
    "bad-date": ("”{value}” är inget datum.", "“{value}” is not a date."),
    "bad-order": ("Ordningen skrivs med 1–8 små bokstäver eller siffror.", "The order is written in 1–8 small letters or digits."),
    "role-wanted": ("Välj vilken roll rollkortet gäller.", "Choose the role that the card is for."),
    "role-unwanted": ("Bara rollkort har en roll. Ta bort den här.", "Only role cards have a role. Remove it here."),
    "role-line-unwanted": ("”{label}” hör bara till rollkort. Ta bort texten här.", "“{label}” belongs to role cards only. Remove the text here."),
    "tag-count": (
        "{count} sökord. Fem till femton är lagom, så som en stressad person söker.",
        "{count} tags. Five to fifteen will do, as a stressed person searches.",
    ),
    "no-immediate": ("Skriv en till tre saker att göra direkt.", "Write one to three things to do at once."),
    "no-other-card": (
        "Peka på rätt kort i stället, så att den som har fel kort hittar rätt.",
        "Point to the right card, so that whoever has the wrong one finds it.",
    ),
    # phases and steps
    "no-phases": ("Listan har inga skeden. Lägg till ett och skriv åtgärder i det.", "The list has no phases. Add one and write steps in it."),
    "no-steps": (
        "Skedet ”{phase}” har inga åtgärder. Skriv minst en, eller ta bort skedet.",
        "The phase “{phase}” has no steps. Write one, or remove the phase.",
    ),
    "no-heading": ("Skedet har ingen rubrik. Skriv den.", "The phase has no heading. Write it."),
    "no-step-text": ("Åtgärden är tom. Skriv vad som ska göras, eller ta bort den.", "The step is empty. Write what is to be done, or remove it."),
    "no-phase": ("Skedet finns inte bland organisationens skeden.", "The phase is not among the organisation's phases."),
    "phase-order": ("Skedet brukar komma före ”{before}”.", "This phase usually comes before “{before}”."),
    "bad-id": ("”{id}” är ingen hänvisning som går att följa. Välj på nytt.", "“{id}” is not a reference that can be followed. Choose again."),
    "bad-time": ("Tiden går inte att läsa. Skriv den på nytt.", "The time cannot be read. Write it again."),
    "id-taken": ("Åtgärden står två gånger i listan. Ta bort den ena.", "The step stands twice in the list. Remove one."),
    "listed-twice": ("”{id}” är vald två gånger.", "“{id}” is chosen twice."),
    "critical-late": ("En kritisk åtgärd står efter en som inte är det. Flytta upp den.", "A critical step stands after one that is not. Move it up."),
    # references and characters
    "no-card": ("Checklistan ”{id}” finns inte i krispärmen.", "The checklist “{id}” is not in the library."),
    "no-contact": ("Kontakten ”{id}” finns inte i kontaktlistan.", "The contact “{id}” is not in the contact list."),
    "no-message": ("Budskapet ”{id}” finns inte.", "The message “{id}” does not exist."),
    "no-role": ("Rollen ”{id}” finns inte bland organisationens roller.", "The role “{id}” is not among the organisation's roles."),
    "no-source": ("Källan ”{id}” finns inte.", "The source “{id}” does not exist."),
    "other-references": (
        "Den engelska texten hänvisar till något annat än den svenska.",
        "The English text refers to something else than the Swedish.",
    ),
    "marker": ("Texten i [[…]] leder ingenstans. Ta bort den och välj i listan.", "The text in [[…]] leads nowhere. Remove it and choose from the list."),
    "long-line": ("Texten är längre än {limit} tecken. Korta den.", "The text is longer than {limit} characters. Shorten it."),
}

# What the editor calls a line that is not there; the grammar's own names are no words for a person.
NAMES: dict[str, tuple[str, str]] = {
    "title": ("Rubrik", "Title"),
    "order": ("Ordning", "Order"),
    "tags": ("Sökord", "Tags"),
    "audience": ("Målgrupp", "Audience"),
    "owner": ("Ägare", "Owner"),
    "role": ("Roll", "Role"),
    "status": ("Status", "Status"),
    "mission": ("Uppdrag", "Mission"),
    "trigger": ("När", "When"),
    "not_for": ("Använd inte när", "Not for"),
    "goal": ("Mål", "Goal"),
    "reports_to": ("Rapporterar till", "Reports to"),
    "takes_over_from": ("Tar över från", "Takes over from"),
    "hands_over_to": ("Lämnar över till", "Hands over to"),
}
