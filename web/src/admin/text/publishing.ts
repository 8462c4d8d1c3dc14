/* The words of publishing and of the second person. One rule: the key says exactly what will happen, a refusal says what is the case and what to do. */
import { catalogue } from '../words';

const and = (names: string[], word: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names[names.length - 1] ?? ''}`;

export const p = catalogue(
  {
    title: (title: string) => `Fastställ ${title}`,
    readTitle: (title: string) => `Läs ${title}`,
    savedBy: (at: string, name: string) => `Utkast, sparat ${at} av ${name}`,
    goOnWriting: 'Skriv vidare',
    unsavedHere: 'På den här datorn finns text som inte hann sparas i utkastet, så den är inte med här. Gå till utkastet först.',
    noDraft: 'Det finns inget utkast att fastställa',
    noDraftWhat: 'Det kan redan ha fastställts. Se checklistan.',
    toChecklist: 'Till checklistan',
    // What is different
    changes: (version: number) => `Det här ändras mot version ${version}`,
    same: (version: number) => `Texten är som i version ${version}. Fastställer du nu får den ett nytt datum för översyn.`,
    first: 'Första versionen',
    firstWhat: 'Ingen version finns att jämföra med. Läs igenom hela kortet, så här ser det ut på telefonen.',
    only: 'Det som ändras',
    whole: 'Hela kortet',
    views: 'Visa',
    errors: (n: number) => (n === 1 ? 'En sak måste rättas först' : `${n} saker måste rättas först`),
    advice: (n: number) => (n === 1 ? 'Ett råd, som inte hindrar' : `${n} råd, som inte hindrar`),
    mend: 'Rätta i utkastet',
    mendFirst: (n: number) => `Här fastställs det när ${n === 1 ? 'en sak är rättad' : `${n} saker är rättade`}. Vad det är står i listan.`,
    // The form
    publishing: 'Fastställ',
    whatChanged: 'Vad har ändrats?',
    whatChangedHint: 'En mening. Den står på telefonen efter ”Ändrat:” och i historiken.',
    suggestion: (words: string) => `Förslag: ${words}`,
    useSuggestion: 'Använd förslaget',
    reviewBy: 'Ses över senast',
    reviewHint: (months: number) => `Föreslaget: om ${months === 1 ? 'en månad' : `${months} månader`}, som ni har bestämt.`,
    owner: 'Ägare',
    ownerHint: 'Den som håller den aktuell, gärna en funktion.',
    publish: (version: number) => `Fastställ version ${version}`,
    goesTo: (phones: number | null) =>
      phones === null
        ? 'Den går till alla telefoner.'
        : phones === 0
          ? 'Ingen ledare har gått med än. Den som går med får den.'
          : phones === 1
            ? 'Den går till 1 ledares telefon.'
            : `Den går till ledarnas ${phones} telefoner.`,
    takesBack: 'Checklistan är tillbakadragen. När den fastställs går den att starta med igen.',
    working: 'Fastställs …',
    done: (version: number) => `Version ${version} är fastställd`,
    doneWhat: 'De telefoner som har nät får den inom några sekunder. De andra får den när de kommer tillbaka.',
    arrived: (n: number, of: number) => `${n} av ${of} telefoner har hämtat den.`,
    toReadiness: 'Se i Beredskap vilka som har den',
    // The suggestion
    suggest: {
      first: 'Första versionen',
      from: (version: number) => `Tillbaka till version ${version}`,
      steps: {
        added: (n: number) => (n === 1 ? '1 ny åtgärd' : `${n} nya åtgärder`),
        removed: (n: number) => (n === 1 ? '1 åtgärd borttagen' : `${n} åtgärder borttagna`),
        moved: (n: number) => (n === 1 ? '1 åtgärd flyttad' : `${n} åtgärder flyttade`),
        changed: (n: number) => (n === 1 ? '1 åtgärd ändrad' : `${n} åtgärder ändrade`),
      },
      phases: (n: number) => (n === 1 ? '1 skede ändrat' : `${n} skeden ändrade`),
      front: (fields: string[]) => `ändringar i ${and(fields, 'och')}`,
    },
    // Two at once
    changedMeanwhile: (name: string, at: string, what: string) =>
      `${name} har ändrat i utkastet ${at}, sedan du öppnade sidan: ${what}. Läs det nya först. Det du skrivit här finns kvar.`,
    showNew: 'Visa det nya',
    seeWhat: 'Se vad som är ändrat',
    raced: (version: number, name: string, at: string) =>
      `Version ${version} fastställdes ${at} av ${name}, medan du hade sidan öppen. Ditt utkast finns kvar. Jämförelsen nedanför är nu mot version ${version}; läs den, och fastställ sedan.`,
    outrunTitle: (name: string) => `${name} hann före`,
    outrun: (version: number, name: string, at: string) => `Version ${version} fastställdes ${at} av ${name}, medan du hade utkastet öppet.`,
    outrunSame: 'Det är samma text som du hade framför dig. Inget av den är borta och inget mer behöver göras.',
    outrunDiffers: 'Texten du hade framför dig skiljer sig från den. Så här, från version till din text:',
    outrunTyped: (mine: string) => `Om ändringen hade du skrivit: ”${mine}”`,
    gone: 'Utkastet finns inte längre',
    goneWhat: 'Någon annan har slängt det. Texten du hade framför dig finns kvar här.',
    newDraftOfMine: 'Gör ett nytt utkast av min text',
    wrong: {
      'second-person': 'Någon som inte har skrivit i utkastet måste läsa och godkänna just den här texten först. Lämna det till någon.',
      unchanged: 'Inget skiljer från versionen som gäller, så det finns inget att fastställa. Skriv vidare, eller ändra datumet för översyn.',
      changes: 'Skriv vad som har ändrats.',
      faulty: 'Något måste rättas först. Det står här ovanför jämförelsen.',
      stage: 'Någon annan hann före. Så här ligger det till nu.',
      role: 'Du har inte längre rätt att fastställa. Det du skrivit finns kvar på den här datorn. Be en administratör om rollen, eller be någon annan fastställa.',
      'not-found': 'Utkastet finns inte längre.',
    } as Record<string, string>,
    fieldWrong: {
      changes: { empty: 'Skriv vad som har ändrats.', long: 'Det är för långt.' },
      review_by: { date: 'Välj ett datum.', past: 'Välj ett datum som inte har varit.' },
      owner: { empty: 'Skriv vem som äger checklistan.', long: 'Det är för långt.' },
      to: {
        unknown: 'Den personen är inte med längre. Välj en annan.',
        role: 'Den personen får inte läsa utkast. Välj en annan.',
        author: 'Den personen har själv skrivit i utkastet. Välj en annan.',
      },
      note: { empty: 'Skriv vad som behöver ändras.', long: 'Det är för långt.' },
      text: { empty: 'Skriv en anmärkning.', long: 'Det är för långt.' },
    } as Record<string, Record<string, string>>,
  },
  {
    title: title => `Publish ${title}`,
    readTitle: title => `Read ${title}`,
    savedBy: (at, name) => `Draft, saved ${at} by ${name}`,
    goOnWriting: 'Go on writing',
    unsavedHere: 'On this computer there is text that was not saved to the draft in time, so it is not in here. Go to the draft first.',
    noDraft: 'There is no draft to publish',
    noDraftWhat: 'It may have been published already. See the checklist.',
    toChecklist: 'To the checklist',
    changes: version => `This changes from version ${version}`,
    same: version => `The text is as in version ${version}. If you publish now it gets a new date of review.`,
    first: 'The first version',
    firstWhat: 'There is no version to compare with. Read the whole card, this is how it looks on the phone.',
    only: 'What changes',
    whole: 'The whole card',
    views: 'Show',
    errors: n => (n === 1 ? 'One thing must be mended first' : `${n} things must be mended first`),
    advice: n => (n === 1 ? 'One piece of advice, which stops nothing' : `${n} pieces of advice, which stop nothing`),
    mend: 'Mend it in the draft',
    mendFirst: n => `It is published here once ${n === 1 ? 'one thing is' : `${n} things are`} mended. The list says what.`,
    publishing: 'Publish',
    whatChanged: 'What has changed?',
    whatChangedHint: 'One sentence. It stands on the phone after “Changed:” and in the history.',
    suggestion: words => `Suggestion: ${words}`,
    useSuggestion: 'Use the suggestion',
    reviewBy: 'Review by',
    reviewHint: months => `Proposed: in ${months === 1 ? 'one month' : `${months} months`}, as you have decided.`,
    owner: 'Owner',
    ownerHint: 'Whoever keeps it true, preferably a function.',
    publish: version => `Publish version ${version}`,
    goesTo: phones =>
      phones === null
        ? 'It goes to all phones.'
        : phones === 0
          ? 'No leader has joined yet. Whoever joins gets it.'
          : phones === 1
            ? 'It goes to 1 leader’s phone.'
            : `It goes to the leaders’ ${phones} phones.`,
    takesBack: 'The checklist is withdrawn. When it is published one can start with it again.',
    working: 'Publishing …',
    done: version => `Version ${version} is published`,
    doneWhat: 'The phones that have network get it within seconds. The others get it when they come back.',
    arrived: (n, of) => `${n} of ${of} phones have fetched it.`,
    toReadiness: 'See in Readiness who has it',
    suggest: {
      first: 'The first version',
      from: version => `Back to version ${version}`,
      steps: {
        added: n => (n === 1 ? '1 new step' : `${n} new steps`),
        removed: n => (n === 1 ? '1 step removed' : `${n} steps removed`),
        moved: n => (n === 1 ? '1 step moved' : `${n} steps moved`),
        changed: n => (n === 1 ? '1 step changed' : `${n} steps changed`),
      },
      phases: n => (n === 1 ? '1 phase changed' : `${n} phases changed`),
      front: fields => `changes in ${and(fields, 'and')}`,
    },
    changedMeanwhile: (name, at, what) =>
      `${name} has changed the draft ${at}, since you opened the page: ${what}. Read what is new first. What you wrote here is kept.`,
    showNew: 'Show what is new',
    seeWhat: 'See what has changed',
    raced: (version, name, at) =>
      `Version ${version} was published ${at} by ${name}, while you had the page open. Your draft is still here. The comparison below is now with version ${version}; read it, and then publish.`,
    outrunTitle: name => `${name} came first`,
    outrun: (version, name, at) => `Version ${version} was published ${at} by ${name}, while you had the draft open.`,
    outrunSame: 'It is the same text that you had before you. None of it is gone and nothing more needs to be done.',
    outrunDiffers: 'The text you had before you differs from it. From the version to your text:',
    outrunTyped: mine => `About the change you had written: “${mine}”`,
    gone: 'The draft is no longer there',
    goneWhat: 'Somebody else has thrown it away. The text you had before you is still here.',
    newDraftOfMine: 'Make a new draft of my text',
    wrong: {
      'second-person': 'Somebody who has not written in the draft must read and approve this very text first. Hand it over to somebody.',
      unchanged: 'Nothing differs from the version in force, so there is nothing to publish. Go on writing, or change the date of review.',
      changes: 'Write what has changed.',
      faulty: 'Something must be mended first. It stands here above the comparison.',
      stage: 'Somebody else came first. This is how it stands now.',
      role: 'You may no longer publish. What you wrote is kept on this computer. Ask an administrator for the role, or ask somebody else to publish.',
      'not-found': 'The draft is no longer there.',
    } as Record<string, string>,
    fieldWrong: {
      changes: { empty: 'Write what has changed.', long: 'That is too long.' },
      review_by: { date: 'Choose a date.', past: 'Choose a date that has not been.' },
      owner: { empty: 'Write who owns the checklist.', long: 'That is too long.' },
      to: {
        unknown: 'That person is no longer here. Choose another.',
        role: 'That person may not read drafts. Choose another.',
        author: 'That person has written in the draft. Choose another.',
      },
      note: { empty: 'Write what needs to be changed.', long: 'That is too long.' },
      text: { empty: 'Write a remark.', long: 'That is too long.' },
    } as Record<string, Record<string, string>>,
  },
);
