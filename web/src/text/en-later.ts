/* The words for joining, preparing and trouble, in English. One rule: the same keys as sv-later.ts. */
import type { LaterWords } from './sv-later';

export const enLater: LaterWords = {
  // The frame
  yes: 'yes', notYet: 'not yet',
  // Incident
  kind: 'Kind', openedBy: 'Opened by', entries: 'Entries', title: 'Name', print: 'Print', exportIncident: 'Save as a file', closeIncident: 'Close', closeWhat: 'Everything is kept and the incident can be opened again.', closeNow: 'Close the incident',
  // Messages
  searchMessages: 'Search messages', noMessages: 'No messages in the binder', noMessagesWhat: 'They come with the binder when they have been published.',
  // Joining
  joinTitle: 'Join', joinWhat: 'Type the code that you have been given.', joinAnother: 'Join another organisation', code: 'Code', orNewCode: 'Or type a new code', phoneName: 'What do you call this phone?', androidPhone: 'Android phone', computer: 'Computer', goOn: 'Continue', scanInstead: 'Scan instead', noCode: 'No code? Ask whoever keeps the crisis binder where you work.',
  joiningTitle: 'Fetching the binder', joiningWhat: 'Keep the app open until it says Ready.', fetchingLibrary: 'Fetching the binder',
  wipedTitle: 'The memory of this phone is empty', wipedWhat: 'The browser or somebody has emptied what the app saved. What was sent is with the team. The phone is known, so you can come back without a new code.', comeBack: 'Come back',
  joinWrong: {
    length: { title: 'The code has 8 characters', what: 'Count and fill in. Large or small letters do not matter.' },
    code: { title: 'The code is not right', what: 'Check it character by character. If it is right all the same: ask for a new code.' },
    expired: { title: 'The code has expired', what: 'Codes last only a short time. Ask for a new one.' },
    used: { title: 'The code has been used', what: 'Each code works once, for one phone. Ask for a new one.' },
    limit: { title: 'Too many tries', what: 'Wait some minutes and try again. This protects you against guessing.' },
    network: { title: 'The server cannot be reached', what: 'See that the phone has a network and try again. The code has not been used.' },
    device: { title: 'This phone has joined already, as somebody else', what: 'Ask the administrator to remove the old one, or for a code for the same person.' },
    other: { title: 'It did not work', what: 'Try again in a while. If that does not help: ask for a new code.' },
    comeBack: { title: 'The phone was not recognised', what: 'See that it has a network and try again, or ask for a new code.' },
  },
  cameraRefused: 'The app may not use the camera. Allow it in the settings of the phone.', cameraMissing: 'The camera cannot be used here.', cameraPicture: 'The picture of the camera', holdOverCode: 'Hold the camera over the code.', typeInstead: 'Type the code instead.', stopScanning: 'Stop scanning',
  // Readiness
  readiness: 'Readiness', notReadyYet: 'Soon ready', readyWhat: (name) => `${name === '' ? 'This phone' : `${name}, this phone`} now works without network.`, notReadyWhat: 'Each point is ticked when it is true.', thisPhone: 'This phone',
  libraryCount: (cards, messages) => `${cards} cards, ${messages} messages`, contactCount: (numbers, oldest) => `${numbers} numbers${oldest === '' ? '' : `, oldest confirmed ${oldest}`}`,
  pointStored: 'Saves on the phone', storedWell: 'Tried: what is saved stays', storedBadly: 'The browser does not let the app save. Private mode?', pointOffline: 'Starts without network', testing: 'Trying …', tested: (at) => `Tried ${at}`, notTested: 'Not tried yet', workerMissing: 'The app is being fetched to the phone', testNow: 'Try now', testPassed: 'It went well: the app starts without network.', testFailed: 'It did not work. Keep the app open with a network for a while and try again.',
  pointLasting: 'Lasting storage', lasting: 'The browser promises not to clear it', notLasting: 'The browser may clear it when the phone gets full', lastingUnknown: 'The browser does not say', lastingRefused: 'The browser said no. Put the app on the home screen and ask again.', askLasting: 'Ask for lasting storage',
  installTitle: 'Add to the home screen', installWhy: 'Then it opens like an app and stays.', installed: 'It is on the home screen.', installOther: 'Open the menu of the browser and choose “Install” or “Add to home screen”.', installPicture: 'The share key at the bottom of Safari, and the row Add to Home Screen',
  installIos: ['Tap the share key at the bottom of Safari.', 'Choose “Add to Home Screen”.', 'Open the app from there and type a new code: on an iPhone it does not share memory with Safari.'],
  // More
  unsentTitle: 'Not sent', unsentNone: 'All is with the team.', unsentWhat: 'Only on this phone. It is sent by itself when possible.', sendNow: 'Send now', exportUnsent: 'Save as a file',
  deed: { open: 'Incident started', status: 'Status', card: 'Card', mark: 'Mark', assign: 'Assignment', role: 'Role', step: 'Own step', log: 'Log', rebase: 'New version', admit: 'Acceptance' },
  organisations: 'Organisations', about: 'About', aboutWhat: 'Stormlykta, free software under EUPL 1.2. The content belongs to the municipality.', build: 'Built as',
  // When things are wrong
  doThis: 'Do this', tryAgain: 'Try again', openedAt: (origin) => `Opened as ${origin}`,
  troubles: {
    insecure: { title: 'The address is not secure', what: 'Without a secure address (https) the app may not save on the phone, and cannot work without network.', todo: ['Open the address that begins with https://.', 'If there is none: ask whoever keeps the server. How to is in docs/running.md.', 'On the computer of the server itself, http://localhost works.'] },
    blocked: { title: 'The phone does not let the app save', what: 'Storage is shut or broken. What was sent is with the team.', todo: ['Leave private mode, if it is on.', 'Close all other tabs with Stormlykta.', 'Allow site data in the settings of the browser, or free some space.'] },
    broken: { title: 'The page could not be shown', what: 'This is a fault in the app. All you did is still on the phone.', todo: ['Go to Situation and try from there.', 'Try again.', 'Tell whoever keeps the crisis binder.'] },
  },
  revokedTitle: 'This phone has been shut out', revokedWhat: (organisation) => `An administrator in ${organisation} has shut out this phone.`, revokedUnsent: (n) => `${n} not sent`, revokedUnsentWhat: 'Save it as a file before the phone is emptied, and hand the file to the team.', savedFile: 'The file has been saved.', wipeNow: 'Empty the phone', revokedBack: 'Was it a mistake? Ask for a new code.',
};
