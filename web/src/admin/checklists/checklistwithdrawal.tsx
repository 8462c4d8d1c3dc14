/* Taking a checklist out of use, and back again. One rule: it asks why in the page itself, and says what happens on the phones before it happens. */
import { useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { Note } from '../../parts/note';
import { post } from '../ask';
import { useTyped } from '../keeping';
import { k } from '../text/checklists';
import { why } from '../text/frame';

export function WithdrawKey({ id, title, again }: { id: string; title: string; again: () => Promise<void> }) {
  const typed = useTyped(`withdraw/${id}`, { why: '' });
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  if (typed === null) return null;
  if (!open)
    return (
      <div class="deeds">
        <button type="button" onClick={() => setOpen(true)}>
          {k().withdraw} …
        </button>
      </div>
    );
  const withdraw = async (): Promise<void> => {
    setRefused('');
    setWrong(typed.value.why.trim() === '' ? 'empty' : '');
    if (typed.value.why.trim() === '') return field.current?.focus();
    setBusy(true);
    const got = await post(`checklists/${id}/withdraw`, { why: typed.value.why });
    setBusy(false);
    if (got.ok) {
      typed.drop();
      announce(k().withdrawnWhat);
      return again();
    }
    const fields = got.body['fields'] as Record<string, string> | undefined;
    if (fields?.['why'] !== undefined) setWrong(fields['why']);
    else setRefused(why(got, k().wrong));
    if (got.code === 'stage') await again();
  };
  return (
    <form
      class="box"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        void withdraw();
      }}
    >
      <h2>{k().withdraw}</h2>
      <p>{k().withdrawWhat}</p>
      <label class="field">
        <span>{k().withdrawWhy}</span>
        <textarea
          ref={field}
          autofocus
          value={typed.value.why}
          required
          aria-invalid={wrong !== ''}
          aria-describedby="withdraw-help"
          onInput={event => typed.set({ why: event.currentTarget.value })}
        />
        <small id="withdraw-help" class={wrong === '' ? undefined : 'wrong-words'}>
          {wrong === '' ? k().withdrawWhyHint : (k().fieldWrong[wrong] ?? wrong)}
        </small>
      </label>
      {refused !== '' && (
        <Note kind="wrong">
          <p>{refused}</p>
        </Note>
      )}
      <div class="deeds">
        <button type="submit" class="danger" disabled={busy}>
          {k().withdrawNow(title)}
        </button>
        <button type="button" onClick={() => setOpen(false)}>
          {k().cancel}
        </button>
      </div>
    </form>
  );
}

export function RestoreKey({ id, again }: { id: string; again: () => Promise<void> }) {
  const [refused, setRefused] = useState('');
  const restore = async (): Promise<void> => {
    const got = await post(`checklists/${id}/restore`);
    setRefused(got.ok ? '' : why(got, k().wrong));
    if (got.ok) announce(k().restored);
    if (got.ok || got.code === 'stage') await again();
  };
  return (
    <>
      {refused !== '' && <p role="alert">{refused}</p>}
      <button type="button" onClick={() => void restore()}>
        {k().restore}
      </button>
    </>
  );
}
