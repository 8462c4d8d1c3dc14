/* One part of the settings, saved by itself: what is typed is kept on this desk until it is saved. One rule: nobody's change is written over unseen. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { clock } from '../../parts/clock';
import { Note } from '../../parts/note';
import type { Refused } from '../ask';
import type { Faults } from '../field';
import { forget, keep, kept, seated } from '../kept';
import { send, type SettingsView, type Wanted } from './settingsview';
import { me } from '../state';
import { why } from '../text/frame';
import { s } from '../text/settings';

export interface Held {
  view: SettingsView;
  set: (view: SettingsView) => void;
}
interface Draft<V> {
  value: V;
  /** What it began from. */
  base: V;
}
export interface Part<V> {
  value: V;
  changed: boolean;
  /** What holds now, when somebody else has changed it under the draft. */
  theirs: V | null;
  state: 'rest' | 'saving' | 'refused';
  savedAt: number | null;
  faults: Faults;
  refused: Refused | null;
  change: (value: V) => void;
  save: (value?: V) => Promise<void>;
  revert: () => void;
  keepMine: () => void;
}

const attempts = 3;

/** `pick`: this part of what holds; `wanted`: what is sent for it, or which fields are wrong. */
export function usePart<V>(name: string, held: Held, pick: (view: SettingsView) => V, wanted: (value: V) => Wanted | Faults): Part<V> {
  const [draft, setDraft] = useState<Draft<V> | null>(null);
  const [state, setState] = useState<Part<V>['state']>('rest');
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [faults, setFaults] = useState<Faults>({});
  const key = `settings/${name}`;
  const present = pick(held.view);
  useEffect(() => {
    void kept<Draft<V>>(key).then(found => found !== null && setDraft(was => was ?? found));
  }, [key]);
  const hold = (next: Draft<V> | null): void => {
    setDraft(next);
    void (next === null ? forget(key) : keep(key, next));
  };
  const change = (value: V): void => {
    setState('rest');
    setSavedAt(null);
    hold(same(value, draft?.base ?? present) ? null : { value, base: draft?.base ?? present });
  };
  const refuse = (refusal: Refused): void => {
    setState('refused');
    setRefused(refusal);
    const fields = refusal.code === 'field' ? (refusal.body['fields'] as Faults) : {};
    setFaults(Object.fromEntries(Object.entries(fields).map(([field, code]) => [field, s().range[field] ?? s().wrong[code] ?? code])));
    focusFirst(Object.keys(fields));
  };
  const save = async (value = draft?.value ?? present): Promise<void> => {
    const asked = wanted(value);
    if (!('settings' in asked || 'words' in asked)) {
      setState('refused');
      setFaults(asked);
      return focusFirst(Object.keys(asked));
    }
    setState('saving');
    setFaults({});
    setRefused(null);
    let { view } = held;
    for (let attempt = 1; ; attempt++) {
      const got = await send(view, asked as Wanted);
      if (got.ok) return settle(got.value);
      const now = got.code === 'conflict' ? (got.body['present'] as SettingsView) : null;
      if (now !== null) held.set((view = now));
      // Somebody changed something else: this part is as it was, and may be saved all the same.
      if (now === null || attempt === attempts || !same(pick(now), draft?.base ?? present)) return refuse(got);
    }
  };
  const settle = (view: SettingsView): void => {
    hold(null);
    setState('rest');
    setSavedAt(Date.now());
    held.set(view);
    const who = me.value;
    if (who !== null) seated({ ...who, organisation: { ...who.organisation, ...view.settings } });
    announce(s().savedAt(clock(Date.now())));
  };
  const changed = draft !== null;
  const theirs = changed && !same(present, draft.base) && !same(present, draft.value) ? present : null;
  return {
    ...{ value: draft?.value ?? present, changed, theirs, state, savedAt, faults, refused, change, save },
    revert: () => {
      setState('rest');
      setFaults({});
      setRefused(null);
      hold(null);
    },
    keepMine: () => {
      setState('rest');
      setRefused(null);
      if (draft !== null) hold({ value: draft.value, base: present });
    },
  };
}

interface SectionProps<V> {
  title: string;
  what: string;
  part: Part<V>;
  /** The part in words, to compare with what somebody else has made of it. */
  told: (value: V) => string;
  children: ComponentChildren;
}

export function Section<V>({ title, what, part, told, children }: SectionProps<V>) {
  const id = useId();
  const { changed, theirs, state, savedAt, refused } = part;
  return (
    <section class="box setting" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        <p class="small">{what}</p>
      </div>
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault();
          if (changed && theirs === null) void part.save();
        }}
      >
        {children}
        {theirs !== null && (
          <Note kind="warn">
            <p>
              <b>{s().clash}</b> {s().clashWhat}
            </p>
            <p>
              {s().theirs}: <q>{told(theirs) || s().nothing}</q>
            </p>
            <div class="deeds">
              <button type="button" onClick={part.keepMine}>
                {s().keepMine}
              </button>
              <button type="button" onClick={part.revert}>
                {s().takeTheirs}
              </button>
            </div>
          </Note>
        )}
        {state === 'refused' && theirs === null && refused?.code !== 'in-use' && (
          <p class="wrong-words" role="alert">
            {refused === null || refused.code === 'field' ? s().fieldWrong : refused.code === 'conflict' ? s().mineKept : why(refused)}
          </p>
        )}
        {(changed || savedAt !== null) && (
          <div class="setting-foot">
            {changed && theirs === null && (
              <button type="submit" class="main-deed" disabled={state === 'saving'}>
                {s().save}
              </button>
            )}
            {changed && theirs === null && (
              <button type="button" class="plain" disabled={state === 'saving'} onClick={part.revert}>
                {s().revert}
              </button>
            )}
            <span class="small" role="status">
              {state === 'saving' ? s().saving : changed ? s().unsaved : savedAt === null ? '' : s().savedAt(clock(savedAt))}
            </span>
          </div>
        )}
      </form>
    </section>
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function focusFirst(fields: readonly string[]): void {
  requestAnimationFrame(() => {
    const first = [...document.querySelectorAll<HTMLElement>('[data-place]')].find(each => fields.includes(each.dataset['place'] ?? ''));
    first?.focus();
  });
}
