/* What the operations of one incident mean: the fold, and the only place that knows.
   One rule: it is a total, pure function of the SET of operations, in any order, any repetition, anything missing; it never throws. */

import type { Assignment, Card, Entry, Incident, LogEntry, MarkValue, Opening, Stamp, Step } from './shapes';
import { arranged, counterOf } from './order';
import { read, refsOf, type Reading } from './reading';
import { inOrderOfStamps, latestFirst, openFirst, precedence, register, type Item } from './register';

const uncertainMs = 120_000;

export function fold(inc: string, entries: Iterable<Entry>): Incident {
  const all = arranged(Array.isArray(entries) ? (entries as Entry[]) : [...entries]);
  const { folding, waiting, dead } = judged(all);
  const heap = gathered(folding);
  const titles = register(heap.opens, latestFirst);
  const statuses = register(heap.statuses, openFirst);
  const first = heap.opens[0];
  const opened = first === undefined ? null : bare(first);
  const current = titles.value;
  return {
    inc,
    titles,
    statuses,
    opened,
    waiting,
    dead,
    cards: cardsOf(heap),
    roles: mapped(heap.roles, items => register(items, latestFirst)),
    log: heap.log,
    title: current?.title ?? '',
    place: current?.place ?? '',
    zero: current?.zero ?? first?.value.zero ?? first?.time ?? null,
    exercise: heap.exercise,
    status: statuses.value ?? 'open',
    statusBy: statuses.heads[0] ?? null,
    unknown: heap.unknown,
    lam: counterOf(lamsOf(all)),
    count: all.length,
    latest: heap.latest,
  };
}

/** What folds: the accepted, and the quarantined that an accepted (or admitted) `admit` names. */
function judged(all: readonly Entry[]): { folding: readonly Entry[]; waiting: Entry[]; dead: Entry[] } {
  if (all.every(entry => entry.verdict === 'ok')) return { folding: all, waiting: [], dead: [] };
  const dead = all.filter(entry => entry.verdict.startsWith('dead'));
  const quarantined = new Map(all.filter(entry => entry.verdict.startsWith('quar')).map(entry => [entry.id, entry]));
  const admitted = new Set<string>();
  const accepted = all.filter(entry => entry.verdict === 'ok');
  for (let news: readonly Entry[] = accepted; news.length > 0;) {
    const next: Entry[] = [];
    for (const entry of news) {
      const reading = entry.op[6] === 'admit' ? read(entry.op) : null;
      for (const id of reading?.kind === 'admit' ? reading.ids : []) {
        const held = quarantined.get(id);
        if (held === undefined || admitted.has(id)) continue;
        admitted.add(id);
        next.push(held);
      }
    }
    news = next;
  }
  return {
    dead,
    folding: admitted.size === 0 ? accepted : all.filter(entry => entry.verdict === 'ok' || admitted.has(entry.id)),
    waiting: [...quarantined.values()].filter(entry => !admitted.has(entry.id)),
  };
}

type Said<K extends Reading['kind']> = Extract<Reading, { kind: K }>;
interface StepHeap {
  card: string;
  step: string;
  marks: Item<MarkValue>[];
  assigns: Item<Assignment>[];
  added: Item<Said<'step'>>[];
  log: LogEntry[];
}
interface Heap {
  opens: Item<Opening>[];
  exercise: boolean;
  statuses: Item<'open' | 'closed'>[];
  cards: Map<string, Item<Said<'card'>>>;
  rebases: Map<string, Item<{ version: number; hash: string }>[]>;
  steps: Map<string, StepHeap>;
  roles: Map<string, Item<string>[]>;
  log: LogEntry[];
  unknown: number;
  latest: Stamp | null;
}

/** One pass over the operations, in order. */
function gathered(folding: readonly Entry[]): Heap {
  const heap: Heap = {
    opens: [],
    exercise: false,
    statuses: [],
    cards: new Map(),
    rebases: new Map(),
    steps: new Map(),
    roles: new Map(),
    log: [],
    unknown: 0,
    latest: null,
  };
  const logById = new Map<string, LogEntry>();
  let last: Entry | undefined;
  for (const entry of folding) {
    const said = read(entry.op);
    last = entry;
    if (said === null) heap.unknown++;
    else if (said.kind === 'log') {
      const written: LogEntry = {
        stamp: stampOf(entry),
        type: said.type,
        text: said.text,
        target: entry.op[7],
        body: said.body,
        corrects: refsOf(entry.op),
        correctedBy: [],
      };
      heap.log.push(written);
      logById.set(entry.id, written);
      if (said.card !== '') stepHeap(heap, entry.op[7], said).log.push(written);
    } else put(heap, entry, said);
  }
  for (const written of heap.log) {
    if (written.corrects.length === 0) continue;
    written.corrects = written.corrects.filter(id => id !== written.stamp.id && logById.has(id));
    for (const id of written.corrects) logById.get(id)?.correctedBy.push(written.stamp.id);
  }
  heap.latest = last === undefined ? null : stampOf(last);
  return heap;
}

