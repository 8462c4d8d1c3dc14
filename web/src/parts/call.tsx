/* A number to ring. One rule: one tap rings, in an exercise only after a question; and in an incident how it went is one tap into the log. */
import { useState } from 'preact/hooks';
import type { ContactFunction, Person } from '../core/checklist';
import { incidentOf, shown, writeLog } from '../state';
import { announce } from './announce';
import { attempt } from './deed';
import { duty, DutyLine, inOrder } from './duty';
import { Icon } from './icon';
import { Note } from './note';
import { here, toHere } from './route';
import { t, w } from './words';

export type Outcome = 'reached' | 'no-answer' | 'message';
const OUTCOMES: readonly Outcome[] = ['reached', 'no-answer', 'message'];

/** The first in order who has a number: the person asked for, else whoever stands first in the function. */
export function whoAnswers(id: string): { fn: ContactFunction; person: Person | null } | null {
  const found = shown.value?.functions.get(id);
  if (found === undefined) return null;
  const person = found.person ?? inOrder(found.fn).find(each => each.numbers.length > 0) ?? null;
  return { fn: found.fn, person };
}

/** A whole row with name, person and number; `target` is the step that the call belongs to. */
export function CallKey({ id, target = '' }: { id: string; target?: string }) {
  const found = whoAnswers(id);
  if (found === null) return <p class="small">{w().contactMissing(id)}</p>;
  const { fn, person } = found;
  const number = person?.numbers[0];
  const title = t(fn.title);
  const asked = id === fn.id; // for whoever has the function
  const held = duty(fn)?.on[0]?.name;
  if (number === undefined)
    return (
      <a class="button" href={toHere('kontakt', fn.id)}>
        <Icon name="phone" />
        <span>
          {title}
          <small>{w().noNumber}</small>
        </span>
      </a>
    );
  return (
    <Dial dial={number.dial} who={title} contact={person?.id ?? fn.id} target={target}>
      <Icon name="phone" />
      <span>
        <span class="hidden">{w().call} </span>
        {title}{' '}
        <small class="pieces">
          {person !== null && person.name !== title && (!asked || held !== person.name) && <span>{person.name} </span>}
          <span class="number">{number.number}</span>
        </small>
        {asked && <DutyLine fn={fn} />}
      </span>
    </Dial>
  );
}

interface DialProps {
  dial: string;
  who: string;
  contact: string;
  label?: string;
  target?: string;
  small?: boolean;
  children: preact.ComponentChildren;
}

/** The key itself, with the exercise question before and the outcomes after. */
export function Dial({ dial, who, contact, label, target = '', small = false, children }: DialProps) {
  const [stage, setStage] = useState<'rest' | 'asked' | 'rung' | Outcome>('rest');
  const inc = here();
  const drill = inc !== null && incidentOf(inc)?.exercise === true;
  const rung = (): void => setStage(inc === null ? 'rest' : 'rung');
  const tell = async (outcome: Outcome): Promise<void> => {
    if (inc === null) return;
    const written = writeLog(inc, { type: 'contact', text: `${who}: ${w().outcome[outcome].toLowerCase()}`, target, contact, outcome });
    if ((await attempt(written)) === null) return;
    setStage(outcome);
    announce(w().inTheLog);
  };
  const classes = `button call${small ? ' key' : ''}`;
  return (
    <>
      {drill && stage !== 'asked' ? (
        <button class={classes} aria-label={label} onClick={() => setStage('asked')}>
          {children}
        </button>
      ) : (
        stage !== 'asked' && (
          <a class={classes} href={`tel:${dial}`} aria-label={label} onClick={rung}>
            {children}
          </a>
        )
      )}
      {stage === 'asked' && (
        <Note kind="drill">
          <p class="strong">{w().exerciseCallAsk(who)}</p>
          <div class="row wrap">
            <button class="drill-deed" onClick={rung}>
              {w().callPretend}
            </button>
            <a class="button" href={`tel:${dial}`} onClick={rung}>
              {w().callForReal}
            </a>
            <button class="plain" onClick={() => setStage('rest')}>
              {w().cancel}
            </button>
          </div>
        </Note>
      )}
      {stage === 'rung' && (
        <div class="call-after stack tight" role="group" aria-label={w().howDidItGo(who)}>
          <p class="small">{w().howDidItGo(who)}</p>
          <div class="choice three">
            {OUTCOMES.map(outcome => (
              <button key={outcome} onClick={() => void tell(outcome)}>
                {w().outcome[outcome]}
              </button>
            ))}
          </div>
        </div>
      )}
      {(stage === 'reached' || stage === 'no-answer' || stage === 'message') && (
        <p class="small">
          <Icon name="check" class="good" /> {w().outcome[stage]}. {w().inTheLog}
        </p>
      )}
    </>
  );
}
