/* What a file would do, under four tabs: new, changed, removed, faulty rows. One rule: the key says how many it reads in, and nothing stands under a tab that is not counted on it. */
import { useId, useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { w } from '../../parts/words';
import { Said } from './contactsaid';
import { deskTo } from '../desk';
import { fm } from '../text/contactform';
import { cf } from '../text/contactfiles';
import { k } from '../text/contacts';

interface Difference {
  person: string;
  field: string;
  /** null on both sides: a secret. */
  before: string | null;
  after: string | null;
}
interface Coming {
  id: string;
  title: string;
  kind: string;
  persons: string[];
  differences: Difference[];
  cards: { id: string; title: string }[];
}
interface RowWords {
  row: number;
  words: string;
}
export interface Outcome {
  written: boolean;
  form: 'csv' | 'xlsx' | 'vcf';
  rows: number;
  base: string;
  refused: string[];
  new: Coming[];
  changed: Coming[];
  removed: Coming[];
  faults: RowWords[];
  notes: RowWords[];
  counts: { new?: number; changed?: number; removed?: number; unchanged?: number; faults: number; notes: number };
}
type Tab = 'new' | 'changed' | 'removed' | 'faults';
const TABS: readonly Tab[] = ['new', 'changed', 'removed', 'faults'];

export function ContactPlan({ outcome, onApply }: { outcome: Outcome; onApply: () => void }) {
  const { counts, refused } = outcome;
  const id = useId();
  const count = (tab: Tab): number => counts[tab] ?? 0;
  const [tab, setTab] = useState<Tab>(() => TABS.find(each => count(each) > 0) ?? 'new');
  if (refused.length > 0)
    return (
      <div class="note wrong" role="alert">
        <Icon name="warn" />
        <div>
          <h2>{cf().refused}</h2>
          {refused.map(words => (
            <p key={words}>{words}</p>
          ))}
        </div>
      </div>
    );
  const come = count('new') + count('changed');
  const gone = count('removed');
  const turn = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = by === 0 ? undefined : TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length];
    if (next === undefined) return;
    event.preventDefault();
    setTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <section class="stack">
      <div class="tabs" role="tablist" aria-label={cf().tabsLabel} onKeyDown={turn}>
        {TABS.map(each => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`${id}-${each}`}
            aria-selected={each === tab}
            aria-controls={`${id}-panel`}
            tabIndex={each === tab ? 0 : -1}
            onClick={() => setTab(each)}
          >
            {each === 'faults' && count(each) > 0 && <Icon name="warn" />}
            {cf().tabs[each]} {count(each)}
          </button>
        ))}
      </div>
      <div class="stack" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} tabIndex={0}>
        <h2 class="hidden">{cf().tabs[tab]}</h2>
        {count(tab) === 0 ? (
          <p>{cf().nothing[tab]}</p>
        ) : tab === 'faults' ? (
          <Faults outcome={outcome} />
        ) : (
          <Fates key={tab} tab={tab} of={outcome[tab]} count={count(tab)} />
        )}
      </div>
      {(counts.unchanged ?? 0) > 0 && <p class="small">{cf().unchanged(counts.unchanged ?? 0)}</p>}
      <Notes outcome={outcome} />
      {come + gone > 0 ? (
        <div class="deeds">
          <button type="button" class="main-deed" onClick={onApply}>
            {gone > 0 ? cf().applyRemoving(come, gone) : cf().apply(come)}
          </button>
          <a class="button" href={deskTo('kontakter')}>
            {cf().cancel}
          </a>
        </div>
      ) : (
        <div class="box">
          <h2>{cf().nothingToDo}</h2>
          {count('faults') === 0 && <p>{cf().nothingToDoWhat}</p>}
        </div>
      )}
    </section>
  );
}

const STEP = 100;

function Fates({ tab, of, count }: { tab: 'new' | 'changed' | 'removed'; of: readonly Coming[]; count: number }) {
  const [shown, setShown] = useState(STEP);
  return (
    <>
      <ul class="list fates">
        {of.slice(0, shown).map(fate => (
          <li key={fate.id}>
            <h3>{fate.title}</h3>
            {tab !== 'changed' && <small>{[fm().kinds[fate.kind] ?? fate.kind, ...fate.persons].join(' · ')}</small>}
            {fate.differences.length > 0 && <Differences of={fate.differences} />}
            {fate.cards.length > 0 && (
              <p class="light">
                <Icon name="warn" /> {cf().rung(fate.cards.length)} {fate.cards.map(card => card.title).join(', ')}
              </p>
            )}
          </li>
        ))}
      </ul>
      <More shown={shown} held={of.length} count={count} onMore={() => setShown(shown + STEP)} />
    </>
  );
}

function Differences({ of }: { of: readonly Difference[] }) {
  return (
    <dl class="clashes">
      {of.map(difference => (
        <div key={`${difference.person}/${difference.field}`}>
          <dt>
            {fm().fields[difference.field] ?? difference.field}
            {difference.person !== '' && difference.field !== 'person' && <small> {difference.person}</small>}
          </dt>
          <dd>
            <small>{cf().before}</small>
            <Said field={difference.field} words={said(difference.field, difference.before)} />
          </dd>
          <dd>
            <small>{cf().after}</small>
            <Said field={difference.field} words={said(difference.field, difference.after)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function said(field: string, value: string | null): string {
  if (value === null) return cf().secret;
  if (field === 'private') return value === '' ? fm().no : fm().yes;
  if (value === '') return cf().empty;
  if (field === 'kind') return fm().kinds[value] ?? value;
  return field === 'category' ? (w().categories[value] ?? value) : value;
}

function Faults({ outcome }: { outcome: Outcome }) {
  const [shown, setShown] = useState(STEP);
  const word = outcome.form === 'vcf' ? cf().card : cf().row;
  return (
    <>
      <p>{cf().faultsWhat}</p>
      <div class="table" role="region" aria-label={cf().tabs.faults} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{word}</th>
              <th scope="col">{cf().why}</th>
            </tr>
          </thead>
          <tbody>
            {outcome.faults.slice(0, shown).map(({ row, words }, at) => (
              <tr key={at}>
                <th scope="row" class="number">
                  {row}
                </th>
                <td>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More shown={shown} held={outcome.faults.length} count={outcome.faults.length} onMore={() => setShown(shown + STEP)} />
    </>
  );
}

function Notes({ outcome }: { outcome: Outcome }) {
  const { notes, form, counts } = outcome;
  if (notes.length === 0) return null;
  const word = form === 'vcf' ? cf().card : cf().row;
  return (
    <details class="box folded-notes" open={notes.length <= 3}>
      <summary class="more-fields">
        <Icon name="right" />
        {cf().notes(counts.notes)}
      </summary>
      <ul class="stack tight">
        {notes.slice(0, STEP).map(({ row, words }, at) => (
          <li key={at}>
            <small>{row === 0 ? cf().file : `${word} ${row}`}</small> {words}
          </li>
        ))}
      </ul>
    </details>
  );
}

function More({ shown, held, count, onMore }: { shown: number; held: number; count: number; onMore: () => void }) {
  if (held > shown)
    return (
      <button type="button" class="self-start" onClick={onMore}>
        {k().more(Math.min(STEP, held - shown))}
      </button>
    );
  return count > held ? <p class="small">{cf().onlyFirst(held, count)}</p> : null;
}
