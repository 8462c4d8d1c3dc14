/* What to write to those who are not ready: one text for all, one for each. One rule: nothing is sent from here; it is copied, or opened in one's own mail or messages. */
import { useState } from 'preact/hooks';
import { CopyKey } from '../../parts/copykey';
import { Icon } from '../../parts/icon';
import { deedsFor, inOrderOfNeed, type Leader } from '../phones/board';
import { DeskIcon } from '../drawings';
import { sayReasons } from '../phones/readysaid';
import { me } from '../state';
import { r } from '../text/readiness';

export function ReadyReminder({ leaders, onClose }: { leaders: readonly Leader[]; onClose: () => void }) {
  const lacking = inOrderOfNeed(leaders.filter(leader => !leader.ready));
  const [common, setCommon] = useState(() => textToAll(lacking));
  const addresses = lacking.flatMap(leader => leader.email ?? []);
  const without = lacking.filter(leader => leader.email === null);
  return (
    <section class="box lit reminder" aria-labelledby="reminder">
      <div class="row wrap">
        <h2 id="reminder" class="grow" tabIndex={-1}>
          {r().reminder}
        </h2>
        <button class="plain" onClick={onClose}>
          {r().close}
        </button>
      </div>
      <p class="small">{r().reminderWhat}</p>
      {lacking.length > 1 && (
        <div class="stack">
          <h3>{r().toAll}</h3>
          <label>
            <span class="hidden">{r().text}</span>
            <textarea rows={common.split('\n').length + 1} value={common} onInput={event => setCommon(event.currentTarget.value)} />
          </label>
          <div class="deeds">
            <CopyKey words={common} />
            {addresses.length > 0 && (
              <a class="button" href={mailto('', common, addresses)}>
                <DeskIcon name="mail" />
                {r().mailAll}
              </a>
            )}
          </div>
          {without.length > 0 && addresses.length > 0 && <p class="small">{r().withoutEmail(without.map(leader => leader.name).join(', '))}</p>}
        </div>
      )}
      {lacking.length > 1 && <h3>{r().toEach}</h3>}
      <ul class="list">
        {lacking.map(leader => (
          <Person key={leader.member} leader={leader} />
        ))}
      </ul>
    </section>
  );
}

function Person({ leader }: { leader: Leader }) {
  const words = textTo(leader);
  return (
    <li class="reminded">
      <h4>
        {leader.name} <small>{sayReasons(leader)}</small>
      </h4>
      <details>
        <summary class="inline-link">{r().showText}</summary>
        <p class="lines">{words}</p>
      </details>
      <div class="deeds" role="group" aria-label={leader.name}>
        <CopyKey words={words} />
        {leader.email !== null && (
          <a class="button" href={mailto(leader.email, words, [])}>
            <DeskIcon name="mail" />
            {r().mail}
          </a>
        )}
        <a class="button" href={`sms:${leader.dial ?? ''}?body=${encodeURIComponent(words)}`}>
          <Icon name="text" />
          {r().sms}
        </a>
      </div>
    </li>
  );
}

function organisation(): string {
  return me.value?.organisation.name ?? '';
}

function textTo({ name, reasons }: Leader): string {
  const [first = name] = name.split(' ');
  return letter(
    r().hello(first),
    r().why(organisation()),
    deedsFor(reasons).map(deed => r().doing[deed]),
  );
}

/** Everything that somebody of them lacks. */
function textToAll(lacking: readonly Leader[]): string {
  return letter(
    r().helloAll,
    r().whyAll(organisation()),
    deedsFor(lacking.flatMap(leader => leader.reasons)).map(deed => r().doing[deed]),
  );
}

function letter(hello: string, why: string, deeds: readonly string[]): string {
  const list = deeds.length === 1 ? deeds : deeds.map((deed, at) => `${at + 1}. ${deed}`);
  return [hello, '', why, '', ...list, '', r().thanks, me.value?.member.name ?? ''].join('\n');
}

/** Several get it without seeing each other. */
function mailto(to: string, body: string, hidden: readonly string[]): string {
  const fields = [
    ...(hidden.length > 0 ? [`bcc=${hidden.map(encodeURIComponent).join(',')}`] : []),
    `subject=${encodeURIComponent(r().subject(organisation()))}`,
  ];
  return `mailto:${encodeURIComponent(to).replace('%40', '@')}?${fields.join('&')}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
}
