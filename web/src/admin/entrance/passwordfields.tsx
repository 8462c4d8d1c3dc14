/* Fields for passwords: one that can be shown, and the form for a new one. One rule: what was typed stays until it has been taken. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Note } from '../../parts/note';
import type { Refused } from '../ask';
import { e } from '../text/entrance';
import { why } from '../text/frame';

const LEAST = 12;

interface PasswordFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  autocomplete: 'current-password' | 'new-password';
  shown: boolean;
  onShow?: (shown: boolean) => void;
  hint?: string;
  invalid?: boolean;
}

/** With `onShow` it has the key that shows what is in it. */
export function PasswordField({ label, value, onInput, autocomplete, shown, onShow, hint, invalid = false }: PasswordFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="label">
        {label}
      </label>
      <div class="password">
        <input
          id={id}
          {...(shown ? { type: 'text' as const } : { type: 'password' as const })}
          value={value}
          autocomplete={autocomplete}
          autocapitalize="off"
          autocorrect="off"
          spellcheck={false}
          maxLength={400}
          aria-invalid={invalid}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onInput={event => onInput(event.currentTarget.value)}
        />
        {onShow !== undefined && (
          <button type="button" aria-pressed={shown} aria-label={e().showWhat} onClick={() => onShow(!shown)}>
            {e().show}
          </button>
        )}
      </div>
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

interface NewPasswordProps {
  /** The one there is now must be given too. */
  changing?: boolean;
  deed: string;
  /** null: it was taken. */
  onSave: (password: string, old: string) => Promise<Refused | null>;
  own?: Record<string, string>;
  onCancel?: () => void;
  /** It was asked for just now: one goes on in it. */
  opened?: boolean;
}

export function NewPassword({ changing = false, deed, onSave, own, onCancel, opened = false }: NewPasswordProps) {
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [twice, setTwice] = useState('');
  const [shown, setShown] = useState(false);
  const [wrong, setWrong] = useState('');
  const [saving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (opened) form.current?.querySelector('input')?.focus();
  }, []);
  const length = [...password].length;
  const save = async (): Promise<void> => {
    if (length < LEAST) return fail(e().easy['short'] ?? '');
    if (password !== twice) return fail(e().differ);
    setWrong('');
    setSaving(true);
    const refused = await onSave(password, old);
    setSaving(false);
    if (refused !== null) fail(words(refused, own));
  };
  const fail = (said: string): void => {
    setWrong(said);
    // What must be changed is the first thing that is empty or wrong; a screen reader has heard why.
    form.current?.querySelector<HTMLInputElement>(changing ? 'input' : 'input[autocomplete="new-password"]')?.focus();
  };
  const hint = length === 0 ? e().passwordWhat : length < LEAST ? e().left(LEAST - length) : e().longEnough;
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        if (!saving) void save();
      }}
    >
      {wrong !== '' && (
        <Note kind="wrong">
          <p>{wrong}</p>
        </Note>
      )}
      {changing && <PasswordField label={e().oldPassword} value={old} onInput={setOld} autocomplete="current-password" shown={shown} />}
      <PasswordField label={e().newPassword} value={password} onInput={setPassword} autocomplete="new-password" shown={shown} onShow={setShown} hint={hint} />
      <PasswordField label={e().twice} value={twice} onInput={setTwice} autocomplete="new-password" shown={shown} />
      {changing && <p class="small">{e().changeEnds}</p>}
      <div class="deeds">
        <button type="submit" aria-disabled={saving}>
          {deed}
        </button>
        {onCancel !== undefined && (
          <button type="button" class="plain" onClick={onCancel}>
            {e().cancel}
          </button>
        )}
      </div>
    </form>
  );
}

function words(refused: Refused, own: Record<string, string> = {}): string {
  const { reason, wait } = refused.body;
  if (refused.code === 'password' && typeof reason === 'string') return e().easy[reason] ?? refused.message;
  if (refused.code === 'limit' && typeof wait === 'number') return e().wait(Math.ceil(wait / 60));
  return why(refused, own);
}
