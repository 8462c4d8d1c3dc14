/* Signing in at a desk, alone on the screen or over a page whose seat has ended. One rule: what was typed stays, and every refusal says what to do. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { LanguageKeys } from '../../parts/languagekeys';
import { Note } from '../../parts/note';
import { go, path, replace, to } from '../../parts/route';
import { organisations } from '../../state';
import { ask, type Got, type Refused } from '../ask';
import { DeskIcon } from '../drawings';
import { seated } from '../kept';
import { PasswordField } from './passwordfields';
import { canPasskey, usePasskey } from './passkey';
import { farewell, me, type Me } from '../state';
import { e } from '../text/entrance';
import { why } from '../text/frame';
import '../look/entrance.css';

interface Door {
  organisation: { id: string; name: string };
  oidc: { name: string } | null;
}

export function EnterScreen({ organisation, again = false }: { organisation: string; again?: boolean }) {
  const [other, setOther] = useState(false);
  if (organisation === '' || other) return <Which onChosen={() => setOther(false)} />;
  if (again)
    return (
      <section class="entrance" role="dialog" aria-labelledby="entrance">
        <Form organisation={organisation} again />
      </section>
    );
  return (
    <div class="bare">
      <main tabIndex={-1} class="entrance">
        <Icon name="lantern" class="lantern" />
        <Form organisation={organisation} />
        <NoWay />
        <div class="deeds">
          <button class="plain" onClick={() => setOther(true)}>
            {e().other}
          </button>
        </div>
        <LanguageKeys />
      </main>
    </div>
  );
}

function Form({ organisation, again = false }: { organisation: string; again?: boolean }) {
  const door = useDoor(organisation);
  const provider = door?.oidc ?? null;
  const [who, setWho] = useState(again ? (me.value?.member.email ?? me.value?.member.name ?? '') : '');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(useFault(organisation));
  const form = useRef<HTMLFormElement>(null);
  useSignedInElsewhere(organisation, again);
  useEffect(() => {
    if (again) form.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
  }, []);
  const settle = (got: Got<Me>): void => {
    setBusy(false);
    if (got.ok) return seated(got.value);
    setWrong(refusal(got));
  };
  const byPassword = async (): Promise<void> => {
    if (who.trim() === '' || password === '') return setWrong(e().missing);
    setWrong('');
    setBusy(true);
    settle(await ask<Me>('POST', 'enter/password', { who, password }, organisation));
    form.current?.querySelector<HTMLInputElement>('input[autocomplete="current-password"]')?.focus();
  };
  const byPasskey = async (): Promise<void> => {
    setWrong('');
    setBusy(true);
    const options = await ask<unknown>('POST', 'enter/passkey/options', {}, organisation);
    if (!options.ok) return settle(options);
    const pressed = await usePasskey(options.value);
    if (pressed.ok) return settle(await ask<Me>('POST', 'enter/passkey', { credential: pressed.credential }, organisation));
    setBusy(false);
    setWrong(e().wrong[pressed.why] ?? '');
  };
  const goodbye = again ? '' : farewell.value;
  return (
    <>
      <div>
        <h1 id="entrance" tabIndex={-1} class="big">
          {again ? e().enterAgain : e().enter}
        </h1>
        <p>{again ? e().againWhat : (door?.organisation.name ?? nameOf(organisation))}</p>
      </div>
      {goodbye !== '' && (
        <Note icon="check">
          <p>{goodbye === 'everywhere' ? e().goneEverywhere : e().gone}</p>
        </Note>
      )}
      {wrong !== '' && (
        <Note kind="wrong">
          <p>{wrong}</p>
        </Note>
      )}
      <form
        ref={form}
        class="stack"
        onSubmit={event => {
          event.preventDefault();
          if (!busy) void byPassword();
        }}
      >
        <div class="field">
          <label for="who" class="label">
            {e().who}
          </label>
          <input
            id="who"
            value={who}
            autocomplete="username"
            autocapitalize="off"
            autocorrect="off"
            spellcheck={false}
            maxLength={200}
            onInput={event => setWho(event.currentTarget.value)}
          />
        </div>
        <PasswordField label={e().password} value={password} onInput={setPassword} autocomplete="current-password" shown={shown} onShow={setShown} />
        <button type="submit" class="main-deed" aria-disabled={busy}>
          {busy ? e().entering : e().enter}
        </button>
      </form>
      {(canPasskey() || provider !== null) && <p class="or small">{e().or}</p>}
      {canPasskey() && (
        <button aria-disabled={busy} onClick={() => busy || void byPasskey()}>
          <DeskIcon name="key" />
          {e().byPasskey}
        </button>
      )}
      {provider !== null && (
        <a class="button" href={`/api/o/${encodeURIComponent(organisation)}/admin/oidc`} {...(again && { target: '_blank', rel: 'noopener' })}>
          <DeskIcon name="people" />
          {e().byProvider(provider.name)}
        </a>
      )}
      {again && provider !== null && <p class="small">{e().inNewTab}</p>}
    </>
  );
}

/** What the server says of its door; until then, and without it, passwords and passkeys are offered. */
function useDoor(organisation: string): Door | null {
  const [door, setDoor] = useState<Door | null>(null);
  useEffect(() => {
    void ask<Door>('GET', 'enter', undefined, organisation).then(got => got.ok && setDoor(got.value));
  }, [organisation]);
  return door;
}

