/* One person in the form, in their place in the order. One rule: whoever may not read a secret may replace it, and is told that it is there. */
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { NumberDraft, PersonDraft } from './contactdraft';
import { TextField, Tick, Wrong, type Faults } from '../field';
import { DeskIcon } from '../drawings';
import { grip } from '../ordering';
import { me } from '../state';
import { day } from '../swedishtime';
import { fm } from '../text/contactform';
import { k } from '../text/contacts';

interface PersonFormProps {
  person: PersonDraft;
  /** As it is saved, undefined for somebody new. */
  saved: PersonDraft | undefined;
  at: number;
  of: number;
  faults: Faults;
  /** How long a confirmation holds where nothing is said. */
  days: number;
  /** Where a dragged one would land: a line is drawn above, or below the last. */
  line: 'above' | 'below' | null;
  onChange: (person: PersonDraft) => void;
  onMove: (to: number) => void;
  onDrag: (at: number | null) => void;
  onRemove: () => void;
}

export function PersonForm({ person, saved, at, of, faults, days, line, onChange, onMove, onDrag, onRemove }: PersonFormProps) {
  const place = `persons.${at}`;
  const name = person.name.trim() === '' ? fm().somebody : person.name;
  const set = (some: Partial<PersonDraft>): void => onChange({ ...person, ...some });
  const field = (key: 'name' | 'email' | 'rakel' | 'address' | 'verified' | 'verified_by' | 'interval_days' | 'notes') => ({
    place: `${place}.${key}`,
    value: person[key],
    faults,
    onType: (value: string) => set({ [key]: value }),
  });
  const renumbered = saved !== undefined && saved.verified !== '' && saved.verified === person.verified && numbers(saved) !== numbers(person);
  const more = person.rakel !== '' || person.address !== '' || person.interval_days !== '' || person.notes !== '';
  const [open] = useState(more);
  const faulty = ['rakel', 'address', 'interval_days', 'notes'].some(key => faults[`${place}.${key}`] !== undefined);
  return (
    <li class={line === null ? 'person-form box' : `person-form box line-${line}`} data-person={person.key}>
      <div class="person-head">
        <h3 class="label-line grow">{at === 0 ? fm().first : fm().deputy(at)}</h3>
        {of > 1 && (
          <>
            <button type="button" class="plain" disabled={at === 0} aria-label={fm().moveUp(name)} data-move="up" onClick={() => onMove(at - 1)}>
              <Icon name="up" />
            </button>
            <button type="button" class="plain" disabled={at === of - 1} aria-label={fm().moveDown(name)} data-move="down" onClick={() => onMove(at + 1)}>
              <Icon name="up" class="turned" />
            </button>
            <span class="grip" title={fm().grip(name)} onPointerDown={event => grip(event, onDrag, onMove)}>
              <DeskIcon name="grip" />
            </span>
          </>
        )}
        <button type="button" class="plain" aria-label={fm().removePerson(name)} onClick={onRemove}>
          <Icon name="cross" />
        </button>
      </div>
      {person.hidden && (
        <p class="note calm">
          <Icon name="warn" />
          <span>{fm().hidden}</span>
        </p>
      )}
      <div class="fields">
        <TextField {...field('name')} label={fm().name} />
        <TextField {...field('email')} label={fm().email} type="email" />
      </div>
      <Numbers place={`${place}.numbers`} numbers={person.numbers} faults={faults} onChange={changed => set({ numbers: changed })} />
      <div class="fields middle-fields">
        <TextField {...field('verified')} label={fm().verified} type="date" />
        <TextField {...field('verified_by')} label={fm().verifiedBy} />
        <button type="button" class="self-end" onClick={() => set({ verified: day(Date.now()), verified_by: me.value?.member.name ?? '' })}>
          <Icon name="check" />
          {k().confirmToday}
        </button>
      </div>
      {renumbered && <p class="small light strong">{fm().willUnconfirm}</p>}
      <Tick label={fm().private} hint={fm().privateHint} checked={person.private} onTick={checked => set({ private: checked })}>
        <Wrong code={faults[`${place}.private`]} />
      </Tick>
      <details open={open || faulty}>
        <summary class="more-fields">
          <Icon name="right" />
          {fm().moreFields}
        </summary>
        <div class="fields">
          <TextField {...field('rakel')} label={k().rakel} />
          <TextField {...field('interval_days')} label={fm().interval} hint={fm().intervalHint(days)} numeric />
          <TextField {...field('address')} label={fm().address} />
          <TextField {...field('notes')} label={fm().notes} />
        </div>
      </details>
    </li>
  );
}

interface NumbersProps {
  place: string;
  numbers: readonly NumberDraft[];
  faults: Faults;
  onChange: (numbers: NumberDraft[]) => void;
}

function Numbers({ place, numbers: rows, faults, onChange }: NumbersProps) {
  const set = (at: number, some: Partial<NumberDraft>): void => onChange(rows.map((row, i) => (i === at ? { ...row, ...some } : row)));
  return (
    <div class="stack tight" data-place={place} tabIndex={faults[place] === undefined ? undefined : -1}>
      <ul class="stack tight">
        {rows.map((row, at) => (
          <li key={at} class="number-row">
            <TextField
              place={`${place}.${at}.number`}
              label={rows.length > 1 ? `${fm().number} ${at + 1}` : fm().number}
              type="tel"
              value={row.number}
              faults={faults}
              onType={number => set(at, { number })}
            />
            <TextField place={`${place}.${at}.label`} label={fm().label} value={row.label} faults={faults} onType={label => set(at, { label })} />
            {rows.length > 1 && (
              <button type="button" class="plain" aria-label={fm().removeNumber(row.number)} onClick={() => onChange(rows.filter((_, i) => i !== at))}>
                <Icon name="cross" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <Wrong code={faults[place]} />
      {rows.length < 8 && (
        <button type="button" class="plain self-start" onClick={() => onChange([...rows, { number: '', label: '' }])}>
          <Icon name="plus" />
          {fm().addNumber}
        </button>
      )}
    </div>
  );
}

function numbers(person: PersonDraft): string {
  return person.numbers
    .map(({ number }) => number.replace(/\D/g, ''))
    .filter(Boolean)
    .sort()
    .join(' ');
}
