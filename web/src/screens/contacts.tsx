/* Kontakter: functions before persons, found by any word, rung with one tap. One rule: every number says when it was last confirmed. */
import { signal } from '@preact/signals';
import type { ContactFunction } from '../core/checklist';
import { search, type Field } from '../core/search';
import { incidentOf, library } from '../state';
import { Dial } from '../parts/call';
import { ContactText, Confirmed } from '../parts/contacttext';
import { duty, DutyLine, inOrder } from '../parts/duty';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { SearchBox } from '../parts/note';
import { roleName } from '../parts/richtext';
import { to, toHere } from '../parts/route';
import { wide } from '../parts/wide';
import { capital, t, w } from '../parts/words';

const query = signal('');
const FIELDS: readonly Field<ContactFunction>[] = [
  { weight: 8, of: ({ title }) => [title.sv, title.en ?? ''] },
  { weight: 5, of: ({ persons }) => persons.map(person => person.name) },
  { weight: 4, of: ({ role, id }) => [role === undefined ? '' : roleName(role), id] },
  { weight: 2, of: ({ organisation, category, about, kind }) => [organisation ?? '', category, kind, about?.sv ?? '', about?.en ?? ''] },
  { weight: 2, of: ({ persons }) => persons.flatMap(person => person.numbers.map(({ number }) => number.replace(/\D/g, ''))) },
];

export function ContactsScreen({ shown, inc }: { shown?: string | undefined; inc?: string | undefined }) {
  const incident = inc === undefined ? undefined : incidentOf(inc);
  // On a desk there is room to show the first one before anything is chosen.
  const id = shown ?? (wide.value ? findContacts()[0]?.id : undefined);
  const fn = id === undefined ? undefined : library.value?.functions.get(id)?.fn;
  const title = fn === undefined ? w().contacts : t(fn.title);
  if (!wide.value && shown !== undefined) {
    return (
      <Frame title={title} sub={fn?.organisation} up={inc === undefined ? to('kontakter') : to('handelse', inc, 'kontakter')} incident={incident}>
        <div class="stack">
          <ContactText id={shown} />
        </div>
      </Frame>
    );
  }
  const up = inc === undefined ? undefined : to('handelse', inc);
  if (!wide.value)
    return (
      <Frame title={w().contacts} sub={incident?.title ?? w().functionFirst} icon="phone" up={up} incident={incident}>
        <ContactList />
      </Frame>
    );
  return (
    <Frame
      title={incident?.title ?? w().contacts}
      sub={incident === undefined ? w().functionFirst : w().contacts}
      icon="phone"
      up={up}
      incident={incident}
      layout="panes"
    >
      <div class="side stack">
        <ContactList shown={fn?.id} />
      </div>
      <div class="content stack">
        {id === undefined ? (
          <div class="box">
            <h2>{w().chooseContact}</h2>
            <p>{w().chooseContactWhat}</p>
          </div>
        ) : (
          <>
            <div>
              <h2 class="big">{title}</h2>
              {fn?.organisation !== undefined && <small>{fn.organisation}</small>}
            </div>
            <ContactText key={id} id={id} />
          </>
        )}
      </div>
    </Frame>
  );
}

function findContacts(): readonly ContactFunction[] {
  const all = library.value?.contacts?.functions ?? [];
  return query.value.trim() === '' ? all : search(query.value, all, FIELDS);
}

function ContactList({ shown }: { shown?: string | undefined }) {
  const all = library.value?.contacts?.functions ?? [];
  const asked = query.value.trim() !== '';
  const found = findContacts();
  const groups = asked ? [{ name: '', functions: found }] : byCategory(found);
  return (
    <div class="stack">
      <SearchBox value={query.value} label={w().searchContacts} onInput={value => (query.value = value)} />
      {all.length === 0 ? (
        <div class="box">
          <h2>{w().noContacts}</h2>
          <p>{w().noContactsWhat}</p>
        </div>
      ) : (
        found.length === 0 && (
          <div class="box">
            <h2>{w().noHits(query.value)}</h2>
            <p>{w().noContactHitsWhat}</p>
          </div>
        )
      )}
      {groups.map(
        ({ name, functions }) =>
          functions.length > 0 && (
            <section key={name} class="stack tight">
              {name !== '' && <h2 class="label-line">{name}</h2>}
              <ul class="list people">
                {functions.map(fn => (
                  <ContactRow key={fn.id} fn={fn} shown={fn.id === shown} />
                ))}
              </ul>
            </section>
          ),
      )}
    </div>
  );
}

function ContactRow({ fn, shown }: { fn: ContactFunction; shown: boolean }) {
  const person = inOrder(fn).find(each => each.numbers.length > 0) ?? fn.persons[0];
  const number = person?.numbers[0];
  const title = t(fn.title);
  const held = duty(fn)?.on[0]?.name;
  return (
    <li>
      <div class="row">
        <a class="grow" href={toHere('kontakt', fn.id)} aria-current={shown ? 'true' : undefined}>
          <h3>{title}</h3>
          <DutyLine fn={fn} />
          {person !== undefined && held !== person.name && (
            <small class="pieces">
              <span>{person.name === title ? (number?.number ?? '') : person.name}</span>
              {fn.persons.length > 1 && (
                <span>
                  <span aria-hidden="true">+{fn.persons.length - 1}</span>
                  <span class="hidden">, {w().deputies(fn.persons.length - 1)}</span>
                </span>
              )}
            </small>
          )}
          {person !== undefined && <Confirmed person={person} fn={fn} />}
        </a>
        {number === undefined ? (
          <Icon name="right" />
        ) : (
          <Dial small dial={number.dial} who={title} contact={person?.id ?? fn.id} label={w().callWho(title)}>
            <Icon name="phone" />
          </Dial>
        )}
      </div>
    </li>
  );
}

/** The crisis staff has the name that the organisation gives it. */
function categoryWords(id: string): string {
  const staff = id === 'krisledning' && t(library.value?.manifest.organisation.staff ?? undefined);
  return staff || (w().categories[id] ?? capital(id));
}

function byCategory(functions: readonly ContactFunction[]): { name: string; functions: ContactFunction[] }[] {
  const groups = new Map<string, ContactFunction[]>();
  for (const fn of functions) {
    const group = fn.kind === 'public' ? 'public' : fn.category;
    groups.set(group, [...(groups.get(group) ?? []), fn]);
  }
  return [...groups].map(([id, members]) => ({ name: categoryWords(id), functions: members }));
}
