/* The way into administration. One rule: a page that is open stays as it is when its seat ends; signing in again happens over it. */
import { useEffect, useState } from 'preact/hooks';
import { lazily } from '../parts/lazily';
import { path } from '../parts/route';
import { organisations } from '../state';
import { ask } from './ask';
import { useKeptFocus } from './focuskeeper';
import { lastDesk, seated } from './kept';
import { DeskRoom } from './rooms';
import { me, seatEnded, type Me } from './state';
import './admin.css';

const Enter = lazily(async () => (await import('./entrance/enter')).EnterScreen);
const Welcome = lazily(async () => (await import('./entrance/welcome')).WelcomeScreen);

export function AdminScreen() {
  const [room, organisation, token] = path.value;
  if (room === 'valkommen') return <Welcome key={token} organisation={organisation ?? ''} token={token ?? ''} />;
  return <Sitting key={organisation} named={organisation} />;
}

function Sitting({ named }: { named: string | undefined }) {
  const organisation = useNamed(named);
  const [asked, setAsked] = useState(me.value?.organisation.id === organisation);
  useEffect(() => {
    if (organisation === null || organisation === '' || me.value?.organisation.id === organisation) return;
    me.value = null;
    seatEnded.value = false;
    void ask<Me>('GET', 'me', undefined, organisation).then(got => {
      if (got.ok) seated(got.value);
      setAsked(true);
    });
  }, [organisation]);
  useKeptFocus();
  const who = me.value;
  if (organisation === null) return null;
  if (who === null || who.organisation.id !== organisation) return asked || organisation === '' ? <Enter organisation={organisation} /> : null;
  return (
    <>
      <div key={who.member.id} inert={seatEnded.value} class={seatEnded.value ? 'desk-behind' : undefined}>
        <DeskRoom />
      </div>
      {seatEnded.value && (
        <div class="desk-over">
          <Enter organisation={organisation} again />
        </div>
      )}
    </>
  );
}

/** Which organisation is meant: the address says, else this phone's own, else the last at this desk; '' when nobody knows; null while looking. */
function useNamed(named: string | undefined): string | null {
  const [last, setLast] = useState<string | null>(null);
  useEffect(() => void lastDesk.read().then(found => setLast(found ?? '')), []);
  return named ?? organisations.value[0]?.id ?? last;
}
