/* Everybody who holds the function, in the order they are rung. One rule: the order is changed the same with mouse, thumb and keys, and whoever is taken away can be put back. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { blankPerson, movePerson, type FunctionDraft, type PersonDraft } from './contactdraft';
import type { Faults } from '../field';
import { PersonForm } from './contactperson';
import { fm } from '../text/contactform';
import { k } from '../text/contacts';

interface ContactPeopleProps {
  draft: FunctionDraft;
  saved: FunctionDraft;
  faults: Faults;
  days: number;
  onChange: (draft: FunctionDraft) => void;
}

export function ContactPeople({ draft, saved, faults, days, onChange }: ContactPeopleProps) {
  const { persons } = draft;
  const list = useRef<HTMLOListElement>(null);
  const [focus, setFocus] = useState<{ key: string; move?: 'up' | 'down' } | null>(null);
  const [dragged, setDragged] = useState<{ from: number; to: number } | null>(null);
  const [gone, setGone] = useState<{ person: PersonDraft; at: number } | null>(null);
  const set = (next: PersonDraft[]): void => onChange({ ...draft, persons: next });
  useLayoutEffect(() => {
    if (focus === null) return;
    const item = [...(list.current?.children ?? [])].find(each => (each as HTMLElement).dataset['person'] === focus.key);
    const key = focus.move === undefined ? undefined : item?.querySelector<HTMLButtonElement>(`[data-move="${focus.move}"]:enabled`);
    (key ?? item?.querySelector<HTMLElement>(focus.move === undefined ? 'input' : '[data-move]:enabled'))?.focus();
    setFocus(null);
  }, [focus]);
  const move = (from: number, to: number): void => {
    if (from === to) return;
    set(movePerson(persons, from, to));
    const person = persons[from];
    if (person !== undefined) {
      announce(fm().moved(person.name, to + 1));
      setFocus({ key: person.key, move: to < from ? 'up' : 'down' });
    }
  };
  const line = (at: number): 'above' | 'below' | null => {
    if (dragged === null || dragged.to === dragged.from || at === dragged.from) return null;
    const among = at > dragged.from ? at - 1 : at;
    return among === dragged.to ? 'above' : dragged.to === persons.length - 1 && among === persons.length - 2 ? 'below' : null;
  };
  return (
    <section class="stack">
      <div>
        <h2>{fm().persons}</h2>
        {persons.length > 1 && <p class="small">{fm().personsHint}</p>}
      </div>
      <ol class="stack" ref={list}>
        {persons.map((person, at) => (
          <PersonForm
            key={person.key}
            person={person}
            saved={saved.persons.find(each => each.key === person.key)}
            at={at}
            of={persons.length}
            faults={faults}
            days={days}
            line={line(at)}
            onChange={changed => set(persons.map((each, i) => (i === at ? changed : each)))}
            onMove={to => move(at, to)}
            onDrag={to => setDragged(to === null ? null : { from: at, to })}
            onRemove={() => {
              setGone({ person, at });
              set(persons.filter((_, i) => i !== at));
              announce(fm().personGone(person.name || fm().somebody));
            }}
          />
        ))}
      </ol>
      {gone !== null && !persons.some(each => each.key === gone.person.key) && (
        <div class="note">
          <Icon name="minus" />
          <div class="row wrap">
            <p class="grow">{fm().personGone(gone.person.name || fm().somebody)}</p>
            <button
              type="button"
              onClick={() => {
                set([...persons.slice(0, gone.at), gone.person, ...persons.slice(gone.at)]);
                setFocus({ key: gone.person.key });
                setGone(null);
              }}
            >
              {k().undo}
            </button>
          </div>
        </div>
      )}
      <button
        type="button"
        class="self-start"
        onClick={() => {
          const person = blankPerson();
          set([...persons, person]);
          setFocus({ key: person.key });
        }}
      >
        <Icon name="plus" />
        {persons.length === 0 ? fm().addFirst : fm().addDeputy}
      </button>
    </section>
  );
}
