/* Mer: this phone's readiness, what is unsent, organisations, language, install, update, about. One rule: nothing here is needed in the first minute of a crisis. */
import { useState } from 'preact/hooks';
import { applyUpdate, chooseOrganisation, exportUnsent, language, library, organisation, organisations, syncNow, unsent, updateReady } from '../state';
import { clock } from '../parts/clock';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { InstallHelp } from '../parts/installhelp';
import { LanguageKeys } from '../parts/languagekeys';
import { Note } from '../parts/note';
import { lacking } from '../parts/ready';
import { ReadyPoints } from '../parts/readypoints';
import { to } from '../parts/route';
import { saveFile } from '../parts/share';
import { later } from '../parts/laterwords';
import { w } from '../parts/words';

declare const __BUILD__: string;

export function MoreScreen() {
  return (
    <Frame title={w().more} sub={organisation.value?.member.name} icon="more" layout="grid">
      <div class="stack">
        {updateReady.value && (
          <Note kind="warn" icon="down">
            <p>{w().updateReady}</p>
            <button onClick={applyUpdate}>{w().updateNow}</button>
          </Note>
        )}
        <section class="stack tight">
          <h2>
            {later().thisPhone}: {lacking().length === 0 ? w().ready : w().notReady}
          </h2>
          <ReadyPoints />
        </section>
        <Unsent />
      </div>
      <div class="stack">
        <Organisations />
        <Administration />
        {(language.value !== 'sv' || library.value?.manifest.organisation.languages?.includes('en') !== false) && (
          <section class="box">
            <h2>{w().language}</h2>
            <LanguageKeys />
          </section>
        )}
        <InstallHelp />
        <section class="box">
          <h2>{later().about}</h2>
          <p class="small">{later().aboutWhat}</p>
          <p class="small">
            {later().build} <code>{__BUILD__}</code>
          </p>
        </section>
      </div>
    </Frame>
  );
}

function Unsent() {
  const list = unsent.value;
  return (
    <section class="box">
      <h2>{later().unsentTitle}</h2>
      {list.length === 0 ? (
        <p class="row">
          <Icon name="check" class="good" />
          {later().unsentNone}
        </p>
      ) : (
        <>
          <p class="small">{later().unsentWhat}</p>
          <ul class="history">
            {list.slice(0, 50).map((each, i) => (
              <li key={i}>
                <time>{clock(each.time)}</time>
                <span>
                  {later().deed[each.text] ?? each.text} · {each.title}
                  {each.reason === undefined ? '' : ` · ${w().quarantine[each.reason.split(':')[1] ?? each.reason] ?? each.reason}`}
                </span>
              </li>
            ))}
          </ul>
          <div class="choice">
            <button onClick={syncNow}>
              <Icon name="up" />
              {later().sendNow}
            </button>
            <button onClick={() => saveFile(exportUnsent(), 'stormlykta-ej-skickat.ndjson')}>
              <Icon name="share" />
              {later().exportUnsent}
            </button>
          </div>
        </>
      )}
    </section>
  );
}

/** For who may sit at a desk. */
function Administration() {
  const here = organisation.value;
  if (here === null || !here.member.roles.some(role => role === 'admin' || role === 'editor')) return null;
  return (
    <section class="box">
      <h2>{later().desk}</h2>
      <p class="small">{later().deskWhat}</p>
      <a class="button" href={to('admin', here.id)}>
        {later().toDesk}
      </a>
    </section>
  );
}

function Organisations() {
  const here = organisation.value;
  const [going, setGoing] = useState<string | null>(null);
  return (
    <section class="box">
      <h2>{later().organisations}</h2>
      <div class="stack tight" role="group" aria-label={later().organisations}>
        {organisations.value.map(each => (
          <label key={each.id} class="pick">
            <input
              type="radio"
              name="organisation"
              checked={each.id === (going ?? here?.id)}
              disabled={going !== null}
              onChange={() => {
                setGoing(each.id);
                void chooseOrganisation(each.id).finally(() => setGoing(null));
              }}
            />
            <div>
              <b>{each.name}</b>
              <small class="under">{each.member.name}</small>
            </div>
          </label>
        ))}
      </div>
      <a class="button" href={to('gamed')}>
        <Icon name="plus" />
        {later().joinAnother}
      </a>
    </section>
  );
}
