/* The details of a step. One rule: all optional, all in words, and Escape goes back to the step. */
import { useEffect, useState } from 'preact/hooks';
import type { StepDefinition } from '../../core/checklist';
import { Icon } from '../../parts/icon';
import { said, setStep, setTime, type StepField } from '../drafts/editing';
import { Line } from './lines';
import { cards, contacts, messages, roles, sources } from '../drafts/options';
import { Picker } from '../drafts/pickers';
import { sameValue } from '../drafts/comparing';
import { copy, remove, shift, stepPlace } from './stepkeys';
import { c } from '../text/comparison';
import { e } from '../text/editor';
import { minutesOf, timeOf, UNITS, type SetTime, type TimeKind, type Unit } from './times';
import type { Workbench } from './workbench';

interface DetailsProps {
  bench: Workbench;
  step: StepDefinition;
  number: number;
  english: boolean;
}
const KINDS: readonly TimeKind[] = ['none', 'within', 'before', 'every', 'ongoing', 'ahead'];

export function StepDetails({ bench, step, number, english }: DetailsProps) {
  const { id } = step;
  const set = <K extends StepField>(key: K, value: StepDefinition[K] | undefined): void =>
    bench.act(setStep(bench.document.value, id, key, value), `${key}:${id}`);
  return (
    <div
      class="details"
      role="group"
      aria-label={e().details(number)}
      onKeyDown={event => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        bench.open.value = null;
        bench.focus.value = { place: stepPlace(id) };
      }}
    >
      <div class="ticks">
        {(['critical', 'decision', 'everyone'] as const).map(key => (
          <label key={key} class="tick">
            <input
              type="checkbox"
              data-place={`${key}:${id}`}
              checked={step[key] === true}
              onChange={event => set(key, event.currentTarget.checked ? true : undefined)}
            />
            <span>{c().field[key]}</span>
          </label>
        ))}
      </div>
      <div class="fields">
        <TimeFields bench={bench} step={step} />
        <label class="field">
          <span>{c().field.role}</span>
          <select data-place={`role:${id}`} value={step.role ?? ''} onChange={event => set('role', event.currentTarget.value || undefined)}>
            <option value="">{e().noRole}</option>
            {step.role !== undefined && !roles.value.some(role => role.id === step.role) && <option value={step.role}>{e().notOnShelf(step.role)}</option>}
            {roles.value.map(role => (
              <option key={role.id} value={role.id}>
                {role.words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="fields">
        <Picker
          label={c().field.call}
          placeholder={e().searchContact}
          options={contacts.value}
          chosen={step.call ?? []}
          place={`call:${id}`}
          onChoose={ids => set('call', ids)}
        />
        <Picker
          single
          label={c().field.message}
          placeholder={e().searchMessage}
          options={messages.value}
          chosen={step.message === undefined ? [] : [step.message]}
          place={`message:${id}`}
          onChoose={ids => set('message', ids[0])}
        />
        <Picker
          label={c().field.cards}
          placeholder={e().searchCard}
          options={cards.value}
          without={bench.id}
          chosen={step.cards ?? []}
          place={`cards:${id}`}
          onChoose={ids => set('cards', ids)}
        />
        <Picker
          label={c().field.sources}
          placeholder={e().searchSource}
          options={sources.value}
          chosen={step.sources ?? []}
          place={`sources:${id}`}
          onChoose={ids => set('sources', ids)}
        />
      </div>
      <label class="field">
        <span>{c().field.why}</span>
        <Line
          place={`why:${id}`}
          value={step.why?.sv ?? ''}
          placeholder={e().whyExample}
          onType={words => bench.type(setStep(bench.document.value, id, 'why', said(step.why, 'sv', words)), `why:${id}`)}
        />
      </label>
      {english && (
        <label class="field">
          <span>{c().english(c().field.why)}</span>
          <Line
            place={`why-en:${id}`}
            lang="en"
            value={step.why?.en ?? ''}
            onType={words => bench.type(setStep(bench.document.value, id, 'why', said(step.why, 'en', words)), `why-en:${id}`)}
          />
        </label>
      )}
      <div class="deeds">
        <button type="button" data-place={`up:${id}`} onClick={() => shift(bench, id, -1, `up:${id}`)}>
          <Icon name="up" />
          {e().moveUp}
        </button>
        <button type="button" data-place={`down:${id}`} onClick={() => shift(bench, id, 1, `down:${id}`)}>
          <Icon name="down" />
          {e().moveDown}
        </button>
        <button type="button" onClick={() => copy(bench, id)}>
          <Icon name="copy" />
          {e().copyStep}
        </button>
        <button type="button" onClick={() => remove(bench, id)}>
          <Icon name="cross" />
          {e().removeStep}
        </button>
      </div>
    </div>
  );
}

function TimeFields({ bench, step }: { bench: Workbench; step: StepDefinition }) {
  const [time, setShown] = useState<SetTime>(() => timeOf(step));
  const { within, every, when } = step;
  // Undone, or changed elsewhere: the fields follow; half-typed they stay.
  useEffect(() => {
    const is = timeOf(step);
    if (!sameValue(minutesOf(time), minutesOf(is))) setShown(is);
  }, [within, every, when]);
  const set = (next: SetTime): void => {
    setShown(next);
    bench.type(setTime(bench.document.value, step.id, minutesOf(next)), `time:${step.id}`);
  };
  const measured = time.kind === 'within' || time.kind === 'before' || time.kind === 'every';
  return (
    <fieldset class="time-fields bare-set">
      <legend class="label">{c().field.time}</legend>
      <select
        data-place={`time:${step.id}`}
        aria-label={e().timeSort}
        value={time.kind}
        onChange={event => set({ ...time, kind: event.currentTarget.value as TimeKind })}
      >
        {KINDS.map(kind => (
          <option key={kind} value={kind}>
            {e().timeKind[kind]}
          </option>
        ))}
      </select>
      {measured && (
        <>
          <input
            type="text"
            inputMode="numeric"
            aria-label={e().timeAmount}
            maxLength={4}
            value={time.amount}
            onInput={event => set({ ...time, amount: event.currentTarget.value })}
          />
          <select aria-label={e().timeUnit} value={String(time.unit)} onChange={event => set({ ...time, unit: Number(event.currentTarget.value) as Unit })}>
            {UNITS.map(unit => (
              <option key={unit} value={String(unit)}>
                {e().unit[unit]}
              </option>
            ))}
          </select>
        </>
      )}
    </fieldset>
  );
}
