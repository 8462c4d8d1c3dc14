/* What is wrong, and what is right instead: only the person's own details. One rule: what was typed stays whatever goes wrong. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PhoneNumber } from '../../core/checklist';
import { Icon } from '../../parts/icon';
import { Note } from '../../parts/note';
import type { Refused } from '../ask';
import { c } from '../text/confirm';
import { keepHalf, keptHalf } from './halfanswer';

export interface Own {
  name: string;
  numbers?: PhoneNumber[];
  email?: string;
  address?: string;
  rakel?: string;
}
export interface Said {
  person: Own;
  note: string;
  left: boolean;
}
interface ConfirmFormProps {
  token: string;
  own: Own;
  /** The details are secret: shown by their end. */
  secret: boolean;
  title: string;
  busy: boolean;
  refused: Refused | null;
  onBack: () => void;
  onSend: (said: Said) => void;
}
type Line = { number: string; label: string };
const MOST = 8;

export function ConfirmForm({ token, own, secret, title, busy, refused, onBack, onSend }: ConfirmFormProps) {
  const [half] = useState(() => keptHalf(token));
  const [texts, setTexts] = useState(half?.texts ?? { name: own.name, email: own.email ?? '', address: own.address ?? '', rakel: own.rakel ?? '' });
  const [lines, setLines] = useState<Line[]>(() => half?.lines ?? (own.numbers ?? []).map(({ number, label = '' }) => ({ number, label })));
  const [note, setNote] = useState(half?.note ?? '');
  const [left, setLeft] = useState(half?.left ?? false);
  const begun = useRef(half !== null);
  useEffect(() => {
    if (begun.current) keepHalf(token, { texts, lines, note, left });
    begun.current = true;
  }, [token, texts, lines, note, left]);
  const wrong = wrongFields(refused);
  useEffect(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [refused]);
  const put = (at: number, line: Partial<Line>): void => setLines(lines.map((each, n) => (n === at ? { ...each, ...line } : each)));
  const send = (): void => {
    const numbers = lines.map(({ number, label }) => ({ number, dial: '', ...(label.trim() !== '' && { label }) }));
    onSend({ person: { ...texts, numbers }, note, left });
  };
  return (
    <form
      class="stack air"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <section class="stack tight">
        <h1 tabIndex={-1} class="big">
          {c().formTitle}
        </h1>
        <p class="strong">{title}</p>
        <p>{c().formLead}</p>
        {half !== null && <p role="status">{c().halfKept}</p>}
        {secret && <p class="small">{c().formHidden}</p>}
      </section>
      <label class="tick">
        <input type="checkbox" checked={left} onChange={event => setLeft(event.currentTarget.checked)} />
        <span class="grow">{c().left}</span>
      </label>
      {!left && (
        <>
          <Field id="name" label={c().name} value={texts.name} wrong={wrong['name']} complete="name" onInput={name => setTexts({ ...texts, name })} />
          <fieldset class="confirm-lines">
            <legend class="label">{c().numbers}</legend>
            {lines.map((line, at) => (
              <div key={at} class="confirm-line">
                <Field
                  id={`number${at}`}
                  label={c().number(at + 1)}
                  value={line.number}
                  wrong={wrong[`number${at}`]}
                  sort="tel"
                  onInput={number => put(at, { number })}
                />
                <Field
                  id={`label${at}`}
                  label={c().label(at + 1)}
                  shown={c().labelShort}
                  value={line.label}
                  wrong={undefined}
                  onInput={label => put(at, { label })}
                />
                <button type="button" class="confirm-drop" aria-label={c().dropNumber(at + 1)} onClick={() => setLines(lines.filter((_, n) => n !== at))}>
                  <Icon name="cross" />
                </button>
              </div>
            ))}
            {lines.length < MOST && (
              <button type="button" onClick={() => setLines([...lines, { number: '', label: '' }])}>
                <Icon name="plus" />
                {c().addNumber}
              </button>
            )}
            {wrong['numbers'] !== undefined && <p class="confirm-wrong">{wrong['numbers']}</p>}
          </fieldset>
          <Field id="email" label={c().email} value={texts.email} wrong={wrong['email']} sort="email" onInput={email => setTexts({ ...texts, email })} />
          <Field id="address" label={c().address} value={texts.address} wrong={wrong['address']} onInput={address => setTexts({ ...texts, address })} />
          <Field id="rakel" label={c().rakel} value={texts.rakel} wrong={wrong['rakel']} onInput={rakel => setTexts({ ...texts, rakel })} />
        </>
      )}
      <div>
        <label class="label" for="note">
          {left ? c().leftWhat : c().note}
        </label>
        <textarea id="note" maxLength={500} value={note} onInput={event => setNote(event.currentTarget.value)} />
      </div>
      {refused !== null && <Refusal refused={refused} />}
      <div class="stack">
        <button class="main-deed" disabled={busy}>
          {busy ? c().sending : c().send}
        </button>
        <button type="button" class="plain" onClick={onBack}>
          {c().back}
        </button>
      </div>
    </form>
  );
}

function Refusal({ refused }: { refused: Refused }) {
  const [title, what] = refused.code === 'field' ? [c().look, ''] : (c().closed[refused.code] ?? c().closed['other'] ?? ['', '']);
  return (
    <Note kind="wrong">
      <p>
        <b>{title}</b>
      </p>
      {what !== '' && <p>{what}</p>}
    </Note>
  );
}

interface FieldProps {
  id: string;
  label: string;
  /** What is seen, where the label says more than there is room for. */
  shown?: string;
  value: string;
  wrong: string | undefined;
  sort?: 'tel' | 'email';
  complete?: 'name';
  onInput: (value: string) => void;
}

function Field({ id, label, shown, value, wrong, sort, complete, onInput }: FieldProps) {
  return (
    <div class="confirm-field">
      <label class="label" for={id}>
        {shown === undefined ? (
          label
        ) : (
          <>
            <span class="hidden">{label}</span>
            <span aria-hidden="true">{shown}</span>
          </>
        )}
      </label>
      <input
        id={id}
        type="text"
        inputmode={sort ?? 'text'}
        autocomplete={complete ?? 'off'}
        value={value}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        onInput={event => onInput(event.currentTarget.value)}
      />
      {wrong !== undefined && (
        <p id={`${id}-wrong`} class="confirm-wrong">
          {wrong}
        </p>
      )}
    </div>
  );
}

function wrongFields(refused: Refused | null): Record<string, string> {
  const fields = refused?.code === 'field' ? refused.body['fields'] : undefined;
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([field, code]) => [field, c().fields[String(code)] ?? c().look]));
}
