/* Which screen an address shows, and what must outlive the screens. One rule: the phone's phase decides before the address does. */
import { Component, type ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { language, phase } from './state';
import { Announcer } from './parts/announce';
import { trouble } from './parts/deed';
import { joining } from './parts/joining';
import { lazily } from './parts/lazily';
import { arrivedAt, path, scroller, to } from './parts/route';
import { loadWords, w } from './parts/words';
import { BeginScreen } from './screens/begin';
import { ContactsScreen } from './screens/contacts';
import { IncidentScreen } from './screens/incident';
import { LibraryScreen } from './screens/library';
import { LogScreen } from './screens/log';
import { StartScreen } from './screens/start';

// Not needed in the first minute of a crisis: fetched after the first screen is drawn, and kept on the phone like the rest.
const AboutScreen = lazily(async () => (await import('./screens/about')).AboutScreen);
const AddCardScreen = lazily(async () => (await import('./screens/addcard')).AddCardScreen);
const JoinScreen = lazily(async () => (await import('./screens/join')).JoinScreen);
const MessagesScreen = lazily(async () => (await import('./screens/messages')).MessagesScreen);
const MoreScreen = lazily(async () => (await import('./screens/more')).MoreScreen);
const ReadyScreen = lazily(async () => (await import('./screens/ready')).ReadyScreen);
const RevokedScreen = lazily(async () => (await import('./screens/trouble')).RevokedScreen);
const TroubleScreen = lazily(async () => (await import('./screens/trouble')).TroubleScreen);
// Only at a desk: its own files, not kept on the phone.
const AdminScreen = lazily(async () => (await import('./admin/index')).AdminScreen);
const ConfirmScreen = lazily(async () => (await import('./admin/letters/confirm')).ConfirmScreen);
const LATER = [TroubleScreen, MoreScreen, ReadyScreen, AboutScreen, AddCardScreen, MessagesScreen];
const WARM_AFTER_MS = 1_500;

export function App({ started }: { started: Promise<void> }) {
  const { address, scroll } = arrivedAt.value;
  const [broken, setBroken] = useState(false);
  useEffect(
    () =>
      void started.catch((error: unknown) => {
        console.error(error);
        setBroken(true);
      }),
    [started],
  );
  useEffect(() => {
    document.documentElement.lang = language.value;
    void loadWords();
  }, [language.value]);
  useEffect(() => {
    const timer = setTimeout(() => LATER.forEach(screen => void screen.warm().catch(() => undefined)), WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  // A new page: its heading is what a screen reader says and where the Tab key begins; one goes back to where one was.
  useLayoutEffect(() => {
    trouble.value = '';
    scroller()?.scrollTo(0, scroll);
    if (address !== null) document.querySelector('h1')?.focus({ preventScroll: true });
  }, [address, phase.value]);
  return (
    <>
      {broken ? (
        <TroubleScreen kind="broken" />
      ) : (
        <Guard>
          <Room />
        </Guard>
      )}
      <Announcer />
    </>
  );
}

function Room() {
  const [room = '', first, second, third] = path.value;
  if (phase.value !== 'insecure') {
    if (room === 'admin' || room === 'valkommen') return <AdminScreen />;
    if (room === 'bekrafta') return <ConfirmScreen organisation={first ?? ''} token={second ?? ''} />;
  }
  // While joining goes on, the phase changes under it: the progress stays until all is here.
  if (joining.value !== null) return <JoinScreen key={first} code={first} />;
  switch (phase.value) {
    case 'starting':
      return (
        <main class="starting">
          <p class="hidden">{w().oneMoment}</p>
        </main>
      );
    case 'insecure':
      return <TroubleScreen kind="insecure" />;
    case 'blocked':
      return <TroubleScreen kind="blocked" />;
    case 'revoked':
      return <RevokedScreen />;
    case 'new':
    case 'wiped':
      return <JoinScreen key={first} code={room === 'gamed' ? first : undefined} />;
    case 'joined':
      break;
  }
  switch (room) {
    case 'krisparm':
      return <LibraryScreen />;
    case 'kort':
      return <LibraryScreen shown={{ card: first ?? '' }} />;
    case 'budskap':
      return <LibraryScreen shown={{ message: first ?? '' }} />;
    case 'kontakter':
      return <ContactsScreen />;
    case 'kontakt':
      return <ContactsScreen shown={first ?? ''} />;
    case 'mer':
      return <MoreScreen />;
    case 'redo':
      return <ReadyScreen />;
    case 'gamed':
      return <JoinScreen key={first} code={first} />;
    case 'starta':
      return <BeginScreen kind={first ?? 'skarp'} card={second} />;
    case 'handelse':
      return first === undefined ? <StartScreen /> : <IncidentRoom inc={first} room={second ?? ''} id={third} />;
    default:
      return <StartScreen />;
  }
}

function IncidentRoom({ inc, room, id }: { inc: string; room: string; id: string | undefined }) {
  switch (room) {
    case 'logg':
      return <LogScreen inc={inc} />;
    case 'budskap':
      return id === undefined ? <MessagesScreen inc={inc} /> : <LibraryScreen shown={{ message: id }} inc={inc} />;
    case 'kontakter':
      return <ContactsScreen inc={inc} />;
    case 'kontakt':
      return <ContactsScreen inc={inc} shown={id ?? ''} />;
    case 'kort':
      return <LibraryScreen shown={{ card: id ?? '' }} inc={inc} />;
    case 'nytt-kort':
      return <AddCardScreen inc={inc} />;
    case 'om':
      return <AboutScreen inc={inc} />;
    default:
      return <IncidentScreen key={inc} inc={inc} />;
  }
}

/** One broken screen must not take the others with it: what is on the phone is still there. */
class Guard extends Component<{ children: ComponentChildren }, { broken: string | null }> {
  override state = { broken: null as string | null };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: path.value.join('/') });
  }

  override render() {
    // Another address is another try.
    if (this.state.broken === path.value.join('/'))
      return (
        <>
          <TroubleScreen kind="broken" />
          <nav class="bare-rooms">
            <a class="button" href={to()}>
              {w().start}
            </a>
          </nav>
        </>
      );
    return this.props.children;
  }
}