/** Why the provider did not let one in: it stands in the address once, and is then taken out of it. */
function useFault(organisation: string): string {
  const [, , room, code] = path.value;
  const [fault] = useState(room === 'fel' && code !== undefined ? (e().wrong[code] ?? why({ code, message: '' })) : '');
  useEffect(() => {
    if (room === 'fel') replace(to('admin', organisation));
  }, []);
  return fault;
}

/** Somebody who has signed in in another tab is let in here too as soon as they look. */
function useSignedInElsewhere(organisation: string, again: boolean): void {
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') void ask<Me>('GET', 'me', undefined, organisation).then(got => got.ok && seated(got.value));
    };
    if (!again) return;
    document.addEventListener('visibilitychange', look);
    addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('focus', look);
    };
  }, [organisation, again]);
}

function refusal(refused: Refused): string {
  const { wait } = refused.body;
  return refused.code === 'limit' && typeof wait === 'number' ? e().wait(Math.ceil(wait / 60)) : why(refused, e().wrong);
}

function nameOf(organisation: string): string {
  return organisations.value.find(each => each.id === organisation)?.name ?? organisation;
}

/** Nobody has signed in here before: whose desk is it? */
function Which({ onChosen }: { onChosen: () => void }) {
  const [id, setId] = useState('');
  const [wrong, setWrong] = useState(false);
  const choose = (): void => {
    const plain = id.trim().toLowerCase();
    setWrong(!/^[a-z0-9-]{1,40}$/.test(plain));
    if (!/^[a-z0-9-]{1,40}$/.test(plain)) return;
    onChosen();
    go(to('admin', plain));
  };
  return (
    <div class="bare">
      <main tabIndex={-1} class="entrance">
        <Icon name="lantern" class="lantern" />
        <h1 tabIndex={-1} class="big">
          {e().which}
        </h1>
        <form
          class="stack"
          onSubmit={event => {
            event.preventDefault();
            choose();
          }}
        >
          <div class="field">
            <label for="which" class="label">
              {e().whichField}
            </label>
            <input
              id="which"
              value={id}
              maxLength={60}
              autocapitalize="off"
              autocorrect="off"
              spellcheck={false}
              aria-invalid={wrong}
              aria-describedby="which-what"
              onInput={event => setId(event.currentTarget.value)}
            />
            <small id="which-what" class={wrong ? 'wrong-words' : undefined}>
              {wrong ? e().notAnId : e().whichWhat}
            </small>
          </div>
          <button type="submit" class="main-deed">
            {e().goOn}
          </button>
        </form>
        <LanguageKeys />
      </main>
    </div>
  );
}

function NoWay() {
  return (
    <details class="no-way">
      <summary>
        {e().noWay}
        <Icon name="down" class="turn" />
      </summary>
      <p>
        {e().noWayWhat} <code>stormlykta admin-link</code>
      </p>
    </details>
  );
}
