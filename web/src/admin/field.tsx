/* A labelled field at the desk. One rule: what is wrong stands under its field, is heard with it, and what was typed stays. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { fm } from './text/contactform';

export type Faults = Readonly<Record<string, string>>;

interface TextFieldProps {
  /** The field's place, as the server names it: persons.0.email. */
  place: string;
  label: string;
  value: string;
  faults: Faults;
  hint?: string;
  type?: 'text' | 'email' | 'tel' | 'date';
  lang?: 'en';
  lines?: number;
  numeric?: boolean;
  onType: (value: string) => void;
}

export function TextField({ place, label, value, faults, hint, type = 'text', lang, lines, numeric = false, onType }: TextFieldProps) {
  const id = useId();
  const code = faults[place];
  const described = [hint === undefined ? '' : `${id}-hint`, code === undefined ? '' : `${id}-wrong`].filter(Boolean).join(' ');
  const shared = {
    id,
    value,
    'data-place': place,
    autocomplete: 'off' as const,
    'aria-invalid': code !== undefined,
    ...(described !== '' && { 'aria-describedby': described }),
    ...(lang !== undefined && { lang }),
  };
  return (
    <div class="field">
      <label for={id} class="label">
        {label}
      </label>
      {lines === undefined ? (
        <input {...shared} type={type as 'text'} {...(numeric && { inputMode: 'numeric' as const })} onInput={event => onType(event.currentTarget.value)} />
      ) : (
        <textarea {...shared} rows={lines} onInput={event => onType(event.currentTarget.value)} />
      )}
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
      <Wrong id={`${id}-wrong`} code={code} />
    </div>
  );
}

export function Wrong({ id, code }: { id?: string; code: string | undefined }) {
  if (code === undefined) return null;
  return (
    <small class="wrong-words" id={id}>
      {fm().wrong[code] ?? code}
    </small>
  );
}

interface ChoiceProps {
  place: string;
  label: string;
  value: string;
  of: readonly (readonly [string, string])[];
  faults: Faults;
  onChoose: (value: string) => void;
}

export function Choice({ place, label, value, of, faults, onChoose }: ChoiceProps) {
  const id = useId();
  const code = faults[place];
  return (
    <div class="field">
      <label for={id} class="label">
        {label}
      </label>
      <select
        id={id}
        value={value}
        data-place={place}
        aria-invalid={code !== undefined}
        {...(code !== undefined && { 'aria-describedby': `${id}-wrong` })}
        onChange={event => onChoose(event.currentTarget.value)}
      >
        {of.map(([key, words]) => (
          <option key={key} value={key} selected={key === value}>
            {words}
          </option>
        ))}
      </select>
      <Wrong id={`${id}-wrong`} code={code} />
    </div>
  );
}

export function Tick({
  label,
  hint,
  checked,
  children,
  onTick,
}: {
  label: string;
  hint?: string;
  checked: boolean;
  children?: ComponentChildren;
  onTick: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label class="tick">
        <input
          type="checkbox"
          checked={checked}
          {...(hint !== undefined && { 'aria-describedby': `${id}-hint` })}
          onChange={event => onTick(event.currentTarget.checked)}
        />
        <span class="tick-words">{label}</span>
      </label>
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
      {children}
    </div>
  );
}
