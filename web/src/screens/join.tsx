/* Gå med: a code, a name for the phone, and the library comes. One rule: whatever goes wrong is said in words that tell what to do next. */
import { useState } from 'preact/hooks';
import { comeBack, join, organisation, phase } from '../state';
import { Icon } from '../parts/icon';
import { joining } from '../parts/joining';
import { LanguageKeys } from '../parts/languagekeys';
import { lazily } from '../parts/lazily';
import { Note } from '../parts/note';
import { goBack, replace, to } from '../parts/route';
import { later } from '../parts/laterwords';
import { w } from '../parts/words';

const Scanner = lazily(() => import('../parts/scanner').then(({ Scanner: found }) => found));

export function JoinScreen({ code: given }: { code?: string | undefined }) {
  const [code, setCode] = useState(() => spaced(given ?? ''));
  const [name, setName] = useState(phoneKind);
  const [wrong, setWrong] = useState<{ title: string; what: string } | null>(null);
  const [scanning, setScanning] = useState(false);
  const progress = joining.value;
  const wiped = phase.value === 'wiped';
  const enter = async (): Promise<void> => {
    const bare = plain(code);
    if (bare.length !== 8) return setWrong(later().joinWrong['length'] ?? null);
    setWrong(null);
    joining.value = { done: 0, of: 0, what: '' };
    const answer = await join(bare, name.trim() || phoneKind(), (done, of, what) => (joining.value = { done, of, what }));
    joining.value = null;
    if (answer.ok) return replace(to('redo'));
    return setWrong(later().joinWrong[answer.code] ?? later().joinWrong['other'] ?? null);
  };
  const back = async (): Promise<void> => {
    joining.value = { done: 0, of: 0, what: '' };
    const known = await comeBack();
    joining.value = null;
    if (known) replace(to('redo'));
    else setWrong(later().joinWrong['comeBack'] ?? null);
  };
  return (
    <div class="bare">
      <main tabIndex={-1}>
        {organisation.value !== null && (
          <div>
            <button class="plain" onClick={() => goBack(to('mer'))}>
              <Icon name="left" />
              {w().back}
            </button>
          </div>
        )}
        <div class="stack middle">
          <Icon name="lantern" class="lantern" />
        </div>
        <section class="stack tight middle">
          <h1 tabIndex={-1} class="big">
            {wiped ? later().wipedTitle : progress !== null ? later().joiningTitle : organisation.value === null ? later().joinTitle : later().joinAnother}
          </h1>
          <p>{wiped ? later().wipedWhat : progress !== null ? later().joiningWhat : later().joinWhat}</p>
        </section>
        {wrong !== null && (
          <Note kind="wrong">
            <p>
              <b>{wrong.title}</b>
            </p>
            <p>{wrong.what}</p>
          </Note>
        )}
        {progress !== null ? (
          <Progress />
        ) : (
          <>
            {wiped && (
              <button class="main-deed" onClick={() => void back()}>
                {later().comeBack}
              </button>
            )}
            <form
              class="stack"
              onSubmit={event => {
                event.preventDefault();
                void enter();
              }}
            >
              <label>
                <span>{wiped ? later().orNewCode : later().code}</span>
                <input
                  class="code"
                  value={code}
                  placeholder="XXXX-XXXX"
                  maxLength={40}
                  autocapitalize="characters"
                  autocomplete="one-time-code"
                  autocorrect="off"
                  spellcheck={false}
                  enterkeyhint="go"
                  aria-invalid={wrong !== null}
                  onInput={event => {
                    setCode(spaced(event.currentTarget.value));
                    setWrong(null);
                  }}
                />
              </label>
              <label>
                <span>{later().phoneName}</span>
                <input value={name} maxLength={60} autocomplete="off" onInput={event => setName(event.currentTarget.value)} />
              </label>
              <button type="submit" class={wiped ? '' : 'main-deed'}>
                {later().goOn}
              </button>
            </form>
            {scanning ? (
              <Scanner
                onFound={found => {
                  setCode(spaced(found));
                  setScanning(false);
                  setWrong(null);
                }}
                onStop={() => setScanning(false)}
              />
            ) : (
              <button onClick={() => setScanning(true)}>
                <Icon name="qr" />
                {later().scanInstead}
              </button>
            )}
            <p class="small middle">{later().noCode}</p>
            <a class="button" href={to('admin')}>
              {later().toDesk}
            </a>
            <LanguageKeys />
          </>
        )}
      </main>
    </div>
  );
}

function Progress() {
  const { done, of, what } = joining.value ?? { done: 0, of: 0, what: '' };
  return (
    <div class="box" role="status">
      <div class="row">
        <p class="grow">{what === '' ? later().fetchingLibrary : what}</p>
        {of > 0 && <b>{w().of(done, of)}</b>}
      </div>
      <progress value={of > 0 ? done : undefined} max={of > 0 ? of : undefined} aria-label={later().fetchingLibrary} />
    </div>
  );
}

/** Eight characters in two groups as they are typed; a whole joining link is taken too. */
function spaced(typed: string): string {
  const bare = plain(/gamed\/([^/?\s]+)/.exec(typed)?.[1] ?? typed);
  return bare.length > 4 ? `${bare.slice(0, 4)}-${bare.slice(4)}` : bare;
}

/** Crockford's alphabet: what looks alike is alike. */
function plain(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, 8);
}

function phoneKind(): string {
  const agent = navigator.userAgent;
  return /iPhone/.test(agent) ? 'iPhone' : /iPad/.test(agent) ? 'iPad' : /Android/.test(agent) ? later().androidPhone : later().computer;
}
