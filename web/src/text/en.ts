/* The words of the first minute, in English, beside the Swedish. One rule: the same keys as sv.ts, which says what must be there. */
import type { Words } from './sv';

export const en: Words = {
  // The frame
  start: 'Situation', library: 'Binder', contacts: 'Contacts', more: 'More', steps: 'Steps', log: 'Log', messages: 'Messages',
  mainMenu: 'Main menu', incidentMenu: 'Pages of the incident', back: 'Back', skipToContent: 'Skip to content', oneMoment: 'One moment …',
  exercise: 'Exercise', exerciseBand: 'EXERCISE', incident: 'Incident',
  save: 'Save', cancel: 'Cancel', add: 'Add', open: 'Open', openWhat: (title) => `Open ${title}`, show: 'Show', all: 'All', optional: 'optional',
  partMissing: 'That part of the app is not on this phone. Open the app once with a network.',
  // The sync line
  allWithTeam: (at) => `All with the team ${at}`,
  onPhoneCount: (count, oldest) => `${count} on this phone${oldest === '' ? '' : `, oldest ${oldest}`}`,
  offline: 'Offline', offlineSince: (at) => `Offline since ${at}`, nothingWaits: 'nothing waits', sending: 'Sending',
  fetching: (have, of) => `Fetching ${have} of ${of}`, syncNever: 'No contact with the team yet',
  syncProblem: {
    'storage-full': 'The phone is full: new things cannot be saved',
    server: 'The server does not answer as it should',
    portal: 'The network wants you to sign in: open the browser',
    session: 'The phone is not let in just now',
  },
  syncSpoken: { safe: 'All is with the team.', waiting: 'What you do is saved on the phone and sent when possible.', quiet: 'No contact with the team. The app works all the same.', trouble: 'Something keeps what you do from reaching the team.' },
  onThisPhone: 'on this phone', beingSaved: 'saving …', notSaved: 'The last thing was not saved. Try again.',
  notSavedFull: 'The last thing was not saved: the phone is full. Remove pictures or apps and try again. All that was saved before is still there.',
  // Time
  yesterday: 'yesterday', tomorrow: 'tomorrow', today: 'today', uncertainTime: 'uncertain time',
  weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'],
  dayMonth: (day, month) => `${day} ${month}`,
  daysAgo: (n) => (n === 1 ? 'yesterday' : `${n} days ago`), monthsAgo: (n) => `${n} months ago`, yearsAgo: (n) => `${n} years ago`,
  days: (n) => (n === 1 ? '1 day' : `${n} days`), hours: (n) => `${n} h`, minutes: (n) => `${n} min`,
  and: (names) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`),
  into: (span) => `${span} in`, of: (done, total) => `${done} of ${total}`,
  // Start
  startIncident: 'Start an incident', startExercise: 'Start an exercise', nothingOpen: 'Nothing is going on.', ongoingSince: (at) => `Since ${at}`,
  progressOf: (done, total) => `${done} of ${total} steps done`, doneOf: (done, total) => `${done} of ${total} done`,
  late: (n) => `${n} late`, noStepsYet: 'No steps yet', closedIncidents: 'Closed', closedAt: (at) => `closed ${at}`,
  call: 'Call', noEmergency: 'No emergency numbers have been chosen. All numbers are under',
  ready: 'Ready', notReady: 'Not ready', readyLine: (from, cards) => `Starts without network. Binder from ${from}, ${cards} cards.`,
  missing: { worker: 'The app is not on the phone yet.', library: 'The binder has not been fetched.', stored: 'The phone cannot save.', offlineTested: 'Starting without network has not been tried.' },
  updateReady: 'A new version of the app has been fetched. It is taken into use when the app is started again, or now if you like. Nothing you did is lost.', updateNow: 'Use it now',
  // Starting
  chooseCard: 'Choose a card', whatHappened: 'What has happened?', withoutCard: 'Without a card', whatToCallIt: 'What is it called?', titleExample: 'For example Storm Vera', where: 'Place', placeExample: 'For example Norrbyn', untitled: 'Incident',
  realOrExercise: 'For real or an exercise?', forReal: 'For real', forRealWhat: 'It is happening.', exerciseWhat: 'Striped on every page. Calls ask first.', startNow: 'Start the incident', startExerciseNow: 'Start the exercise',
  // Library
  searchLibrary: 'Search the binder', actionCards: 'Action cards', roleCards: 'Role cards', actionCard: 'Action card', roleCard: 'Role card', messageTemplate: 'Message',
  version: (n) => `v${n}`, publishedOn: (at) => `published ${at}`, overdue: 'Review overdue',
  libraryFrom: (at, cards) => `Binder fetched ${at}. ${cards} cards are on this phone.`, chooseCardWhat: 'Choose a card in the list to read it through. Nothing is started.', notFound: 'Not found',
  libraryMissing: 'The binder has not come yet', libraryMissingWhat: 'It is fetched as soon as the phone reaches the team. If this stays: open the app where there is a network.',
  noHits: (query) => `No card answers to “${query}”`, noHitsWhat: 'Try another word, the way you would say it. Or start without a card and write your own steps.',
  useWhen: 'Use when', mission: 'Mission', doAtOnce: 'Do at once', notFor: 'Not for', goal: 'Goal', reportsTo: 'Reports to', takesOverFrom: 'Takes over from', handsOverTo: 'Hands over to',
  mode: { 'read-do': 'Read – do', 'do-confirm': 'Do – confirm' }, stepCount: (n) => (n === 1 ? '1 step' : `${n} steps`), pause: 'PAUSE POINT', support: 'Support',
  cardColophon: (version, at, by, review) => `Version ${version}, published ${at}${by === '' ? '' : ` by ${by}`}. Review by ${review}.`, changed: (what) => `Changed: ${what}.`,
  startWithCard: 'Start with this card', inUseHere: 'In use here. Go to it', addThisCard: 'Add to the incident',
  cardMissing: (id) => `The card ${id} is not in the binder`, cardMissingWhat: 'It may have changed its name or been removed. Search instead.',
  // Incident
  cardVersion: (n) => `Card version ${n}`,
  aboutIncident: 'About the incident', addCard: 'Add a card', cardsInIncident: 'Cards in the incident', ownSteps: 'Own steps', cardOnItsWay: 'The card is on its way', cardOnItsWayWhat: 'The text of the card has not come to this phone yet. It is fetched when there is a network. What has been marked is kept.',
  noCardYet: 'The incident has no card yet', noCardYetWhat: 'Add a card, write your own steps or write in the log.',
  mine: 'Mine', left: 'Left', nothingMine: 'Nothing left for you here.', phaseDone: 'All done in this phase.',
  incidentMissing: 'The incident is not on this phone', incidentMissingWhat: 'It is fetched if the team has it and the phone has a network.', toStart: 'To the start',
  markDone: (step) => `Mark as done: ${step}`, markAs: 'Mark as',
  state: { todo: 'To do', doing: 'In progress', done: 'Done', already: 'Already done', na: 'Not applicable', failed: 'Could not' },
  undo: 'Undo', undoWhat: (step) => `Undo: ${step}`, undone: 'Undone', undoSpoken: 'Can be undone for ten seconds.', somebody: 'somebody', critical: 'Critical', differs: 'Different answers', decision: 'Decision', everyone: 'Everyone in the role', ongoing: 'Ongoing',
  within: (span) => `within ${span}`, before: (span) => `${span} before`, every: (span) => `every ${span}`, lateSince: (at) => `Late · ${at}`,
  why: 'Why?', whyCanWait: 'Can be written later', history: 'History', writeNote: 'Write a note', noteInLog: 'Note in the log', whatWasDecided: 'What was decided?', write: 'Write', inTheLog: 'It is in the log.',
  ownStep: 'Own step', ownStepExample: 'What is to be done?', ownStepAdded: 'Own step added.', readAloud: 'Read aloud', pauseRead: (phase) => `Pause point after ${phase}.`, wasRead: (who, at) => `Read aloud ${at}, ${who}`,
  reopened: 'The incident is open again.', incidentClosed: 'The incident is closed.', reopen: 'Open again', newerExists: (n, at) => `Version ${n} exists, published ${at}.`, stillFollows: (n) => `Version ${n} is followed here.`, readNewer: 'Read the new one', moveTo: (n) => `Move to version ${n}`,
  unknownKinds: (n) => `The app on this phone is too old for ${n === 1 ? 'one entry' : `${n} entries`}. They are kept and show when the app has been updated.`,
  waitingEntries: (n) => `${n === 1 ? 'One entry waits' : `${n} entries wait`} for somebody to accept.`, admitAll: (n) => (n === 1 ? 'Accept it' : `Accept all ${n}`), deadEntries: (n) => `${n === 1 ? 'One entry is broken and does not count' : `${n} entries are broken and do not count`}. They are kept on the phone.`,
  quarantine: { member: 'the person is no longer a member', revoked: 'the phone has been shut out', role: 'not allowed', 'unknown-device': 'unknown phone', seal: 'proof is missing', shape: 'broken', size: 'too large' },
  // Log
  newLogLine: 'New line in the log', logPrompt: { event: 'What has happened?', decision: 'What was decided, by whom?', contact: 'Who, and what was said?' }, logType: 'Kind of line', logKind: { event: 'Event', decision: 'Decision', contact: 'Call' },
  logKinds: { decision: 'Decision', contact: 'Call', message: 'Message', situation: 'Situation report', handover: 'Handover' },
  everything: 'Everything', decisions: 'Decisions', callsMade: 'Calls', logEmpty: 'Nothing written yet. Write the first line: what has happened, when, who raised the alarm?', correct: 'Correct', correctWhat: (line) => `Correct: ${line}`, correctTo: 'Correct wording', corrected: 'Corrected',
  // Messages
  messageMissing: 'The message is not in the binder', approvedBy: (who) => `approved by ${who}`, reviewedOn: (at) => `reviewed ${at}`,
  textSoFar: 'The text', characters: (n) => `${n} characters`, charactersOf: (n, max) => `${n} of at most ${max} characters`, blanksLeft: (n) => (n === 1 ? '1 blank left' : `${n} blanks left`), fillIn: 'Fill in', tips: 'Advice',
  copy: 'Copy', copied: 'Copied', copyFailed: 'Did not work: select the text yourself', share: 'Share', email: 'E-mail', logWhatWasSaid: 'Has it been said? Write it in the log', saidWhere: 'Where was it said?', nextUpdate: 'Next update', nextWord: (at) => `Next update ${at}.`, writeInLog: 'Write in the log',
  // Contacts
  functionFirst: 'Function before person', searchContacts: 'Search function or name', chooseContact: 'Choose a contact', chooseContactWhat: 'Here you see who holds the function, deputies in order and all numbers.', noContacts: 'No contacts on this phone', noContactsWhat: 'They come with the binder. Ask whoever keeps the contacts to add them.', noContactHitsWhat: 'Try the name of the function, such as “water” or “on call”.',
  deputies: (n) => (n === 1 ? '1 deputy' : `${n} deputies`), deputy: (n) => `Deputy ${n}`, callFirst: 'Call first', nobodyHere: 'Nobody holds the function now', address: 'Address', notes: 'Note', sms: 'Text', privateNumber: 'Private number: do not pass on',
  confirmed: (at) => `Confirmed ${at}`, neverConfirmed: 'Not confirmed', contactMissing: (id) => `The contact ${id} is missing`, noNumber: 'No number', callWho: (who) => `Call ${who}`,
  exerciseCallAsk: (who) => `This is an exercise. Call ${who} for real?`, callForReal: 'Call for real', callPretend: 'Pretend to call', howDidItGo: (who) => `How did it go? ${who}`, outcome: { reached: 'Reached', 'no-answer': 'No answer', message: 'Left message' },
  categories: { public: 'Public numbers', krisledning: 'Crisis management', larm: 'Alarm', myndighet: 'Authorities', vard: 'Health care', granne: 'Neighbouring municipalities', infra: 'Power, water, telecom', avtal: 'Contracts and suppliers', frivilliga: 'Volunteers', media: 'Media' },
  // More
  language: 'Language',
};
