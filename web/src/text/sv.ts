/* The words of the first minute, in Swedish. One rule: one word per thing, as the glossary of the product says; en.ts has the same keys.
   What is only said while joining, preparing or in trouble is in sv-later.ts, which the first load does not carry. */
export const sv = {
  // The frame
  start: 'Läge', library: 'Krispärm', contacts: 'Kontakter', more: 'Mer', steps: 'Åtgärder', log: 'Loggbok', messages: 'Budskap',
  mainMenu: 'Huvudmeny', incidentMenu: 'Händelsens sidor', back: 'Tillbaka', skipToContent: 'Hoppa till innehållet', oneMoment: 'Ett ögonblick …',
  exercise: 'Övning', exerciseBand: 'ÖVNING', incident: 'Händelse',
  save: 'Spara', cancel: 'Avbryt', add: 'Lägg till', open: 'Öppna', openWhat: (title: string) => `Öppna ${title}`, show: 'Visa', all: 'Alla', optional: 'frivilligt',
  partMissing: 'Den delen av appen finns inte på telefonen. Öppna appen en gång med nät.',
  // The sync line
  allWithTeam: (at: string) => `Allt hos teamet ${at}`,
  onPhoneCount: (count: number, oldest: string) => `${count} på telefonen${oldest === '' ? '' : `, äldsta ${oldest}`}`,
  offline: 'Offline', offlineSince: (at: string) => `Offline sedan ${at}`, nothingWaits: 'inget väntar', sending: 'Skickar',
  fetching: (have: number, of: number) => `Hämtar ${have} av ${of}`, syncNever: 'Ingen kontakt med teamet än',
  syncProblem: {
    'storage-full': 'Telefonen är full: nytt kan inte sparas',
    server: 'Servern svarar inte som den ska',
    portal: 'Nätet kräver inloggning: öppna webbläsaren',
    session: 'Telefonen släpps inte in just nu',
  },
  syncSpoken: { safe: 'Allt är hos teamet.', waiting: 'Det du gör sparas på telefonen och skickas när det går.', quiet: 'Ingen kontakt med teamet. Appen fungerar ändå.', trouble: 'Något hindrar att det du gör når teamet.' },
  onThisPhone: 'på telefonen', beingSaved: 'sparas …', notSaved: 'Det senaste sparades inte. Försök igen.',
  notSavedFull: 'Det senaste sparades inte: telefonen är full. Ta bort bilder eller appar och försök igen. Allt som redan sparats finns kvar.',
  // Time
  yesterday: 'i går', tomorrow: 'i morgon', today: 'i dag', uncertainTime: 'osäker tid',
  weekdays: ['sön', 'mån', 'tis', 'ons', 'tors', 'fre', 'lör'],
  months: ['jan', 'feb', 'mars', 'april', 'maj', 'juni', 'juli', 'aug', 'sep', 'okt', 'nov', 'dec'],
  dayMonth: (day: number, month: string) => `${day} ${month}`,
  daysAgo: (n: number) => (n === 1 ? 'i går' : `för ${n} dagar sedan`), monthsAgo: (n: number) => `för ${n} månader sedan`, yearsAgo: (n: number) => `för ${n} år sedan`,
  days: (n: number) => `${n} dygn`, hours: (n: number) => `${String(n).replace('.', ',')} tim`, minutes: (n: number) => `${n} min`,
  and: (names: string[]) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} och ${names[names.length - 1] ?? ''}`),
  into: (span: string) => `${span} in`, of: (done: number, total: number) => `${done} av ${total}`,
  // Start
  startIncident: 'Starta händelse', startExercise: 'Starta övning', nothingOpen: 'Ingen händelse pågår.', ongoingSince: (at: string) => `Pågår sedan ${at}`,
  progressOf: (done: number, total: number) => `${done} av ${total} åtgärder klara`, doneOf: (done: number, total: number) => `${done} av ${total} klara`,
  late: (n: number) => (n === 1 ? '1 sen' : `${n} sena`), noStepsYet: 'Inga åtgärder än', closedIncidents: 'Avslutade', closedAt: (at: string) => `avslutad ${at}`,
  call: 'Ring', noEmergency: 'Kommunen har inte valt larmnummer. Alla nummer finns under',
  ready: 'Redo', notReady: 'Inte redo', readyLine: (from: string, cards: number) => `Startar utan nät. Krispärm från ${from}, ${cards} kort.`,
  missing: { worker: 'Appen ligger inte på telefonen än.', library: 'Krispärmen är inte hämtad.', stored: 'Telefonen kan inte spara.', offlineTested: 'Start utan nät är inte provad.' } as Record<string, string>,
  updateReady: 'En ny version av appen är hämtad. Den tas i bruk när appen startas om, eller nu om du vill. Inget du gjort försvinner.', updateNow: 'Ta i bruk nu',
  // Starting
  chooseCard: 'Välj kort', whatHappened: 'Vad har hänt?', withoutCard: 'Utan kort', whatToCallIt: 'Vad ska den heta?', titleExample: 'Till exempel Stormen Vera', where: 'Plats', placeExample: 'Till exempel Norrbyn', untitled: 'Händelse',
  realOrExercise: 'Skarpt läge eller övning?', forReal: 'Skarpt läge', forRealWhat: 'Det händer på riktigt.', exerciseWhat: 'Randig på varje sida. Samtal frågar först.', startNow: 'Starta händelsen', startExerciseNow: 'Starta övningen',
  // Library
  searchLibrary: 'Sök i krispärmen', actionCards: 'Åtgärdskort', roleCards: 'Rollkort', actionCard: 'Åtgärdskort', roleCard: 'Rollkort', messageTemplate: 'Budskap',
  version: (n: number) => `v${n}`, publishedOn: (at: string) => `fastställd ${at}`, overdue: 'Behöver ses över',
  libraryFrom: (at: string, cards: number) => `Krispärm hämtad ${at}. ${cards} kort finns på telefonen.`, chooseCardWhat: 'Välj ett kort i listan för att läsa igenom det. Inget startas.', notFound: 'Finns inte',
  libraryMissing: 'Krispärmen har inte kommit än', libraryMissingWhat: 'Den hämtas så fort telefonen når teamet. Står det så länge: öppna appen där det finns nät.',
  noHits: (query: string) => `Inget kort svarar mot ”${query}”`, noHitsWhat: 'Prova ett annat ord, så som du skulle säga det. Eller starta utan kort och skriv egna åtgärder.',
  useWhen: 'Använd när', mission: 'Uppdrag', doAtOnce: 'Gör genast', notFor: 'Använd inte när', goal: 'Mål', reportsTo: 'Rapporterar till', takesOverFrom: 'Tar över från', handsOverTo: 'Lämnar över till',
  mode: { 'read-do': 'Läs – gör', 'do-confirm': 'Gör – bekräfta' }, stepCount: (n: number) => (n === 1 ? '1 åtgärd' : `${n} åtgärder`), pause: 'AVSTÄMNING', support: 'Stöd',
  cardColophon: (version: number, at: string, by: string, review: string) => `Version ${version}, fastställd ${at}${by === '' ? '' : ` av ${by}`}. Ses över senast ${review}.`, changed: (what: string) => `Ändrat: ${what}.`,
  startWithCard: 'Starta med detta kort', inUseHere: 'Används redan här. Gå dit', addThisCard: 'Lägg till i händelsen',
  cardMissing: (id: string) => `Kortet ${id} finns inte i krispärmen`, cardMissingWhat: 'Det kan ha bytt namn eller tagits bort. Sök i stället.',
  // Incident
  cardVersion: (n: number) => `Kortets version ${n}`,
  aboutIncident: 'Om händelsen', addCard: 'Lägg till kort', cardsInIncident: 'Kort i händelsen', ownSteps: 'Egna åtgärder', cardOnItsWay: 'Kortet är på väg', cardOnItsWayWhat: 'Kortets text har inte kommit till telefonen än. Den hämtas när det finns nät. Det som är markerat finns kvar.',
  noCardYet: 'Händelsen har inget kort än', noCardYetWhat: 'Lägg till ett kort, skriv egna åtgärder eller skriv i loggboken.',
  mine: 'Mina', left: 'Kvar', nothingMine: 'Inget kvar för dig här.', phaseDone: 'Allt klart i skedet.',
  incidentMissing: 'Händelsen finns inte på telefonen', incidentMissingWhat: 'Den hämtas om den finns hos teamet och telefonen har nät.', toStart: 'Till läget',
  markDone: (step: string) => `Markera klar: ${step}`, markAs: 'Markera som',
  state: { todo: 'Ej påbörjad', doing: 'Pågår', done: 'Klar', already: 'Redan gjort', na: 'Ej aktuell', failed: 'Kunde inte' },
  undo: 'Ångra', undoWhat: (step: string) => `Ångra: ${step}`, undone: 'Ångrat', undoSpoken: 'Kan ångras i tio sekunder.', somebody: 'någon', critical: 'Kritisk', differs: 'Olika besked', decision: 'Beslut', everyone: 'Alla i rollen', ongoing: 'Löpande',
  within: (span: string) => `inom ${span}`, before: (span: string) => `${span} före`, every: (span: string) => `var ${span}`, lateSince: (at: string) => `Sen · ${at}`,
  why: 'Varför?', whyCanWait: 'Kan skrivas senare', history: 'Historik', writeNote: 'Anteckna', noteInLog: 'Anteckning i loggboken', whatWasDecided: 'Vad beslutades?', write: 'Skriv', inTheLog: 'Står i loggboken.',
  ownStep: 'Egen åtgärd', ownStepExample: 'Vad ska göras?', ownStepAdded: 'Egen åtgärd tillagd.', readAloud: 'Läst högt', pauseRead: (phase: string) => `Avstämning efter ${phase}.`, wasRead: (who: string, at: string) => `Läst högt ${at}, ${who}`,
  reopened: 'Händelsen är öppen igen.', incidentClosed: 'Händelsen är avslutad.', reopen: 'Öppna igen', newerExists: (n: number, at: string) => `Version ${n} finns, fastställd ${at}.`, stillFollows: (n: number) => `Här följs version ${n}.`, readNewer: 'Läs den nya', moveTo: (n: number) => `Byt till version ${n}`,
  unknownKinds: (n: number) => `Appen på telefonen är för gammal för ${n === 1 ? 'en rad' : `${n} rader`}. De finns kvar och syns när appen är uppdaterad.`,
  waitingEntries: (n: number) => `${n === 1 ? 'En rad väntar' : `${n} rader väntar`} på att någon godkänner.`, admitAll: (n: number) => (n === 1 ? 'Godkänn den' : `Godkänn alla ${n}`), deadEntries: (n: number) => `${n === 1 ? 'En rad är trasig och räknas inte' : `${n} rader är trasiga och räknas inte`}. De finns kvar på telefonen.`,
  quarantine: { member: 'personen är inte längre medlem', revoked: 'telefonen är avstängd', role: 'saknar behörighet', 'unknown-device': 'okänd telefon', seal: 'saknar äkthetsbevis', shape: 'trasig', size: 'för stor' } as Record<string, string>,
  // Log
  newLogLine: 'Ny rad i loggboken', logPrompt: { event: 'Vad har hänt?', decision: 'Vad beslutades, av vem?', contact: 'Vem, och vad sades?' }, logType: 'Slag av rad', logKind: { event: 'Händelse', decision: 'Beslut', contact: 'Samtal' },
  logKinds: { decision: 'Beslut', contact: 'Samtal', message: 'Budskap', situation: 'Lägesrapport', handover: 'Överlämning' } as Record<string, string>,
  everything: 'Allt', decisions: 'Beslut', callsMade: 'Samtal', logEmpty: 'Inget skrivet än. Skriv det första: vad har hänt, när, vem larmade?', correct: 'Rätta', correctWhat: (line: string) => `Rätta: ${line}`, correctTo: 'Rätt lydelse', corrected: 'Rättat',
  // Messages
  messageMissing: 'Budskapet finns inte i krispärmen', approvedBy: (who: string) => `godkänns av ${who}`, reviewedOn: (at: string) => `granskat ${at}`,
  textSoFar: 'Texten', characters: (n: number) => `${n} tecken`, charactersOf: (n: number, max: number) => `${n} av högst ${max} tecken`, blanksLeft: (n: number) => (n === 1 ? '1 lucka kvar' : `${n} luckor kvar`), fillIn: 'Fyll i', tips: 'Råd',
  copy: 'Kopiera', copied: 'Kopierat', copyFailed: 'Gick inte: markera texten själv', share: 'Dela', email: 'E-post', logWhatWasSaid: 'Har det sagts? Skriv i loggboken', saidWhere: 'Var sades det?', nextUpdate: 'Nästa besked', nextWord: (at: string) => `Nästa besked ${at}.`, writeInLog: 'Skriv i loggboken',
  // Contacts
  functionFirst: 'Funktion före person', searchContacts: 'Sök funktion eller namn', chooseContact: 'Välj en kontakt', chooseContactWhat: 'Här visas vem som har funktionen, ersättare i ordning och alla nummer.', noContacts: 'Inga kontakter på telefonen', noContactsWhat: 'De kommer med krispärmen. Be den som sköter kontakterna lägga in dem.', noContactHitsWhat: 'Prova funktionens namn, till exempel ”vatten” eller ”jour”.',
  deputies: (n: number) => (n === 1 ? '1 ersättare' : `${n} ersättare`), deputy: (n: number) => `Ersättare ${n}`, callFirst: 'Ring först', nobodyHere: 'Ingen har funktionen nu', address: 'Adress', notes: 'Anmärkning', sms: 'Sms', privateNumber: 'Privat nummer: lämna inte ut',
  confirmed: (at: string) => `Bekräftad ${at}`, neverConfirmed: 'Inte bekräftad', contactMissing: (id: string) => `Kontakten ${id} saknas`, noNumber: 'Nummer saknas', callWho: (who: string) => `Ring ${who}`,
  exerciseCallAsk: (who: string) => `Detta är en övning. Ring ${who} på riktigt?`, callForReal: 'Ring på riktigt', callPretend: 'Låtsas ringa', howDidItGo: (who: string) => `Hur gick det? ${who}`, outcome: { reached: 'Nådd', 'no-answer': 'Inget svar', message: 'Lämnade besked' },
  categories: { public: 'Allmänna nummer', krisledning: 'Krisledning', larm: 'Larm', myndighet: 'Myndigheter', vard: 'Vård', granne: 'Grannkommuner', infra: 'El, vatten, tele', avtal: 'Avtal och leverantörer', frivilliga: 'Frivilliga', media: 'Medier' } as Record<string, string>,
  // More
  language: 'Språk',
};
export type Words = typeof sv;
