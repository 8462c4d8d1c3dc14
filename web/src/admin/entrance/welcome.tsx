/* The page of a one-time link: a name for who is new, then a passkey or a password. One rule: the link is used up only when there is a way in. */
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { LanguageKeys } from '../../parts/languagekeys';
import { Note } from '../../parts/note';
import { replace, to } from '../../parts/route';
import { browserWords } from '../agents';
import { ask, type Got, type Refused } from '../ask';
import { seated } from '../kept';
import { NewPassword } from './passwordfields';
import { canPasskey, makePasskey } from './passkey';
import type { Me } from '../state';
import { e } from '../text/entrance';
import { f, why } from '../text/frame';
import '../look/entrance.css';

interface LinkView {
  first: boolean;
  name: string;
  roles: string[];
  organisation: { id: string; name: string };
}

export function WelcomeScreen({ organisation, token }: { organisation: string; token: string }) {
  const [got, setGot] = useState<Got<LinkView> | null>(null);
  const look = async (): Promise<void> => setGot(await ask<LinkView>('POST', 'link', { token }, organisation));
  useEffect(() => void look(), [organisation, token]);
  return (
    <div class="bare">
      <main tabIndex={-1} class="entrance">
        <Icon name="lantern" class="lantern" />
        {got === null ? (
          <p role="status">{f().oneMoment}</p>
        ) : got.ok ? (
          <Ways link={got.value} token={token} onOver={setGot} />
        ) : (
          <Over refused={got} again={look} />
        )}
        {got?.ok === false && e().linkWrong[got.code] !== undefined && (
          <a class="button" href={to('admin', organisation)}>
            {e().toEnter}
          </a>
        )}
        <LanguageKeys />
      </main>
    </div>
  );
}

/** The link is no good, or the server could not be asked. */
function Over({ refused, again }: { refused: Refused; again: () => Promise<void> }) {
  const said = e().linkWrong[refused.code];
  const { wait } = refused.body;
  if (said === undefined)
    return (
      <Note kind="wrong">
        <p>{typeof wait === 'number' ? e().wait(Math.ceil(wait / 60)) : why(refused)}</p>
        <button onClick={() => void again()}>{f().tryAgain}</button>
      </Note>
    );
  return (
    <>
      <h1 tabIndex={-1} class="big">
        {said.title}
      </h1>
      <p>{said.what}</p>
      <div class="box">
        <h2>{e().newLink}</h2>
        <p>
          {e().newLinkWhat} <code>stormlykta admin-link</code>
        </p>
      </div>
    </>
  );
}

function Ways({ link, token, onOver }: { link: LinkView; token: string; onOver: (refused: Refused) => void }) {
  const organisation = link.organisation.id;
  const [name, setName] = useState(link.name);
  const [nameWrong, setNameWrong] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const [byPassword, setByPassword] = useState(!canPasskey());
  const named = (): boolean => {
    if (!link.first || name.trim() !== '') return true;
    refuseName(e().nameMissing);
    return false;
  };
  const refuseName = (said: string): void => {
    setNameWrong(said);
    document.getElementById('name')?.focus();
  };
  /** null: in, or told in its own place. */
  const settle = (got: Got<Me>): Refused | null => {
    setBusy(false);
    if (got.ok) {
      seated(got.value);
      replace(to('admin', organisation));
      return null;
    }
    if (e().linkWrong[got.code] !== undefined) onOver(got);
    else if (got.code === 'taken' && link.first) refuseName(e().nameTaken);
    else if (got.code === 'field') refuseName(name.trim() === '' ? e().nameMissing : e().nameLong);
    else return got;
    return null;
  };
  const savePassword = async (password: string): Promise<Refused | null> =>
    named() ? settle(await ask<Me>('POST', 'link/password', { token, name, password }, organisation)) : null;
  const savePasskey = async (): Promise<void> => {
    if (!named()) return;
    setWrong('');
    setBusy(true);
    const options = await ask<unknown>('POST', 'link/passkey/options', { token, name }, organisation);
    const pressed = options.ok ? await makePasskey(options.value) : null;
    if (pressed !== null && !pressed.ok) {
      setBusy(false);
      return setWrong(e().accountWrong[pressed.why] ?? '');
    }
    const refused = settle(
      options.ok
        ? await ask<Me>('POST', 'link/passkey', { token, credential: pressed?.credential, key: browserWords(navigator.userAgent) }, organisation)
        : options,
    );
    if (refused !== null) setWrong(why(refused, e().accountWrong));
  };
  return (
    <>
      <div>
        <h1 tabIndex={-1} class="big">
          {e().welcome(link.organisation.name)}
        </h1>
        <p>{link.first ? e().firstWhat : e().backWhat(link.name)}</p>
      </div>
      {link.first && (
        <div class="field">
          <label for="name" class="label">
            {e().name}
          </label>
          <input
            id="name"
            value={name}
            maxLength={80}
            autocomplete="name"
            aria-invalid={nameWrong !== ''}
            aria-describedby="name-what"
            onInput={event => {
              setName(event.currentTarget.value);
              setNameWrong('');
            }}
            onKeyDown={event => event.key === 'Enter' && !event.isComposing && !busy && !byPassword && void savePasskey()}
          />
          <small id="name-what" class={nameWrong === '' ? undefined : 'wrong-words'} role={nameWrong === '' ? undefined : 'alert'}>
            {nameWrong === '' ? e().nameWhat : nameWrong}
          </small>
        </div>
      )}
      <h2>{e().how}</h2>
      {canPasskey() ? (
        <section class="box">
          <h3>{e().passkey}</h3>
          <p>{e().passkeyWhat}</p>
          {wrong !== '' && (
            <Note kind="wrong">
              <p>{wrong}</p>
            </Note>
          )}
          <button class="main-deed" aria-disabled={busy} onClick={() => busy || void savePasskey()}>
            {e().makePasskey}
          </button>
        </section>
      ) : (
        <Note>
          <p>{e().noPasskeys}</p>
        </Note>
      )}
      {byPassword ? (
        <section class="box">
          <h3>{e().byPassword}</h3>
          <NewPassword deed={e().makePassword} onSave={savePassword} opened={canPasskey()} />
        </section>
      ) : (
        <button onClick={() => setByPassword(true)}>{e().byPassword}</button>
      )}
    </>
  );
}
