/* What a reader has to say, step by step, and what has been done about it. One rule: a remark stands at its step, and what is being written there is kept until it is sent. */
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { clock } from '../../parts/clock';
import { t } from '../../parts/words';
import { language } from '../../state';
import { post, put, type Got } from '../ask';
import type { DraftView, Remark } from '../drafts/drafts';
import { findStep } from '../drafts/editing';
import type { Typed } from '../keeping';
import { me } from '../state';
import { d } from '../text/drafts';
import { why } from '../text/frame';
import { p } from '../text/publishing';
import { r } from '../text/review';

/** What a reader has typed and not sent: to the author, and at steps ('' the whole). */
export interface Said {
  note: string;
  remarks: Record<string, string>;
}
export interface Remarking {
  view: DraftView;
  typed: Typed<Said>;
  /** Whether one may be written now. */
  open: boolean;
  told: (got: Got<DraftView>) => void;
}
/** null: nothing is remarked on here. */
export const RemarkingOn = createContext<Remarking | null>(null);

/** The remarks at a step, and a key to write one. `words`: the step's. */
export function Remarks({ step, words }: { step: string; words: string }) {
  const remarking = useContext(RemarkingOn);
  const typed = remarking?.typed.value.remarks[step];
  const [open, setOpen] = useState(typed !== undefined && typed !== '');
  const key = useRef<HTMLButtonElement>(null);
  if (remarking === null) return null;
  const { view, told } = remarking;
  const all = view.remarks.filter(remark => remark.step === step);
  const close = (): void => {
    setOpen(false);
    setTimeout(() => key.current?.focus());
  };
  return (
    <div class="remarking">
      {all.length > 0 && (
        <ul class="remarks">
          {all.map(remark => (
            <One key={remark.id} remark={remark} view={view} told={told} />
          ))}
        </ul>
      )}
      {open && remarking.open ? (
        <Write step={step} remarking={remarking} onDone={close} />
      ) : remarking.open ? (
        <button ref={key} type="button" class="remark-key" aria-label={step === '' ? r().remarkWhole : r().remarkOn(words)} onClick={() => setOpen(true)}>
          {step === '' ? r().remarkWhole : r().remark}
        </button>
      ) : null}
    </div>
  );
}

/** Those about steps that are not read here: that are as they were, or have been removed since. */
export function OtherRemarks({ shown }: { shown: ReadonlySet<string> }) {
  const remarking = useContext(RemarkingOn);
  if (remarking === null) return null;
  const { view, told } = remarking;
  const others = view.remarks.filter(remark => remark.step !== '' && !shown.has(remark.step));
  if (others.length === 0) return null;
  return (
    <ul class="remarks">
      {others.map(remark => {
        const step = findStep(view.document, remark.step)?.step;
        return (
          <One key={remark.id} remark={remark} about={step === undefined ? d().aboutGone(remark.words) : d().about(t(step.text))} view={view} told={told} />
        );
      })}
    </ul>
  );
}

/** `about`: what it is about, when that does not stand beside it. */
function One({ remark, about = '', view, told }: { remark: Remark; about?: string; view: DraftView; told: (got: Got<DraftView>) => void }) {
  const [refused, setRefused] = useState('');
  const settle = async (): Promise<void> => {
    const got = await put<DraftView>(`drafts/${view.checklist}/remarks/${remark.id}?language=${language.value}`, { settled: !remark.settled });
    setRefused(got.ok ? '' : why(got, p().wrong));
    told(got);
  };
  return (
    <li class={remark.settled ? 'settled' : undefined}>
      <p>
        <b>{remark.by.name}</b> <small>{clock(remark.at)}</small> {remark.settled && <span class="tag">{r().settled}</span>}
        <br />
        {about !== '' && <small class="about">{about}</small>}
        {remark.text}
      </p>
      <button type="button" onClick={() => void settle()}>
        {remark.settled ? r().reopen : d().settled}
      </button>
      {refused !== '' && <p role="alert">{refused}</p>}
    </li>
  );
}

function Write({ step, remarking: { view, typed, told }, onDone }: { step: string; remarking: Remarking; onDone: () => void }) {
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const text = typed.value.remarks[step] ?? '';
  const area = useRef<HTMLTextAreaElement>(null);
  // Whoever pressed the key wants to write; a remark that was left unsent must not take the focus when the page opens.
  useEffect(() => {
    if (text === '') area.current?.focus();
  }, []);
  const type = (value: string): void => typed.set({ remarks: { ...typed.value.remarks, [step]: value } });
  const send = async (): Promise<void> => {
    if (text.trim() === '') return setWrong(p().fieldWrong['text']?.['empty'] ?? '');
    setBusy(true);
    const got = await post<DraftView>(`drafts/${view.checklist}/remarks?language=${language.value}`, { step, text });
    setBusy(false);
    const fields = got.ok ? undefined : (got.body['fields'] as Record<string, string> | undefined);
    if (!got.ok) return setWrong(p().fieldWrong['text']?.[fields?.['text'] ?? ''] ?? why(got, p().wrong));
    type('');
    told(got);
    onDone();
  };
  return (
    <form
      class="remark-form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        void send();
      }}
    >
      <label class="field">
        <span>{r().remarkLabel}</span>
        <textarea ref={area} value={text} aria-invalid={wrong !== ''} onInput={event => type(event.currentTarget.value)} />
        {wrong !== '' && (
          <small class="wrong-words" role="alert">
            {wrong}
          </small>
        )}
      </label>
      <div class="deeds">
        <button type="submit" disabled={busy}>
          {r().addRemark}
        </button>
        <button type="button" onClick={onDone}>
          {r().cancel}
        </button>
      </div>
    </form>
  );
}

/** How many of them are mine and wait. */
export function mineLeft(view: DraftView): number {
  return view.remarks.filter(remark => !remark.settled && remark.by.id === me.value?.member.id).length;
}
