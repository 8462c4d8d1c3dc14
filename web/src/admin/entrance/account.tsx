/* Mitt konto: how I sign in, where I am signed in, and for administrators who else is. One rule: nobody can take away their own last way in. */
import { useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { clock } from '../../parts/clock';
import { LanguageKeys } from '../../parts/languagekeys';
import { Note } from '../../parts/note';
import { AccountWays, type Way } from './accountways';
import { browserWords } from '../agents';
import { post, remove, type Refused } from '../ask';
import { useFetched, type Fetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { DeskIcon } from '../drawings';
import { left } from '../kept';
import { may, me } from '../state';
import { e } from '../text/entrance';
import { why } from '../text/frame';
import '../look/entrance.css';

interface Seat {
  id: string;
  created: number;
  used: number;
  way: string;
  agent: string;
  here: boolean;
}
interface Account {
  credentials: Way[];
  seats: Seat[];
}
type SeatOfSomebody = Seat & { member: string; name: string };

export function AccountScreen() {
  const account = useFetched<Account>('account');
  const [refused, setRefused] = useState<Refused | null>(null);
  const who = me.value?.member;
  const leave = async (everywhere: boolean): Promise<void> => {
    const got = everywhere ? await post('account/leave-everywhere') : await remove('seat');
    if (got.ok) left(everywhere ? 'everywhere' : 'here');
    else setRefused(got);
  };
  const aside = <button onClick={() => void leave(false)}>{e().leave}</button>;
  return (
    <Desk
      room="konto"
      title={e().account}
      sub={[who?.name, who?.email].filter(each => each !== undefined && each !== null && each !== '').join(' · ')}
      aside={aside}
    >
      {refused !== null && (
        <Note kind="wrong">
          <p>{why(refused, e().accountWrong)}</p>
        </Note>
      )}
      {account.value === null ? (
        <Coming of={account} />
      ) : (
        <>
          <AccountWays ways={account.value.credentials} again={account.again} />
          <Browsers account={account} onRefused={setRefused} onEverywhere={() => void leave(true)} />
          {may('admin') && <Others onRefused={setRefused} />}
        </>
      )}
      <section class="box">
        <h2>{e().language}</h2>
        <LanguageKeys />
      </section>
    </Desk>
  );
}

interface BrowsersProps {
  account: Fetched<Account>;
  onRefused: (refused: Refused | null) => void;
  onEverywhere: () => void;
}

function Browsers({ account, onRefused, onEverywhere }: BrowsersProps) {
  const seats = account.value?.seats ?? [];
  const end = async (seat: Seat): Promise<void> => {
    const got = await remove(`account/seats/${encodeURIComponent(seat.id)}`);
    onRefused(got.ok || got.code === 'not-found' ? null : got);
    if (got.ok) announce(e().left1(browserWords(seat.agent)));
    await account.again();
  };
  return (
    <section class="stack account">
      <h2>{e().browsers}</h2>
      <ul class="list">
        {seats.map(seat => (
          <li key={seat.id} class="row wrap">
            <div class="grow">
              <b>{browserWords(seat.agent)}</b> {seat.here && <span class="tag">{e().thisBrowser}</span>}
              <small>
                {e().since(clock(seat.created))} · {e().way[seat.way] ?? seat.way} · {e().seen(clock(seat.used))}
              </small>
            </div>
            {!seat.here && (
              <button aria-label={e().leaveWhich(browserWords(seat.agent))} onClick={() => void end(seat)}>
                {e().leave}
              </button>
            )}
          </li>
        ))}
      </ul>
      <div class="deeds">
        <button class="danger" onClick={onEverywhere}>
          {e().leaveEverywhere}
        </button>
      </div>
    </section>
  );
}

function Others({ onRefused }: { onRefused: (refused: Refused | null) => void }) {
  const seats = useFetched<SeatOfSomebody[]>('seats');
  const others = (seats.value ?? []).filter(seat => seat.member !== me.value?.member.id);
  const end = async (seat: SeatOfSomebody): Promise<void> => {
    const got = await remove(`seats/${encodeURIComponent(seat.id)}`);
    onRefused(got.ok || got.code === 'not-found' ? null : got);
    if (got.ok) announce(e().left1(`${seat.name}, ${browserWords(seat.agent)}`));
    await seats.again();
  };
  return (
    <section class="stack account">
      <h2>{e().others}</h2>
      {seats.value === null ? (
        <Coming of={seats} />
      ) : others.length === 0 ? (
        <p class="small">{e().nobodyElse}</p>
      ) : (
        <ul class="list">
          {others.slice(0, 100).map(seat => (
            <li key={seat.id} class="row wrap">
              <DeskIcon name="people" />
              <div class="grow">
                <b>{seat.name}</b>
                <small>
                  {browserWords(seat.agent)} · {e().since(clock(seat.created))} · {e().seen(clock(seat.used))}
                </small>
              </div>
              <button aria-label={e().leaveSomebody(seat.name, browserWords(seat.agent))} onClick={() => void end(seat)}>
                {e().leave}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
