/* The words for joining, preparing and trouble, in Swedish: they come with the screens that say them. One rule: as in sv.ts. */
export const svLater = {
  // The frame
  yes: 'ja', notYet: 'inte än',
  // Incident
  kind: 'Slag', openedBy: 'Öppnad av', entries: 'Rader', title: 'Namn', print: 'Skriv ut', exportIncident: 'Spara som fil', closeIncident: 'Avsluta', closeWhat: 'Allt finns kvar och händelsen kan öppnas igen.', closeNow: 'Avsluta händelsen',
  // Messages
  searchMessages: 'Sök budskap', noMessages: 'Inga budskap i krispärmen', noMessagesWhat: 'De kommer med krispärmen när kommunen har fastställt dem.',
  // Joining
  joinTitle: 'Gå med', joinWhat: 'Skriv koden som du har fått.', joinAnother: 'Gå med i en organisation till', code: 'Kod', orNewCode: 'Eller skriv en ny kod', phoneName: 'Vad kallar du telefonen?', androidPhone: 'Androidtelefon', computer: 'Dator', goOn: 'Fortsätt', scanInstead: 'Skanna i stället', noCode: 'Ingen kod? Be den som sköter krispärmen i din kommun.',
  joiningTitle: 'Hämtar krispärmen', joiningWhat: 'Låt appen vara öppen tills den säger Redo.', fetchingLibrary: 'Hämtar krispärmen',
  wipedTitle: 'Telefonens minne är tömt', wipedWhat: 'Webbläsaren eller någon har tömt det appen sparat. Det som hann skickas finns hos teamet. Telefonen känns igen, så du kan komma tillbaka utan ny kod.', comeBack: 'Kom tillbaka',
  joinWrong: {
    length: { title: 'Koden ska ha 8 tecken', what: 'Räkna efter och fyll på. Stora eller små bokstäver spelar ingen roll.' },
    code: { title: 'Koden stämmer inte', what: 'Kontrollera tecken för tecken. Stämmer den ändå inte: be om en ny kod.' },
    expired: { title: 'Koden har gått ut', what: 'Koder gäller bara en kort tid. Be om en ny.' },
    used: { title: 'Koden är redan använd', what: 'Varje kod gäller en gång, för en telefon. Be om en ny.' },
    limit: { title: 'För många försök', what: 'Vänta några minuter och försök igen. Det skyddar er mot gissningar.' },
    network: { title: 'Servern nås inte', what: 'Kontrollera att telefonen har nät och försök igen. Koden är inte förbrukad.' },
    device: { title: 'Telefonen är redan med, som någon annan', what: 'Be administratören ta bort den gamla, eller om en kod för samma person.' },
    other: { title: 'Det gick inte', what: 'Försök igen om en stund. Går det inte då heller: be om en ny kod.' },
    comeBack: { title: 'Telefonen kändes inte igen', what: 'Kontrollera att den har nät och försök igen, eller be om en ny kod.' },
  } as Record<string, { title: string; what: string }>,
  cameraRefused: 'Appen får inte använda kameran. Tillåt den i telefonens inställningar.', cameraMissing: 'Kameran går inte att använda här.', cameraPicture: 'Kamerans bild', holdOverCode: 'Håll kameran över koden.', typeInstead: 'Skriv koden i stället.', stopScanning: 'Sluta skanna',
  // Readiness
  readiness: 'Beredskap', notReadyYet: 'Snart redo', readyWhat: (name: string) => `${name === '' ? 'Telefonen' : `${name}, telefonen`} fungerar nu utan nät.`, notReadyWhat: 'Varje punkt bockas av när den är sann.', thisPhone: 'Den här telefonen',
  libraryCount: (cards: number, messages: number) => `${cards} kort, ${messages} budskap`, contactCount: (numbers: number, oldest: string) => `${numbers} nummer${oldest === '' ? '' : `, äldsta bekräftad ${oldest}`}`,
  pointStored: 'Sparar på telefonen', storedWell: 'Provat: det som sparas finns kvar', storedBadly: 'Webbläsaren låter inte appen spara. Privat läge?', pointOffline: 'Startar utan nät', testing: 'Provar …', tested: (at: string) => `Provat ${at}`, notTested: 'Inte provat än', workerMissing: 'Appen hämtas till telefonen', testNow: 'Prova nu', testPassed: 'Provet gick bra: appen startar utan nät.', testFailed: 'Provet gick inte. Låt appen vara öppen med nät en stund och prova igen.',
  pointLasting: 'Varaktig lagring', lasting: 'Webbläsaren lovar att inte städa bort den', notLasting: 'Webbläsaren kan städa bort den om telefonen blir full', lastingUnknown: 'Webbläsaren säger inte', lastingRefused: 'Webbläsaren sade nej. Lägg appen på hemskärmen och fråga igen.', askLasting: 'Be om varaktig lagring',
  installTitle: 'Lägg på hemskärmen', installWhy: 'Då öppnas den som en app och finns kvar.', installed: 'Den ligger på hemskärmen.', installOther: 'Öppna webbläsarens meny och välj ”Installera” eller ”Lägg till på startskärmen”.', installPicture: 'Dela-knappen längst ned i Safari, och raden Lägg till på hemskärmen',
  installIos: ['Tryck på dela-knappen längst ned i Safari.', 'Välj ”Lägg till på hemskärmen”.', 'Öppna appen därifrån och skriv en ny kod: på iPhone delar den inte minne med Safari.'],
  // More
  unsentTitle: 'Ej skickat', unsentNone: 'Allt är hos teamet.', unsentWhat: 'Finns bara på den här telefonen. Skickas av sig självt när det går.', sendNow: 'Skicka nu', exportUnsent: 'Spara som fil',
  deed: { open: 'Händelse startad', status: 'Status', card: 'Kort', mark: 'Markering', assign: 'Tilldelning', role: 'Roll', step: 'Egen åtgärd', log: 'Loggbok', rebase: 'Ny version', admit: 'Godkännande' } as Record<string, string>,
  organisations: 'Organisationer', about: 'Om', aboutWhat: 'Stormlykta, fri programvara under EUPL 1.2. Innehållet är kommunens eget.', build: 'Byggd som',
  // When things are wrong
  doThis: 'Gör så här', tryAgain: 'Försök igen', openedAt: (origin: string) => `Öppnad som ${origin}`,
  troubles: {
    insecure: { title: 'Adressen är inte säker', what: 'Utan en säker adress (https) får appen inte spara på telefonen, och kan inte fungera utan nät.', todo: ['Öppna adressen som börjar med https://.', 'Finns ingen sådan: be den som sköter servern. Hur man gör står i docs/running.md.', 'På serverns egen dator fungerar http://localhost.'] },
    blocked: { title: 'Telefonen låter inte appen spara', what: 'Lagringen är stängd eller trasig. Det som skickats finns hos teamet.', todo: ['Stäng privat läge, om det är på.', 'Stäng alla andra flikar med Stormlykta.', 'Tillåt webbplatsdata i webbläsarens inställningar, eller frigör utrymme.'] },
    broken: { title: 'Sidan gick inte att visa', what: 'Det är ett fel i appen. Allt du gjort finns kvar på telefonen.', todo: ['Gå till Läge och försök därifrån.', 'Försök igen.', 'Berätta för den som sköter krispärmen.'] },
  },
  revokedTitle: 'Telefonen är avstängd', revokedWhat: (organisation: string) => `En administratör i ${organisation} har stängt av den här telefonen.`, revokedUnsent: (n: number) => `${n} ej skickat`, revokedUnsentWhat: 'Spara det som en fil innan telefonen töms, och lämna filen till teamet.', savedFile: 'Filen är sparad.', wipeNow: 'Töm telefonen', revokedBack: 'Var det ett misstag? Be om en ny kod.',
};
export type LaterWords = typeof svLater;
