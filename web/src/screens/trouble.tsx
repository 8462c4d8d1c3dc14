/* When the phone cannot do its work: opened the wrong way, storage shut, or turned out. One rule: say what happened, that nothing else is wrong, and the way back. */
import { useState } from 'preact/hooks';
import { exportUnsent, forgetOrganisation, organisation, unsent } from '../state';
import { Icon } from '../parts/icon';
import { LanguageKeys } from '../parts/languagekeys';
import { Note } from '../parts/note';
import { saveFile } from '../parts/share';
import { later } from '../parts/laterwords';

export function TroubleScreen({ kind }: { kind: 'insecure' | 'blocked' | 'broken' }) {
  const { title, what, todo } = later().troubles[kind];
  return (
    <div class="bare">
      <main tabIndex={-1}>
        <div class="stack middle">
          <Icon name="lantern" class="lantern" />
        </div>
        <section class="stack tight middle">
          <h1 tabIndex={-1} class="big">
            {title}
          </h1>
          <p>{what}</p>
        </section>
        <section class="box">
          <h2>{later().doThis}</h2>
          <ol class="numbered">
            {todo.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
        {kind === 'insecure' && <p class="small said">{later().openedAt(location.origin)}</p>}
        {kind !== 'insecure' && (
          <button class="main-deed" onClick={() => location.reload()}>
            {later().tryAgain}
          </button>
        )}
        <LanguageKeys />
      </main>
    </div>
  );
}

/** Turned out by an administrator: what was not sent is handed out first, then everything goes. */
export function RevokedScreen() {
  const left = unsent.value.length;
  const [saved, setSaved] = useState(false);
  const id = organisation.value?.id;
  return (
    <div class="bare">
      <main tabIndex={-1}>
        <div class="stack middle">
          <Icon name="lantern" class="lantern" />
        </div>
        <section class="stack tight middle">
          <h1 tabIndex={-1} class="big">
            {later().revokedTitle}
          </h1>
          <p>{later().revokedWhat(organisation.value?.name ?? '')}</p>
        </section>
        {left > 0 && (
          <section class="box">
            <h2>{later().revokedUnsent(left)}</h2>
            <p>{later().revokedUnsentWhat}</p>
            <button
              class="main-deed"
              onClick={() => {
                saveFile(exportUnsent(), 'stormlykta-ej-skickat.ndjson');
                setSaved(true);
              }}
            >
              <Icon name="share" />
              {later().exportUnsent}
            </button>
            {saved && (
              <Note icon="check">
                <p>{later().savedFile}</p>
              </Note>
            )}
          </section>
        )}
        {id !== undefined && (
          <button class="danger" disabled={left > 0 && !saved} onClick={() => void forgetOrganisation(id)}>
            {later().wipeNow}
          </button>
        )}
        <p class="small middle">{later().revokedBack}</p>
      </main>
    </div>
  );
}
