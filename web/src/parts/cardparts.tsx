/* What stands round the steps of a card in use: notices, own step, pause point. One rule: each stands where it belongs, inline, and asks for one thing. */
import { useState } from 'preact/hooks';
import type { Card, Incident } from '../core/shapes';
import type { ProgressPhase } from '../core/progress';
import { addCard, addStep, admit, library, nameOf, organisation, rebaseCard, setStatus, writeLog } from '../state';
import { announce } from './announce';
import { clock, date } from './clock';
import { attempt } from './deed';
import { Icon } from './icon';
import { Note } from './note';
import { toHere } from './route';
import { when } from './stamp';
import { t, w } from './words';

export function hasNotices({ waiting, unknown, dead, status }: Incident, card: Card | undefined): boolean {
  const entry = card === undefined ? undefined : library.value?.checklists.get(card.checklist)?.entry;
  return (
    status === 'closed' ||
    unknown > 0 ||
    waiting.length > 0 ||
    dead.length > 0 ||
    (card !== undefined && entry !== undefined && card.version > 0 && entry.version > card.version)
  );
}

/** `card` undefined: what concerns the whole incident only, and not that it is closed (the page says so itself). */
export function Notices({ incident, card }: { incident: Incident; card: Card | undefined }) {
  const { inc, waiting, unknown, dead, status, statusBy } = incident;
  const entry = card === undefined ? undefined : library.value?.checklists.get(card.checklist)?.entry;
  const lead = organisation.value?.member.roles.some(role => role === 'leader' || role === 'admin') === true;
  return (
    <>
      {status === 'closed' && card !== undefined && (
        <Note icon="check">
          <p>
            <b>{w().incidentClosed}</b>
            {statusBy !== null && ` ${nameOf(statusBy.member, statusBy.dev)} ${clock(statusBy.time)}`}
          </p>
          <button onClick={() => void attempt(setStatus(inc, 'open'))}>{w().reopen}</button>
        </Note>
      )}
      {card !== undefined && entry !== undefined && card.version > 0 && entry.hash !== card.hash && entry.version > card.version && (
        <Note icon="binder">
          <p>
            <b>{w().newerExists(entry.version, date(entry.published))}</b> {w().stillFollows(card.version)}
            {entry.changes !== undefined && entry.changes !== '' ? ` ${w().changed(entry.changes)}` : ''}
          </p>
          <div class="row wrap">
            <a class="button" href={toHere('kort', card.checklist)}>
              {w().readNewer}
            </a>
            <button class="plain" onClick={() => void attempt(rebaseCard(inc, card.id, { version: entry.version, hash: entry.hash }))}>
              {w().moveTo(entry.version)}
            </button>
          </div>
        </Note>
      )}
      {unknown > 0 && (
        <Note kind="warn">
          <p>{w().unknownKinds(unknown)}</p>
        </Note>
      )}
      {waiting.length > 0 && (
        <Note kind="warn" icon="clock">
          <p>{w().waitingEntries(waiting.length)}</p>
          <ul class="small">
            {waiting.slice(0, 5).map(entry_ => (
              <li key={entry_.id}>
                {nameOf(entry_.member, entry_.op[1]) || w().somebody} {clock(entry_.op[4])}:{' '}
                {w().quarantine[entry_.verdict.split(':')[1] ?? ''] ?? entry_.verdict}
              </li>
            ))}
          </ul>
          {lead && (
            <button
              onClick={() =>
                void attempt(
                  admit(
                    inc,
                    waiting.map(each => each.id),
                  ),
                )
              }
            >
              {w().admitAll(waiting.length)}
            </button>
          )}
        </Note>
      )}
      {dead.length > 0 && (
        <Note kind="warn">
          <p>{w().deadEntries(dead.length)}</p>
        </Note>
      )}
    </>
  );
}

/** At the end of each phase: a step of one's own, in the place where it belongs. `card` null: the incident has none yet, so an empty one comes first. */
export function AddStep({ inc, card, phase }: { inc: string; card: string | null; phase: string }) {
  const [words, setWords] = useState<string | null>(null);
  if (words === null)
    return (
      <button class="add" onClick={() => setWords('')}>
        <Icon name="plus" />
        {w().ownStep}
      </button>
    );
  const add = async (): Promise<void> => {
    if (words.trim() === '') return setWords(null);
    const added = async (): Promise<string> => addStep(inc, card ?? (await addCard(inc, '')), words.trim(), phase === '' ? {} : { phase });
    if ((await attempt(added())) === null) return undefined;
    announce(w().ownStepAdded);
    return setWords(null);
  };
  return (
    <form
      class="box own"
      onSubmit={event => {
        event.preventDefault();
        void add();
      }}
    >
      <label>
        <span>{w().ownStep}</span>
        <input
          value={words}
          placeholder={w().ownStepExample}
          maxLength={500}
          ref={focusOnce}
          onInput={event => setWords(event.currentTarget.value)}
          onKeyDown={event => event.key === 'Escape' && setWords(null)}
        />
      </label>
      <div class="choice">
        <button type="submit">{w().add}</button>
        <button type="button" onClick={() => setWords(null)}>
          {w().cancel}
        </button>
      </div>
    </form>
  );
}

/** "Stop. Read aloud." Lit when the phase is done; when it was read, by whom and when stays in the log. */
export function Pause({ incident, card, phase }: { incident: Incident; card: Card; phase: ProgressPhase }) {
  const key = `${card.id}/${phase.phase}`;
  const read = incident.log.filter(entry => entry.body['pause'] === key);
  const last = read[read.length - 1];
  const lit = last === undefined && phase.total > 0 && phase.done >= phase.total;
  const words = phase.pause === null ? '' : t(phase.pause);
  return (
    <div class={`pause${lit ? ' lit' : ''}`}>
      <strong>{w().pause}</strong>
      <p>{words}</p>
      {last === undefined ? (
        <button onClick={() => void attempt(writeLog(incident.inc, { type: 'event', text: `${w().pauseRead(t(phase.title))} ${words}`, pause: key }))}>
          <Icon name="speech" />
          {w().readAloud}
        </button>
      ) : (
        <p class="small">
          <Icon name="check" class="good" /> {w().wasRead(nameOf(last.stamp.member, last.stamp.dev), when(last.stamp))}
        </p>
      )}
    </div>
  );
}

/** A card whose document has not come to this phone: what has been marked still shows. */
export function PlainSteps({ card }: { card: Card }) {
  return (
    <Note kind="warn" icon="binder">
      <p>{w().cardOnItsWayWhat}</p>
      {card.steps.size > 0 && (
        <ul class="small">
          {[...card.steps.values()].map(step => (
            <li key={step.key}>
              {step.step}: {w().state[step.state].toLowerCase()}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  if (input !== null && input.dataset['met'] === undefined) {
    input.dataset['met'] = '';
    input.focus();
  }
}
