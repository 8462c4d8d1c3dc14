/* Spårlogg: what has been done in administration, in sentences, the latest first. One rule: it is only read here. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { dayOf } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { SearchBox } from '../../parts/note';
import { saveFile } from '../../parts/share';
import { wide } from '../../parts/wide';
import { capital, w } from '../../parts/words';
import { download, get, type Refused } from '../ask';
import { Choice, TextField } from '../field';
import { Coming, Desk } from '../deskframe';
import { me } from '../state';
import { why } from '../text/frame';
import { tr } from '../text/trail';
import { TrailEntry } from './trailentry';
import { EVERYTHING, kindOf, KINDS, queryOf, type Entry, type Filter, type Kind, type TrailPage } from './trailview';
import '../look/trail.css';

const pauseMs = 250;
const NO_FAULTS = {};

interface Shown {
  entries: Entry[];
  more: number;
}

export function TrailScreen() {
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const [shown, setShown] = useState<Shown | null>(null);
  const [choices, setChoices] = useState<Pick<TrailPage, 'doers' | 'deeds'>>({ doers: [], deeds: [] });
  const [refused, setRefused] = useState<Refused | null>(null);
  const query = queryOf(filter);
  const wanted = useRef(query);
  wanted.current = query;
  const seat = me.value?.seat;
  const fetchFirst = async (): Promise<void> => {
    const got = await get<TrailPage>(`trail?${query}`);
    if (wanted.current !== query) return;
    setRefused(got.ok ? null : got);
    if (!got.ok) return;
    setShown(got.value);
    setChoices({ doers: got.value.doers, deeds: got.value.deeds });
  };
  const fetchMore = async (): Promise<void> => {
    if (shown === null) return;
    const got = await get<TrailPage>(`trail?before=${shown.more}&${query}`);
    if (wanted.current !== query) return;
    setRefused(got.ok ? null : got);
    if (got.ok) setShown({ entries: [...shown.entries, ...got.value.entries], more: got.value.more });
  };
  useEffect(() => {
    const wait = setTimeout(() => void fetchFirst(), shown === null ? 0 : pauseMs);
    return () => clearTimeout(wait);
  }, [query, seat]);
  const filtered = query !== '';
  return (
    <Desk room="logg" title={tr().title} sub={tr().sub} aside={<Export query={query} />}>
      <Filters filter={filter} choices={choices} onChange={setFilter} />
      {shown === null ? (
        <Coming of={{ refused, again: fetchFirst }} />
      ) : (
        <>
          {refused !== null && (
            <p class="wrong-words" role="alert">
              {why(refused)}
            </p>
          )}
          {shown.entries.length === 0 && <p role="status">{filtered ? tr().none : tr().nothing}</p>}
          {(filtered || shown.entries.length > 0) && (
            <p class="row wrap">
              {shown.entries.length > 0 && (
                <span class="small grow" role="status">
                  {tr().count(shown.entries.length, shown.more > 0)}
                </span>
              )}
              {filtered && (
                <button type="button" onClick={() => setFilter(EVERYTHING)}>
                  {tr().all}
                </button>
              )}
            </p>
          )}
          {byDay(shown.entries).map(({ day, entries }) => (
            <section key={day} class="stack tight" aria-label={day}>
              <h2>{day}</h2>
              <ol class="trail">
                {entries.map(entry => (
                  <TrailEntry key={entry.number} entry={entry} />
                ))}
              </ol>
            </section>
          ))}
          {shown.more > 0 && (
            <button type="button" class="wide" onClick={() => void fetchMore()}>
              {tr().more}
            </button>
          )}
        </>
      )}
    </Desk>
  );
}

interface FiltersProps {
  filter: Filter;
  choices: Pick<TrailPage, 'doers' | 'deeds'>;
  onChange: (filter: Filter) => void;
}

function Filters({ filter, choices, onChange }: FiltersProps) {
  const set = (change: Partial<Filter>): void => onChange({ ...filter, ...change });
  const asked = filter.who !== '' || filter.deed !== '' || filter.from !== '' || filter.to !== '';
  const kinds = [...new Set(choices.deeds.map(kindOf))].filter((kind): kind is Kind => kind !== null);
  const doers = choices.doers.map(({ id, name }) => [id, name || tr().somebody] as const).filter(([id]) => id !== '');
  return (
    <div class="box stack">
      <SearchBox value={filter.words} label={tr().search} onInput={words => set({ words })} />
      <details class="trail-choose" open={wide.value || asked}>
        <summary>
          {tr().choose}
          <Icon name="down" />
        </summary>
        <div class="fields trail-filters">
          <Choice
            {...{ place: 'who', label: tr().who, value: filter.who, faults: NO_FAULTS }}
            of={[['', tr().anybody], ...doers]}
            onChoose={who => set({ who })}
          />
          <Choice
            {...{ place: 'deed', label: tr().kind, value: filter.deed, faults: NO_FAULTS }}
            of={[['', tr().anything], ...kinds.map(kind => [KINDS[kind], tr().kinds[kind]] as const)]}
            onChoose={deed => set({ deed })}
          />
          <TextField place="from" label={tr().from} type="date" value={filter.from} faults={NO_FAULTS} onType={from => set({ from })} />
          <TextField place="to" label={tr().to} type="date" value={filter.to} faults={NO_FAULTS} onType={to => set({ to })} />
        </div>
      </details>
    </div>
  );
}

const FORMS = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

function Export({ query }: { query: string }) {
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const fetchAs = async (form: keyof typeof FORMS): Promise<void> => {
    setBusy(true);
    const got = await download(`trail/export?form=${form}&${query}`, FORMS[form]);
    setBusy(false);
    if (!got.ok) return setSaid(why(got));
    saveFile(got.value, `sparlogg-${me.value?.organisation.id ?? ''}.${form}`);
    setSaid(tr().saved);
    announce(tr().saved);
  };
  return (
    <>
      <button type="button" disabled={busy} onClick={() => void fetchAs('csv')}>
        {tr().saveTable}
      </button>
      <button type="button" disabled={busy} onClick={() => void fetchAs('ndjson')}>
        {tr().saveLines}
      </button>
      {said !== '' && <p class="small trail-said">{said}</p>}
    </>
  );
}

function byDay(entries: readonly Entry[]): { day: string; entries: Entry[] }[] {
  const days: { day: string; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const day = capital(dayOf(entry.at) || w().today);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
