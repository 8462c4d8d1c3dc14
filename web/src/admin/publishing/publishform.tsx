/* The last form before a version goes out: what has changed, when it is reviewed, who owns it. One rule: the key says exactly what it does, and a refusal leaves every letter where it was. */
import { useRef } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { now } from '../../state';
import { useWrongField } from '../arriving';
import type { Typed } from '../keeping';
import { dayOf } from '../checklists/listing';
import { monthsFrom } from './publishing';
import { p } from '../text/publishing';

/** As it is typed; null: not touched, the proposal stands. */
export interface Saying {
  changes: string;
  review_by: string | null;
  owner: string | null;
}
export interface Told {
  changes: string;
  review_by: string;
  owner: string;
}

interface FormProps {
  version: number;
  phones: number | null;
  typed: Typed<Saying>;
  suggestion: string;
  owner: string;
  owners: readonly string[];
  months: number;
  withdrawn: boolean;
  busy: boolean;
  /** Why the last attempt failed, in words; '' by field and as a whole. */
  refused: string;
  wrong: (field: string) => string;
  /** The last refusal, if any. */
  attempt: unknown;
  onPublish: (told: Told) => void;
}

export function PublishForm({ version, phones, typed, suggestion, owner, owners, months, withdrawn, busy, refused, wrong, attempt, onPublish }: FormProps) {
  const changes = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useWrongField(form, attempt);
  const today = dayOf(now.value);
  const told: Told = {
    changes: typed.value.changes,
    review_by: typed.value.review_by ?? monthsFrom(today, months),
    owner: typed.value.owner ?? owner,
  };
  return (
    <form
      ref={form}
      class="box publish-form"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        onPublish(told);
      }}
    >
      <h2>{p().publishing}</h2>
      <div class="field">
        <label>
          <span>{p().whatChanged}</span>
          <textarea
            ref={changes}
            required
            value={told.changes}
            aria-invalid={wrong('changes') !== ''}
            aria-describedby="changes-help"
            onInput={event => typed.set({ changes: event.currentTarget.value })}
          />
        </label>
        <Help id="changes-help" wrong={wrong('changes')} hint={p().whatChangedHint} />
        {suggestion !== '' && told.changes.trim() === '' && (
          <div class="suggestion">
            <p>{p().suggestion(suggestion)}</p>
            <button
              type="button"
              onClick={() => {
                typed.set({ changes: suggestion });
                changes.current?.focus();
              }}
            >
              {p().useSuggestion}
            </button>
          </div>
        )}
      </div>
      <label class="field">
        <span>{p().reviewBy}</span>
        <input
          type="date"
          required
          min={monthsFrom(today, 0)}
          value={told.review_by}
          aria-invalid={wrong('review_by') !== ''}
          aria-describedby="review-help"
          onInput={event => typed.set({ review_by: event.currentTarget.value })}
        />
        <Help id="review-help" wrong={wrong('review_by')} hint={p().reviewHint(months)} />
      </label>
      <label class="field">
        <span>{p().owner}</span>
        <input
          required
          list="owners"
          autocomplete="off"
          value={told.owner}
          aria-invalid={wrong('owner') !== ''}
          aria-describedby="owner-help"
          onInput={event => typed.set({ owner: event.currentTarget.value })}
        />
        <datalist id="owners">
          {owners.map(each => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <Help id="owner-help" wrong={wrong('owner')} hint={p().ownerHint} />
      </label>
      {withdrawn && <p>{p().takesBack}</p>}
      {refused !== '' && (
        <p class="wrong-words publish-refused" role="alert">
          {refused}
        </p>
      )}
      <button type="submit" class="main-deed publish-key" disabled={busy}>
        <Icon name="lantern" />
        <span>
          {busy ? p().working : `${p().publish(version)}.`} <span class="goes-to">{p().goesTo(phones)}</span>
        </span>
      </button>
    </form>
  );
}

function Help({ id, wrong, hint }: { id: string; wrong: string; hint: string }) {
  return (
    <small id={id} class={wrong === '' ? undefined : 'wrong-words'}>
      {wrong === '' ? hint : wrong}
    </small>
  );
}