function put(heap: Heap, entry: Entry, said: Exclude<Reading, { kind: 'log' }>): void {
  switch (said.kind) {
    case 'open':
      if (heap.opens.length === 0) heap.exercise = said.exercise;
      heap.opens.push(itemOf(entry, said.value));
      break;
    case 'status':
      heap.statuses.push(itemOf(entry, said.value));
      break;
    case 'card':
      if (!heap.cards.has(said.card)) heap.cards.set(said.card, itemOf(entry, said));
      break;
    case 'rebase':
      push(heap.rebases, said.card, itemOf(entry, said.value));
      break;
    case 'role':
      push(heap.roles, said.role, itemOf(entry, said.value));
      break;
    case 'mark':
      stepHeap(heap, entry.op[7], said).marks.push(itemOf(entry, said.value));
      break;
    case 'assign':
      stepHeap(heap, entry.op[7], said).assigns.push(itemOf(entry, said.value));
      break;
    case 'step':
      stepHeap(heap, entry.op[7], said).added.push(itemOf(entry, said));
      break;
    case 'admit':
      break;
  }
}

function stepHeap(heap: Heap, key: string, at: { card: string; step: string }): StepHeap {
  let held = heap.steps.get(key);
  if (held === undefined) heap.steps.set(key, (held = { card: at.card, step: at.step, marks: [], assigns: [], added: [], log: [] }));
  return held;
}

/** Steps of a card whose `card` operation has not come yet wait in the set, unseen. */
function cardsOf(heap: Heap): Card[] {
  const cards = new Map<string, Card>();
  for (const [id, by] of heap.cards) {
    const rebase = register(heap.rebases.get(id) ?? [], latestFirst);
    const { version, hash } = rebase.value ?? by.value;
    cards.set(id, { id, by: bare(by), checklist: by.value.checklist, version, hash, steps: new Map(), added: [], rebase });
  }
  for (const [key, at] of heap.steps) {
    const card = cards.get(at.card);
    if (card === undefined) continue;
    const mark = register(at.marks, precedence);
    const state = mark.value?.state ?? 'todo';
    const step: Step = {
      key,
      card: at.card,
      step: at.step,
      mark,
      state,
      differs: mark.heads.some(head => head.value.state !== state),
      assign: register(at.assigns, latestFirst),
      log: at.log,
      history: at.marks,
    };
    const [first] = at.added;
    const text = register(at.added, latestFirst).value?.text ?? '';
    if (first === undefined) card.steps.set(at.step, step);
    else card.added.push({ ...step, text, phase: first.value.phase, after: first.value.after, by: bare(first) });
  }
  for (const card of cards.values()) card.added.sort((a, b) => inOrderOfStamps(a.by, b.by));
  return [...cards.values()];
}

function stampOf(entry: Entry): Stamp {
  const { id, op, member, saved } = entry;
  const time = op[4] + (entry.offset ?? 0);
  return { id, dev: op[1], member, time, uncertain: doubtful(entry, time), saved, lam: op[3] };
}

function itemOf<T>(entry: Entry, value: T): Item<T> {
  const { id, op, member, saved } = entry;
  const time = op[4] + (entry.offset ?? 0);
  return { id, dev: op[1], member, time, uncertain: doubtful(entry, time), saved, lam: op[3], value, refs: op[8] };
}

function doubtful({ offset, received }: Entry, time: number): boolean {
  return offset === null || Math.abs(offset) > uncertainMs || (received !== null && time > received + uncertainMs);
}

function bare({ id, dev, member, time, uncertain, saved, lam }: Stamp): Stamp {
  return { id, dev, member, time, uncertain, saved, lam };
}

function* lamsOf(all: readonly Entry[]): Generator<number> {
  for (const entry of all) if (!entry.verdict.startsWith('dead')) yield entry.op[3];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else held.push(value);
}

function mapped<T, U>(map: Map<string, T>, change: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
