/* The list of functions: searched, sorted, a hundred at a time. One rule: what must be done is seen without opening anything. */
import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Text } from '../../core/checklist';
import { now } from '../../state';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { Chips, SearchBox } from '../../parts/note';
import { t, w } from '../../parts/words';
import { post } from '../ask';
import { ContactExport } from './contactexport';
import { ContactRow } from './contactrow';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { LettersKey } from '../letters/letterskey';
import { FILE, NEW, find, isOf, isOld, type FunctionView, type Register, type Sort } from './register';
import { k } from '../text/contacts';
import { why } from '../text/frame';

export interface Notice {
  sort: 'saved' | 'removed' | 'refused';
  id: string;
  title: Text;
  /** Why bringing back was refused. */
  words?: string;
}

const STEP = 100;
const SORTS: readonly Sort[] = ['all', 'intern', 'extern', 'public', 'old', 'alone'];
const query = signal('');
const sort = signal<Sort>('all');
const drawn = signal(STEP);

interface ContactListProps {
  register: Register;
  notice: Notice | null;
  onNotice: (notice: Notice | null) => void;
  onChanged: (view: FunctionView) => void;
  again: () => Promise<void>;
}

export function ContactList({ register, notice, onNotice, onChanged, again }: ContactListProps) {
  const { functions, interval_days: days } = register;
  // A day is exact enough, and nothing is counted anew every minute.
  const today = Math.floor(now.value / 3_600_000) * 3_600_000;
  const counts = useMemo(() => new Map(SORTS.map(each => [each, functions.filter(view => isOf(each, view, days, today)).length])), [functions, days, today]);
  const found = useMemo(
    () => find(query.value, functions).filter(view => isOf(sort.value, view, days, today)),
    [functions, days, today, query.value, sort.value],
  );
  const asked = query.value.trim() !== '';
  const shown = found.slice(0, drawn.value);
  const groups = asked && shown.length > 0 ? [{ name: '', views: shown }] : byGroup(shown);
  const persons = functions.reduce((sum, view) => sum + view.function.persons.length, 0);
  return (
    <Desk
      room="kontakter"
      title={k().title}
      sub={k().sub(functions.length, persons)}
      aside={
        <>
          <a class="button main-deed" href={deskTo('kontakter', NEW)}>
            <Icon name="plus" />
            {k().add}
          </a>
          <a class="button" href={deskTo('kontakter', FILE)}>
            {k().fromFile}
          </a>
          {functions.length > 0 && <ContactExport secrets={register.secrets} />}
          {functions.length > 0 && <LettersKey />}
        </>
      }
    >
      {notice !== null && !(notice.sort === 'saved' && shown.some(view => view.function.id === notice.id)) && (
        <NoticeLine notice={notice} onNotice={onNotice} again={again} />
      )}
      {functions.length === 0 ? (
        <div class="box">
          <h2>{k().none}</h2>
          <p>{k().noneWhat}</p>
        </div>
      ) : (
        <>
          <SearchBox
            value={query.value}
            label={k().search}
            onInput={value => {
              query.value = value;
              drawn.value = STEP;
            }}
          />
          <Chips
            label={k().show}
            chosen={sort.value}
            of={SORTS.filter(each => each === 'all' || each === sort.value || (counts.get(each) ?? 0) > 0).map(each => [
              each,
              `${k().sorts[each]} ${counts.get(each) ?? 0}`,
            ])}
            onChoose={each => {
              sort.value = each;
              drawn.value = STEP;
            }}
          />
          {asked && found.length > 0 && (
            <p class="small" role="status">
              {k().hits(found.length)}
            </p>
          )}
        </>
      )}
      {functions.length > 0 && found.length === 0 && <Nothing />}
      {groups.map(({ name, views }) => (
        <section key={name} class="stack tight">
          {name !== '' && <h2 class="label-line">{name}</h2>}
          <ul class="list fn-list">
            {views.map(view => (
              <ContactRow
                key={view.function.id}
                view={view}
                called={view.function.persons.reduce((sum, each) => sum + (register.named[each.id] ?? 0), 0) + ownCalls(register, view)}
                old={view.function.persons.filter(person => isOld(view.function, person, days, today)).map(person => person.id)}
                fresh={notice?.sort === 'saved' && notice.id === view.function.id}
                onChanged={onChanged}
              />
            ))}
          </ul>
        </section>
      ))}
      {found.length > shown.length && (
        <div class="row wrap">
          <button type="button" onClick={() => (drawn.value += STEP)}>
            {k().more(Math.min(STEP, found.length - shown.length))}
          </button>
          <small>{k().shown(shown.length, found.length)}</small>
        </div>
      )}
    </Desk>
  );
}

/** Cards that name the function by an id that none of its persons has. */
function ownCalls(register: Register, { function: fn }: FunctionView): number {
  return fn.persons.some(person => person.id === fn.id) ? 0 : (register.named[fn.id] ?? 0);
}

function Nothing() {
  const which = query.value.trim() !== '' ? 'query' : sort.value;
  return (
    <div class="box">
      <h2>{which === 'query' ? k().noHits(query.value) : which === 'alone' ? k().nothingAlone : k().nothingOld}</h2>
      <p>{which === 'query' ? k().noHitsWhat : which === 'alone' ? '' : k().nothingOldWhat}</p>
    </div>
  );
}

function NoticeLine({ notice, onNotice, again }: { notice: Notice; onNotice: (notice: Notice | null) => void; again: () => Promise<void> }) {
  const title = t(notice.title);
  const undo = async (): Promise<void> => {
    const got = await post(`contacts/${encodeURIComponent(notice.id)}/restore`);
    if (!got.ok) return onNotice({ ...notice, sort: 'refused', words: why(got) });
    await again();
    announce(k().broughtBack(title));
    onNotice(null);
  };
  return (
    <div class={notice.sort === 'refused' ? 'note wrong' : 'note'} {...(notice.sort === 'refused' && { role: 'alert' as const })}>
      <Icon name={notice.sort === 'refused' ? 'warn' : 'check'} />
      <div class="row wrap">
        <p class="grow">{notice.sort === 'saved' ? k().savedNow(title) : notice.sort === 'removed' ? k().removed(title) : notice.words}</p>
        {notice.sort === 'removed' && (
          <button type="button" onClick={() => void undo()}>
            {k().undo}
          </button>
        )}
        <button type="button" class="plain" onClick={() => onNotice(null)}>
          {k().close}
        </button>
      </div>
    </div>
  );
}

function byGroup(views: readonly FunctionView[]): { name: string; views: FunctionView[] }[] {
  const groups = new Map<string, FunctionView[]>();
  for (const view of views) {
    const group = view.function.kind === 'public' ? 'public' : view.function.category;
    groups.set(group, [...(groups.get(group) ?? []), view]);
  }
  return [...groups].map(([id, members]) => ({ name: w().categories[id] ?? id.charAt(0).toUpperCase() + id.slice(1), views: members }));
}
