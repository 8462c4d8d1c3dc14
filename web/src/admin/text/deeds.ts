/* A sentence for every deed that the audit trail knows. One rule: tests/web/trail.test.ts reads the server's deeds and misses none. */
import { saidIn, told, type Entry } from '../trail/trailview';
import { catalogue } from '../words';

/** `who` has done it; `what` is what it was done to, as it was called then. */
export type Sentence = (who: string, what: string, entry: Entry) => string;
type Sentences = Record<string, Sentence>;

const kindIn = (entry: Entry): string => saidIn(entry.after ?? entry.before, 'kind');

export const deeds = catalogue<Sentences>(
  {
    'checklist.published': (who, what, { after }) => `${who} fastställde ${what}, version ${told(after, 'version')}`,
    'checklist.withdrawn': (who, what) => `${who} drog tillbaka ${what}`,
    'checklist.restored': (who, what) => `${who} återtog ${what}`,
    'contact.added': (who, what) => `${who} la till kontakten ${what}`,
    'contact.changed': (who, what) => `${who} ändrade kontakten ${what}`,
    'contact.confirmed': (who, what) => `${who} bekräftade ${what}`,
    'contact.removed': (who, what) => `${who} tog bort kontakten ${what}`,
    'contact.restored': (who, what) => `${who} la tillbaka kontakten ${what}`,
    'contacts.exported': (who, what) => `${who} sparade kontakterna som fil (${what})`,
    'contacts.imported': (who, what) => `${who} läste in kontakter från ${what}`,
    'credential.added': (who, _, entry) =>
      kindIn(entry) === 'passkey'
        ? `${who} la till en nyckel att logga in med`
        : kindIn(entry) === 'oidc'
          ? `${who} kopplade sitt konto hos organisationens inloggning`
          : `${who} valde ett lösenord`,
    'credential.changed': who => `${who} bytte lösenord`,
    'credential.removed': (who, _, entry) => (kindIn(entry) === 'passkey' ? `${who} tog bort en nyckel` : `${who} tog bort ett sätt att logga in`),
    'draft.begun': (who, what) => `${who} började på ett utkast till ${what}`,
    'draft.discarded': (who, what) => `${who} slängde utkastet till ${what}`,
    'draft.handed': (who, what) => `${who} lämnade utkastet till ${what} till läsning`,
    'draft.taken-back': (who, what) => `${who} tog tillbaka utkastet till ${what} från läsning`,
    'draft.returned': (who, what) => `${who} lämnade tillbaka utkastet till ${what}`,
    'draft.approved': (who, what) => `${who} godkände utkastet till ${what}`,
    'draft.remarked': (who, what) => `${who} skrev en anmärkning i utkastet till ${what}`,
    'draft.tried': (who, what) => `${who} skickade utkastet till ${what} till sin egen telefon`,
    'draft.trial-ended': (who, what) => `${who} tog bort utkastet ${what} från sin telefon`,
    'remark.settled': (who, what) => `${who} åtgärdade en anmärkning i utkastet till ${what}`,
    'remark.reopened': (who, what) => `${who} öppnade en anmärkning igen i utkastet till ${what}`,
    'entrance.refused': (_, __, { after }) =>
      told(after, 'count') === 1 ? 'Ett försök att logga in misslyckades' : `${told(after, 'count')} försök att logga in misslyckades`,
    'letter.written': (who, what) => `${who} skrev ett brev för bekräftelse: ${what}`,
    'letter.answered': (who, what) => `${who} rättade sina uppgifter i ett brev: ${what}`,
    'letter.accepted': (who, what) => `${who} godtog rättelsen från ${what}`,
    'letter.declined': (who, what) => `${who} avböjde rättelsen från ${what}`,
    'letter.recalled': (who, what) => `${who} återkallade brevet till ${what}`,
    'library.published': who => `${who} läste in budskap, övningar, kontakter eller ord`,
    'link.made': (who, what) => `${who} gjorde en engångslänk in i administrationen${what === '' ? '' : ` för ${what}`}`,
    'logo.changed': who => `${who} bytte logotyp`,
    'logo.removed': who => `${who} tog bort logotypen`,
    'member.added': (who, what) => `${who} la till medlemmen ${what}`,
    'member.changed': (who, what) => `${who} ändrade medlemmen ${what}`,
    'member.invited': (who, what) => `${who} gav ${what} en kod att gå med`,
    'member.removed': (who, what) => `${who} tog bort medlemmen ${what}`,
    'members.invited': (who, what, { after }) => `${who} gjorde ${told(after, 'count')} koder att gå med, för ${what}`,
    'organisation.added': (who, what) => `${who} gjorde organisationen ${what}`,
    'phone.named': (who, what) => `${who} gav en telefon nytt namn: ${what}`,
    'phone.revoked': (who, what) => `${who} spärrade telefonen ${what}`,
    'roster.added': (who, what) => `${who} la till i jourlistan: ${what}`,
    'roster.removed': (who, what) => `${who} tog bort ur jourlistan: ${what}`,
    'roster.swapped': (who, what) => `${who} bytte i jourlistan: ${what}`,
    'roster.imported': who => `${who} läste in en jourlista`,
    'seat.taken': who => `${who} loggade in`,
    'seat.left': who => `${who} loggade ut`,
    'seat.ended': (who, what) => `${who} avslutade en inloggning för ${what}`,
    'seats.ended': who => `${who} loggade ut överallt`,
    'settings.changed': who => `${who} ändrade inställningarna`,
    'trail.exported': who => `${who} sparade spårloggen som fil`,
    'vocabulary.changed': who => `${who} ändrade orden för roller eller skeden`,
  },
  {
    'checklist.published': (who, what, { after }) => `${who} published ${what}, version ${told(after, 'version')}`,
    'checklist.withdrawn': (who, what) => `${who} withdrew ${what}`,
    'checklist.restored': (who, what) => `${who} put ${what} in force again`,
    'contact.added': (who, what) => `${who} added the contact ${what}`,
    'contact.changed': (who, what) => `${who} changed the contact ${what}`,
    'contact.confirmed': (who, what) => `${who} confirmed ${what}`,
    'contact.removed': (who, what) => `${who} removed the contact ${what}`,
    'contact.restored': (who, what) => `${who} put the contact ${what} back`,
    'contacts.exported': (who, what) => `${who} saved the contacts as a file (${what})`,
    'contacts.imported': (who, what) => `${who} imported contacts from ${what}`,
    'credential.added': (who, _, entry) =>
      kindIn(entry) === 'passkey'
        ? `${who} added a passkey to sign in with`
        : kindIn(entry) === 'oidc'
          ? `${who} connected their account at the organisation’s sign-in`
          : `${who} chose a password`,
    'credential.changed': who => `${who} changed their password`,
    'credential.removed': (who, _, entry) => (kindIn(entry) === 'passkey' ? `${who} removed a passkey` : `${who} removed a way to sign in`),
    'draft.begun': (who, what) => `${who} began a draft of ${what}`,
    'draft.discarded': (who, what) => `${who} discarded the draft of ${what}`,
    'draft.handed': (who, what) => `${who} handed the draft of ${what} over to be read`,
    'draft.taken-back': (who, what) => `${who} took the draft of ${what} back from reading`,
    'draft.returned': (who, what) => `${who} returned the draft of ${what}`,
    'draft.approved': (who, what) => `${who} approved the draft of ${what}`,
    'draft.remarked': (who, what) => `${who} wrote a remark in the draft of ${what}`,
    'draft.tried': (who, what) => `${who} sent the draft of ${what} to their own phone`,
    'draft.trial-ended': (who, what) => `${who} took the draft ${what} off their phone`,
    'remark.settled': (who, what) => `${who} settled a remark in the draft of ${what}`,
    'remark.reopened': (who, what) => `${who} reopened a remark in the draft of ${what}`,
    'entrance.refused': (_, __, { after }) =>
      told(after, 'count') === 1 ? 'An attempt to sign in failed' : `${told(after, 'count')} attempts to sign in failed`,
    'letter.written': (who, what) => `${who} wrote a letter of confirmation: ${what}`,
    'letter.answered': (who, what) => `${who} corrected their own details in a letter: ${what}`,
    'letter.accepted': (who, what) => `${who} took in the correction from ${what}`,
    'letter.declined': (who, what) => `${who} declined the correction from ${what}`,
    'letter.recalled': (who, what) => `${who} recalled the letter to ${what}`,
    'library.published': who => `${who} imported messages, exercises, contacts or words`,
    'link.made': (who, what) => `${who} made a one-time link into the administration${what === '' ? '' : ` for ${what}`}`,
    'logo.changed': who => `${who} changed the logo`,
    'logo.removed': who => `${who} removed the logo`,
    'member.added': (who, what) => `${who} added the member ${what}`,
    'member.changed': (who, what) => `${who} changed the member ${what}`,
    'member.invited': (who, what) => `${who} gave ${what} a code to join`,
    'member.removed': (who, what) => `${who} removed the member ${what}`,
    'members.invited': (who, what, { after }) => `${who} made ${told(after, 'count')} codes to join, for ${what}`,
    'organisation.added': (who, what) => `${who} made the organisation ${what}`,
    'phone.named': (who, what) => `${who} gave a phone another name: ${what}`,
    'phone.revoked': (who, what) => `${who} revoked the phone ${what}`,
    'roster.added': (who, what) => `${who} added to the roster: ${what}`,
    'roster.removed': (who, what) => `${who} removed from the roster: ${what}`,
    'roster.swapped': (who, what) => `${who} swapped in the roster: ${what}`,
    'roster.imported': who => `${who} imported a roster`,
    'seat.taken': who => `${who} signed in`,
    'seat.left': who => `${who} signed out`,
    'seat.ended': (who, what) => `${who} ended a sign-in of ${what}`,
    'seats.ended': who => `${who} signed out everywhere`,
    'settings.changed': who => `${who} changed the settings`,
    'trail.exported': who => `${who} saved the audit trail as a file`,
    'vocabulary.changed': who => `${who} changed the words for roles or phases`,
  },
);
