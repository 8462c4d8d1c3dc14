/* The form of one function: what it is, who holds it, in which order. One rule: what is typed is kept on this desk until it is saved, and no save goes over another's. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { t } from '../../parts/words';
import { post, put, type Refused } from '../ask';
import { blankFunction, draftOf, same, sent, type FunctionDraft, type KeptDraft } from './contactdraft';
import type { Faults } from '../field';
import { ContactConflict } from './contactconflict';
import { ContactPeople } from './contactpeople';
import { ContactRemoval } from './contactremoval';
import { ContactWhat } from './contactwhat';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { forget, keep, kept } from '../kept';
import { NEW, type FunctionView, type Register } from './register';
import { fm } from '../text/contactform';
import { why } from '../text/frame';

interface ContactFormProps {
  /** undefined: a new one. */
  view: FunctionView | undefined;
  register: Register;
  onSaved: (view: FunctionView) => void;
  onRemoved: (view: FunctionView) => void;
}

export function ContactForm({ view, register, onSaved, onRemoved }: ContactFormProps) {
  const id = view?.function.id ?? NEW;
  const [saved] = useState(() => (view === undefined ? blankFunction() : draftOf(view.function, register.secrets)));
  const [draft, setDraft] = useState(saved);
  const [mark, setMark] = useState(view?.mark ?? null);
  const [restored, setRestored] = useState(false);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [refused, setRefused] = useState<Refused | null>(null);
  const [theirs, setTheirs] = useState<FunctionView | null | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const done = useRef(false);
  const dirty = !same(draft, saved);
  useKept(`contact/${id}`, { mark, draft }, dirty, done, was => {
    setDraft(was.draft);
    setMark(was.mark);
    setRestored(true);
  });
  const change = (next: FunctionDraft): void => {
    setDraft(next);
    setRestored(false);
  };
  const throwAway = (): void => {
    change(saved);
    setMark(view?.mark ?? null);
    setFaults({});
    setRefused(null);
    setTheirs(undefined);
  };
  const save = async (over: string | null): Promise<void> => {
    setBusy(true);
    setRefused(null);
    const body = { function: sent(draft) };
    const got =
      view === undefined ? await post<FunctionView>('contacts', body) : await put<FunctionView>(`contacts/${encodeURIComponent(id)}`, { ...body, mark: over });
    setBusy(false);
    if (got.ok) {
      done.current = true;
      await forget(`contact/${id}`);
      return onSaved(got.value);
    }
    const wrong = got.code === 'field' ? (got.body['fields'] as Faults) : {};
    setFaults(wrong);
    setTheirs(got.code === 'conflict' ? (got.body['theirs'] as FunctionView | null) : undefined);
    if (got.code !== 'conflict') setRefused(got);
  };
  // The first thing that is wrong gets the focus, in the order of the page.
  useEffect(() => {
    const first = [...(form.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [])].find(each => faults[each.dataset['place'] ?? ''] !== undefined);
    first?.focus();
  }, [faults]);
  const title = view === undefined ? fm().newTitle : t(view.function.title);
  return (
    <Desk room="kontakter" title={title}>
      {restored && (
        <div class="note" role="status">
          <Icon name="text" />
          <div class="row wrap">
            <p class="grow">{fm().restored}</p>
            <button type="button" onClick={throwAway}>
              {fm().throwAway}
            </button>
          </div>
        </div>
      )}
      {theirs !== undefined && (
        <ContactConflict
          mine={draft}
          theirs={theirs === null ? null : draftOf(theirs.function, register.secrets)}
          roles={register.roles}
          busy={busy}
          onMine={() => {
            setMark(theirs?.mark ?? null);
            void save(theirs?.mark ?? null);
          }}
          onTheirs={() => {
            if (theirs === null) return;
            done.current = true;
            void forget(`contact/${id}`).then(() => onSaved(theirs));
          }}
        />
      )}
      <form
        ref={form}
        class="stack air contact-form"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          void save(mark);
        }}
      >
        <ContactWhat draft={draft} register={register} faults={faults} onChange={change} />
        <ContactPeople draft={draft} saved={saved} faults={faults} days={register.interval_days} onChange={change} />
        <div class="save-bar">
          {refused !== null && (
            <p class="wrong-words" role="alert">
              {refused.code === 'field' ? fm().wrongFields(Object.keys(faults).length) : why(refused, fm().refusals)}
            </p>
          )}
          {dirty && refused === null && <small>{fm().unsaved}</small>}
          <div class="deeds">
            <button type="submit" class="main-deed" disabled={busy || !dirty}>
              {busy ? fm().saving : fm().save}
            </button>
            <a class="button" href={deskTo('kontakter')}>
              {fm().toList}
            </a>
            {dirty && view !== undefined && (
              <button type="button" class="plain" onClick={throwAway}>
                {fm().throwChanges}
              </button>
            )}
          </div>
        </div>
      </form>
      {view !== undefined && (
        <ContactRemoval
          view={view}
          onRemoved={() => {
            done.current = true;
            void forget(`contact/${id}`).then(() => onRemoved(view));
          }}
        />
      )}
    </Desk>
  );
}

/** Brings back what was written here before, and keeps what is written now. */
function useKept(key: string, now: KeptDraft, dirty: boolean, done: { current: boolean }, onFound: (was: KeptDraft) => void): void {
  const [looked, setLooked] = useState(false);
  const last = useRef({ now, dirty });
  last.current = { now, dirty };
  useEffect(() => {
    void kept<KeptDraft>(key).then(was => {
      // Whoever has begun to write already means what they write.
      if (was !== null && !done.current && !last.current.dirty) onFound(was);
      setLooked(true);
    });
  }, [key]);
  useEffect(() => {
    if (looked && !done.current) void (dirty ? keep(key, last.current.now) : forget(key));
  }, [key, looked, now.draft, dirty]);
}
