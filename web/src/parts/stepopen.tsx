/* A step opened: why, whom to call, what to say, and the marks that are not "done". One rule: all of it inline, nothing opens over anything. */
import { useState } from 'preact/hooks';
import type { Mark } from '../core/operation';
import type { ProgressStep } from '../core/progress';
import { library, nameOf, writeLog } from '../state';
import { CallKey } from './call';
import { attempt, markStep } from './deed';
import { announce } from './announce';
import { Icon } from './icon';
import { CardLink } from './richtext';
import { toHere } from './route';
import { onPhone, when } from './stamp';
import { t, w } from './words';

const OTHER_MARKS: readonly Mark[] = ['doing', 'already', 'na', 'failed'];

interface OpenProps {
  inc: string;
  item: ProgressStep;
  words: string;
  state: Mark;
  /** The reasons in two lines and no way to write, until asked for: the next steps stay in sight. */
  brief: boolean;
  onMark: (state: Mark) => void;
}

export function StepOpen({ inc, item, words, state, brief, onMark }: OpenProps) {
  const { definition, step } = item;
  const [asked, setAsked] = useState(false);
  const short = brief && !asked && definition?.why !== undefined;
  const [shown, setShown] = useState<'' | 'note' | 'history'>(definition?.decision === true && state === 'todo' ? 'note' : '');
  const history = step?.history ?? [];
  const log = step?.log ?? [];
  const turn = (what: 'note' | 'history'): void => setShown(shown === what ? '' : what);
  return (
    <div class="open">
      {step?.differs === true && <p class="strong">{w().differsWhat}</p>}
      {definition?.why !== undefined &&
        (short ? (
          <button class="more-why" aria-expanded={false} onClick={() => setAsked(true)}>
            <span>{t(definition.why)}</span>
            <Icon name="more" />
          </button>
        ) : (
          <p>{t(definition.why)}</p>
        ))}
      {definition?.call !== undefined && (
        <div class="call-row">
          {definition.call.map(id => (
            <CallKey key={id} id={id} target={item.key} />
          ))}
        </div>
      )}
      {definition?.message !== undefined && (
        <a class="button" href={toHere('budskap', definition.message)}>
          <Icon name="speech" />
          {messageTitle(definition.message)}
        </a>
      )}
      {definition?.cards?.map(id => (
        <p key={id} class="row">
          <Icon name="binder" />
          <CardLink id={id} />
        </p>
      ))}
      <div class="choice states" role="group" aria-label={w().markAs}>
        {OTHER_MARKS.map(mark => (
          <button key={mark} aria-pressed={state === mark} onClick={() => onMark(state === mark ? 'todo' : mark)}>
            {w().state[mark]}
          </button>
        ))}
      </div>
      {(state === 'failed' || state === 'na') && <Reason key={state} inc={inc} item={item} words={words} state={state} />}
      {log.length > 0 && (
        <ul class="history" aria-label={w().log}>
          {log.map(entry => (
            <li key={entry.stamp.id}>
              <time>{when(entry.stamp)}</time>
              <span>
                {entry.text} <small>{nameOf(entry.stamp.member, entry.stamp.dev)}</small> {onPhone([entry.stamp])}
              </span>
            </li>
          ))}
        </ul>
      )}
      {shown === 'note' && <Note inc={inc} target={item.key} decision={definition?.decision === true} />}
      {shown === 'history' && (
        <ul class="history" aria-label={w().history}>
          {history.map(head => (
            <li key={head.id}>
              <time>{when(head)}</time>
              <span>
                {nameOf(head.member, head.dev) || w().somebody}: {w().state[head.value.state].toLowerCase()}
                {head.value.reason ? `, ${head.value.reason}` : ''} {onPhone([head])}
              </span>
            </li>
          ))}
        </ul>
      )}
      {!short && (
        <div class="row wrap quiet-deeds">
          <button class="plain" aria-expanded={shown === 'note'} onClick={() => turn('note')}>
            <Icon name="pen" />
            {w().writeNote}
          </button>
          {history.length > 0 && (
            <button class="plain" aria-expanded={shown === 'history'} onClick={() => turn('history')}>
              <Icon name="clock" />
              {w().history} {history.length}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Why it could not be done, or does not apply: optional, and can be written later. */
function Reason({ inc, item, words, state }: { inc: string; item: ProgressStep; words: string; state: Mark }) {
  const known = item.step?.mark.heads[0]?.value.reason ?? '';
  const [reason, setReason] = useState(known);
  return (
    <form
      class="quick"
      onSubmit={event => {
        event.preventDefault();
        if (reason.trim() !== known) void markStep(inc, item.key, words, state, reason.trim());
      }}
    >
      <label>
        <span>{w().why}</span>
        <input value={reason} placeholder={w().whyCanWait} maxLength={2000} onInput={event => setReason(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={reason.trim() === known}>
        {w().save}
      </button>
    </form>
  );
}

function Note({ inc, target, decision }: { inc: string; target: string; decision: boolean }) {
  const [line, setLine] = useState('');
  const write = async (): Promise<void> => {
    const said = line.trim();
    if (said === '') return;
    setLine('');
    if ((await attempt(writeLog(inc, { type: decision ? 'decision' : 'event', text: said, target }))) === null)
      return setLine(more => `${said} ${more}`.trim());
    announce(w().inTheLog);
  };
  return (
    <form
      class="quick"
      onSubmit={event => {
        event.preventDefault();
        void write();
      }}
    >
      <label>
        <span>{decision ? w().whatWasDecided : w().noteInLog}</span>
        <input value={line} maxLength={4000} onInput={event => setLine(event.currentTarget.value)} />
      </label>
      <button type="submit">{w().write}</button>
    </form>
  );
}

function messageTitle(id: string): string {
  const found = library.value?.messages?.messages.find(message => message.id === id);
  return found === undefined ? id : t(found.title);
}
