/* Which page an address at the desk shows. One rule: one line for each page, each its own file, fetched when first asked for. */
import { path } from '../parts/route';
import { lazily } from '../parts/lazily';
import { Desk, reserved, type RoomName } from './deskframe';
import { may } from './state';
import { f } from './text/frame';

const Readiness = lazily(async () => (await import('./readiness/readiness')).ReadinessScreen);
const Checklists = lazily(async () => (await import('./checklists/checklists')).ChecklistsScreen);
const NewChecklist = lazily(async () => (await import('./checklists/newchecklist')).NewChecklistScreen);
const Checklist = lazily(async () => (await import('./checklists/checklist')).ChecklistScreen);
const Editor = lazily(async () => (await import('./editor/editor')).EditorScreen);
const Publish = lazily(async () => (await import('./publishing/publish')).PublishScreen);
const Contacts = lazily(async () => (await import('./contacts/contacts')).ContactsScreen);
const Letters = lazily(async () => (await import('./letters/letters')).LettersScreen);
const Roster = lazily(async () => (await import('./roster/roster')).RosterScreen);
const Members = lazily(async () => (await import('./members/members')).MembersScreen);
const Settings = lazily(async () => (await import('./settings/settings')).SettingsScreen);
const Trail = lazily(async () => (await import('./trail/trail')).TrailScreen);
const Account = lazily(async () => (await import('./entrance/account')).AccountScreen);

export function DeskRoom() {
  const [, , room = 'beredskap', first, second] = path.value;
  if (reserved(room as RoomName) && !may('admin')) return <Nowhere room={room as RoomName} title={f().notYours} what={f().notYoursWhat} />;
  switch (room) {
    case 'beredskap':
      return <Readiness />;
    case 'checklistor':
      if (first === undefined) return <Checklists />;
      // No checklist can have an id that begins so.
      if (first === '_ny') return <NewChecklist />;
      if (second === 'skriv') return <Editor key={first} id={first} />;
      if (second === 'faststall') return <Publish key={first} id={first} />;
      return <Checklist key={first} id={first} />;
    case 'kontakter':
      return first === 'svar' ? <Letters /> : <Contacts id={first} />;
    case 'jour':
      return <Roster />;
    case 'medlemmar':
      return <Members id={first} />;
    case 'installningar':
      return <Settings />;
    case 'logg':
      return <Trail />;
    case 'konto':
      return <Account />;
    default:
      return <Nowhere room="beredskap" title={f().notFound} what={f().notFoundWhat} />;
  }
}

function Nowhere({ room, title, what }: { room: RoomName; title: string; what: string }) {
  return (
    <Desk room={room} title={title}>
      <p>{what}</p>
    </Desk>
  );
}
