"""The texts of the small package that is right in every file."""

CARD = """---
id: strom
type: action-card
language: sv
version: 1.1.0
title: Strömavbrott
order: c
tags: strömlöst, ingen el, mörkt, storm, kallt
audience: tib
owner: beredskapssamordnare
reviewed: 2026-01-31
review_interval: 1 month
---

# Strömavbrott

**När:** Strömmen är borta.

**Använd inte när:** Bara telefonen är död: (Kort: tele).

**Mål:** Ingen fryser.

**Direkt:**

1. Ring elnätet (Ring: elnat)
2. Fråga (Roll: tib)

## Första timmen {#f60}

Läge: läs-gör
Avstämning: TiB stoppar. Läs upp läget.

- [ ] **Ring elnätet** {#strom-ring}
  - Varför: De vet mest.
  - Vem: tib
  - Tid: T+1h
  - Prio: kritisk
  - Beslut: ja
  - Ring: elnat, tib
  - Mall: budskap
  - Kort: tele
  - Stöd: LEH
- [ ] **Tänd lyktan** {#strom-lykta}
  - Alla: ja
  - Tid: var 2h

## Första dygnet {#f24}

Läge: gör-bekräfta

- [ ] **Räkna bränslet** {#strom-bransle}
"""
CARD_ENGLISH = """---
id: strom
type: action-card
language: en
translation_of: 1.1.0
title: Power cut
tags: power cut, no power, dark, storm, cold
---

# Power cut

**When:** The power is gone.

**Not for:** Only the phone is dead: (Card: tele).

**Goal:** Nobody freezes.

**Immediate:**

1. Call the grid (Call: elnat)
2. Ask (Role: tib)

## First hour {#f60}

Mode: read-do
Pause: TiB stops. Read the situation.

- [ ] **Call the grid** {#strom-ring}
  - Why: They know most.
"""
ROLE_CARD = """---
id: tele
type: role-card
role: tib
language: sv
version: 1.0.0
title: Telefonpassare
order: r1
tags: telefon, mobil, nät, signal, sms
audience: tib
owner: beredskapssamordnare
reviewed: 2026-01-31
review_interval: 12 months
status: startmall
---

# Telefonpassare

**Uppdrag:** Passa telefonen.

**När:** Någon ringer.

**Använd inte när:** Ingen ringer: (Kort: strom).

**Mål:** Alla får svar.

**Rapporterar till:** (Roll: tib)

**Tar över från:** (Roll: tib)

**Lämnar över till:** (Roll: tib)

**Direkt:**

1. Svara

## Första timmen {#f60}

Läge: läs-gör

- [ ] **Svara i telefonen** {#tele-svara}
"""
MESSAGE = """---
id: budskap
type: template
language: sv
version: 1.0.0
title: Budskap
channels: webb, sms
approve: tib
max_chars: 60
reviewed: 2026-01-31
---

**{{rubrik}}**

Strömmen är borta. Nästa besked {{tid}}.

## Fält

- rubrik: kort rubrik (exempel: Strömavbrott)
- tid: klockslag

## Tips

- Skriv kort.
"""
EXERCISE = """---
id: vera
type: exercise
language: sv
version: 1.0.0
title: Vera
form: mikroövning
minutes: 15
participants: 1–2
audience: tib
checklists: strom, tele
reviewed: 2026-01-31
---

# Vera

## Syfte

Träna.

## Övningsregler

Ring ingen.

## Utgångsläge

Natt.

## Mål

- M1: Ringa rätt

## Inspel

### Block 1

#### T+000 SOS {#v1}

- Scenariotid: 06:05
- Från: SOS
- Kanal: telefon
- Till: tib
- Text: ÖVNING. Allt är mörkt.
- Förväntat: Ringer.
- Mål: M1

#### T+005 Elnätet {#v2}

- Från: Elnätet
- Kanal: telefon
- Till: alla
- Text: ÖVNING. I morgon.
- Förväntat: Skriver upp.
- Mål: M1

## Självbedömning

- [ ] M1: Ringde du rätt?

Svara ja eller nej.

## Efteråt

Sov.
"""
INJECTS = """id;T_min;scenariotid;fran;kanal;till;text;forvantat;mal
v1;0;06:05;SOS;telefon;tib;ÖVNING. Allt är mörkt.;Ringer.;M1
v2;5;;Elnätet;telefon;alla;ÖVNING. I morgon.;Skriver upp.;M1
"""
CONTACTS = """# påhittat
id;kind;category;role;title;organisation;name;deputy_of;order;phone1;phone1_label;phone2;email;private;verified;interval_days
tib;intern;ledning;tib;;Kommunen;Anna Prov;;1;070-174 06 05;tjänst;08-465 004 00;tib@kommun.example;nej;2026-01-31;30
tib-3;intern;ledning;tib;;Kommunen;Cilla Prov;tib;3;070-174 06 07;;;;ja;;
tib-2;intern;ledning;tib;;Kommunen;Bo Prov;tib;2;070-174 06 06;;;;nej;;
elnat;extern;infra;;Driftcentral;Elnätet;Vakthavande;;1;031-390 06 07;;;;nej;;
"""
PUBLIC = """id;text_sv;text_en;phone;source;status
112;Nödnummer – fara för liv;Emergency number – danger to life;112;sosalarm.se;verifierad
11313;Informationsnummer;;113 13;krisinformation.se;osäker
"""
ROLES = """# Roller
- id: tib
  sv: "Tjänsteperson i beredskap"
  en: "Duty officer"
  stab: ""
  uppgift: "Tar emot \\"larm\\"."
  task: "Receives alarms."
"""
