/* One function while it is written in the form: texts as typed, persons that move. Pure. One rule: nothing typed is thrown away here; the server says what will not do. */
import type { ContactFunction, Person } from '../../core/checklist';
import type { Kind } from './register';

export interface NumberDraft {
  number: string;
  label: string;
}
export interface PersonDraft {
  /** Ours, while the form is open: a new person has no id yet. */
  key: string;
  id: string;
  name: string;
  numbers: NumberDraft[];
  email: string;
  rakel: string;
  address: string;
  verified: string;
  verified_by: string;
  interval_days: string;
  private: boolean;
  notes: string;
  /** What is there before is secret to whoever sits here. */
  hidden: boolean;
}
export interface FunctionDraft {
  title: string;
  titleEn: string;
  kind: Kind;
  category: string;
  role: string;
  organisation: string;
  hours: string;
  about: string;
  aboutEn: string;
  persons: PersonDraft[];
}
/** What is kept on this desk until it is saved. */
export interface KeptDraft {
  mark: string | null;
  draft: FunctionDraft;
}

let born = 0;

export function blankPerson(): PersonDraft {
  return {
    key: `new-${++born}-${Date.now()}`,
    id: '',
    name: '',
    numbers: [{ number: '', label: '' }],
    email: '',
    rakel: '',
    address: '',
    verified: '',
    verified_by: '',
    interval_days: '',
    private: false,
    notes: '',
    hidden: false,
  };
}

export function blankFunction(): FunctionDraft {
  return {
    title: '',
    titleEn: '',
    kind: 'intern',
    category: 'krisledning',
    role: '',
    organisation: '',
    hours: '',
    about: '',
    aboutEn: '',
    persons: [blankPerson()],
  };
}

export function draftOf(fn: ContactFunction, secrets: boolean): FunctionDraft {
  return {
    title: fn.title.sv,
    titleEn: fn.title.en ?? '',
    kind: fn.kind as Kind,
    category: fn.category,
    role: fn.role ?? '',
    organisation: fn.organisation ?? '',
    hours: fn.hours ?? '',
    about: fn.about?.sv ?? '',
    aboutEn: fn.about?.en ?? '',
    persons: fn.persons.map(person => personOf(person, secrets)),
  };
}

function personOf(person: Person, secrets: boolean): PersonDraft {
  const hidden = person.private === true && !secrets;
  const numbers = person.numbers.map(({ number, label }) => ({ number, label: label ?? '' }));
  return {
    key: person.id,
    id: person.id,
    name: person.name,
    numbers: numbers.length > 0 ? numbers : [{ number: '', label: '' }],
    email: person.email ?? '',
    rakel: person.rakel ?? '',
    address: person.address ?? '',
    verified: person.verified ?? '',
    verified_by: person.verified_by ?? '',
    interval_days: person.interval_days === undefined ? '' : String(person.interval_days),
    private: person.private === true,
    notes: person.notes ?? '',
    hidden,
  };
}

/** As the server takes it. A number's row that nobody has written in is not sent. */
export function sent(draft: FunctionDraft): unknown {
  return {
    title: { sv: draft.title, en: draft.titleEn || null },
    kind: draft.kind,
    category: draft.kind === 'public' ? draft.category || 'publik' : draft.category,
    role: draft.role || null,
    organisation: draft.organisation || null,
    hours: draft.hours || null,
    about: draft.about || draft.aboutEn ? { sv: draft.about, en: draft.aboutEn || null } : null,
    persons: draft.persons.map(({ key: _key, hidden: _hidden, interval_days, ...person }) => ({
      ...person,
      numbers: person.numbers.map(({ number, label }) => ({ number, label: label || null })),
      // What is no number is sent as one that no interval may be, so that the server points at it.
      interval_days: interval_days.trim() === '' ? null : /^\d{1,6}$/.test(interval_days.trim()) ? Number(interval_days) : 0,
    })),
  };
}

export function movePerson(persons: readonly PersonDraft[], from: number, to: number): PersonDraft[] {
  const rest = persons.filter((_, i) => i !== from);
  const moved = persons[from];
  return moved === undefined || to < 0 || to > rest.length ? [...persons] : [...rest.slice(0, to), moved, ...rest.slice(to)];
}

export function same(a: FunctionDraft, b: FunctionDraft): boolean {
  return JSON.stringify(sent(a)) === JSON.stringify(sent(b));
}

export interface Clash {
  /** '' for the function's own. */
  person: string;
  field: string;
  mine: string;
  theirs: string;
}

const OWN = ['title', 'titleEn', 'kind', 'category', 'role', 'organisation', 'hours', 'about', 'aboutEn'] as const;
const PERSONS = ['name', 'email', 'rakel', 'address', 'verified', 'interval_days', 'notes'] as const;

/** Where what I have written differs from what somebody else has saved. */
export function clashes(mine: FunctionDraft, theirs: FunctionDraft): Clash[] {
  const found: Clash[] = OWN.filter(field => mine[field] !== theirs[field]).map(field => ({ person: '', field, mine: mine[field], theirs: theirs[field] }));
  for (const person of mine.persons) {
    const other = theirs.persons.find(each => each.id !== '' && each.id === person.id);
    if (other === undefined) {
      found.push({ person: person.name, field: 'person', mine: person.name, theirs: '' });
      continue;
    }
    for (const field of PERSONS) if (person[field] !== other[field]) found.push({ person: other.name, field, mine: person[field], theirs: other[field] });
    if (numbersOf(person) !== numbersOf(other)) found.push({ person: other.name, field: 'numbers', mine: numbersOf(person), theirs: numbersOf(other) });
    if (person.private !== other.private) found.push({ person: other.name, field: 'private', mine: String(person.private), theirs: String(other.private) });
  }
  for (const person of theirs.persons)
    if (!mine.persons.some(each => each.id === person.id)) found.push({ person: person.name, field: 'person', mine: '', theirs: person.name });
  const shared = (of: FunctionDraft, other: FunctionDraft): string =>
    of.persons
      .filter(each => other.persons.some(({ id }) => id !== '' && id === each.id))
      .map(each => each.name)
      .join(', ');
  if (found.every(({ field }) => field !== 'name') && shared(mine, theirs) !== shared(theirs, mine))
    found.push({ person: '', field: 'order', mine: shared(mine, theirs), theirs: shared(theirs, mine) });
  return found;
}

function numbersOf({ numbers }: PersonDraft): string {
  return numbers
    .filter(({ number }) => number.trim() !== '')
    .map(({ number, label }) => (label === '' ? number : `${number} (${label})`))
    .join(', ');
}
