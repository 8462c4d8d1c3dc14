/* How I sign in: my passkeys, my password, my account at the provider; adding and removing them. One rule: removing asks once, in its own row. */
import { useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { clock } from '../../parts/clock';
import { Note } from '../../parts/note';
import { browserWords } from '../agents';
import { post, remove, type Refused } from '../ask';
import { DeskIcon } from '../drawings';
import { NewPassword } from './passwordfields';
import { canPasskey, makePasskey } from './passkey';
import { e } from '../text/entrance';
import { why } from '../text/frame';

export interface Way {
  id: string;
  kind: string;
  name: string;
  created: number;
  used: number | null;
}

export function AccountWays({ ways, again }: { ways: Way[]; again: () => Promise<void> }) {
  const [opened, setOpened] = useState<'' | 'passkey' | 'password'>('');
  const [done, setDone] = useState('');
  const [wrong, setWrong] = useState('');
  const changing = ways.some(way => way.kind === 'password');
  const finish = async (said: string): Promise<void> => {
    setOpened('');
    setWrong('');
    setDone(said);
    announce(said);
    await again();
  };
  const savePassword = async (password: string, old: string): Promise<Refused | null> => {
    const got = await post('account/password', { password, old });
    if (!got.ok) return got;
    await finish(changing ? e().passwordChanged : e().passwordMade);
    return null;
  };
  const take = async (way: Way): Promise<void> => {
    const got = await remove(`account/credentials/${encodeURIComponent(way.id)}`);
    if (got.ok || got.code === 'not-found') return finish(e().removed(nameOf(way)));
    setDone('');
    setWrong(why(got, e().accountWrong));
  };
  return (
    <section class="stack account">
      <h2>{e().ways}</h2>
      {done !== '' && (
        <Note icon="check">
          <p>{done}</p>
        </Note>
      )}
      {wrong !== '' && (
        <Note kind="wrong">
          <p>{wrong}</p>
        </Note>
      )}
      {ways.length === 0 ? (
        <p>{e().noWays}</p>
      ) : (
        <ul class="list">
          {ways.map(way => (
            <WayRow key={way.id} way={way} only={ways.length === 1} onRemove={() => void take(way)} />
          ))}
        </ul>
      )}
      {opened === 'passkey' && (
        <div class="box">
          <h3>{e().addPasskey}</h3>
          <NewPasskey onMade={() => void finish(e().passkeyMade)} onCancel={() => setOpened('')} />
        </div>
      )}
      {opened === 'password' && (
        <div class="box">
          <h3>{changing ? e().changePassword : e().addPassword}</h3>
          <NewPassword changing={changing} deed={e().makePassword} onSave={savePassword} own={e().accountWrong} onCancel={() => setOpened('')} opened />
        </div>
      )}
      {opened === '' && (
        <div class="deeds">
          {canPasskey() && (
            <button onClick={() => setOpened('passkey')}>
              <DeskIcon name="key" />
              {e().addPasskey}
            </button>
          )}
          <button onClick={() => setOpened('password')}>{changing ? e().changePassword : e().addPassword}</button>
        </div>
      )}
    </section>
  );
}

function WayRow({ way, only, onRemove }: { way: Way; only: boolean; onRemove: () => void }) {
  const [asking, setAsking] = useState(false);
  const name = nameOf(way);
  return (
    <li class="row wrap">
      <DeskIcon name="key" />
      <div class="grow">
        <b>{name}</b>
        <small>
          {way.kind === 'passkey' ? `${e().kind['passkey'] ?? ''} · ` : ''}
          {e().made(clock(way.created))} · {way.used === null ? e().neverUsed : e().usedAt(clock(way.used))}
        </small>
        {only && <small>{e().onlyWay}</small>}
      </div>
      {!only && !asking && (
        <button aria-label={e().removeWhich(name)} onClick={() => setAsking(true)}>
          {e().remove}
        </button>
      )}
      {asking && (
        <div class="sure" role="group" aria-label={e().sure(name)}>
          <p>{e().sure(name)}</p>
          <button class="danger" onClick={onRemove}>
            {e().remove}
          </button>
          <button ref={key => key?.focus()} onClick={() => setAsking(false)}>
            {e().keep}
          </button>
        </div>
      )}
    </li>
  );
}

function NewPasskey({ onMade, onCancel }: { onMade: () => void; onCancel: () => void }) {
  const [name, setName] = useState(() => browserWords(navigator.userAgent));
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setWrong('');
    setBusy(true);
    const options = await post<unknown>('account/passkey/options');
    const pressed = options.ok ? await makePasskey(options.value) : null;
    const got = pressed === null ? options : pressed.ok ? await post('account/passkey', { name: name.trim(), credential: pressed.credential }) : pressed;
    setBusy(false);
    if (got.ok) return onMade();
    setWrong('why' in got ? (e().accountWrong[got.why] ?? '') : why(got, e().accountWrong));
  };
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        if (!busy) void make();
      }}
    >
      <p class="small">{e().passkeyWhat}</p>
      {wrong !== '' && (
        <Note kind="wrong">
          <p>{wrong}</p>
        </Note>
      )}
      <label>
        <span>{e().passkeyName}</span>
        <input value={name} maxLength={60} autocomplete="off" onInput={event => setName(event.currentTarget.value)} />
      </label>
      <div class="deeds">
        <button type="submit" aria-disabled={busy}>
          {e().makePasskey}
        </button>
        <button type="button" class="plain" onClick={onCancel}>
          {e().cancel}
        </button>
      </div>
    </form>
  );
}

function nameOf(way: Way): string {
  return way.name || (e().kind[way.kind] ?? way.kind);
}
