/* Who is on duty, on the phone and in the desk's calendar; in Swedish time, over the nights when the clocks change. */
process.env['TZ'] = 'Europe/Stockholm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byFunction, cellOf, changeOf, isoWeek, undoing, weeksFrom, type Piece } from '../../web/src/admin/roster/weeks';
import { hashesOf, type Manifest } from '../../web/src/core/checklist';
import { documentHash } from '../../web/src/core/chain';
import { dutyOf, type RosterDocument, type Shift } from '../../web/src/core/roster';
import { Api } from '../../web/src/device/api';
import { Librarian } from '../../web/src/device/library';
import { loadShelf } from '../../web/src/state/shelf';
import { library } from '../../web/src/state/signals';
import { Phone, TestClock } from './phone';
import { Server } from './server';

const at = (text: string): number => new Date(text).getTime();
const NOW = at('2026-11-24T12:00');
const shift = (name: string, from: string, to: string, more: Partial<Shift> = {}): Shift => ({
  function: 'tib',
  person: name.toLowerCase(),
  name,
  from: at(from),
  to: at(to),
  ...more,
});
const roster = (shifts: Shift[], made = NOW): RosterDocument => ({ type: 'roster', made, by: 'Maria', shifts });
const week = (name: string, from: string, to: string): Shift => shift(name, `${from}T08:00`, `${to}T08:00`);
const KARIN = week('Karin', '2026-11-23', '2026-11-30');

describe('who is on duty', () => {
  test('is told from the first moment of a shift to its last', () => {
    const names = (now: string): string[] => dutyOf(roster([KARIN, week('Bo', '2026-11-30', '2026-12-07')]), 'tib', at(now))?.on.map(({ name }) => name) ?? [];
    expect(names('2026-11-23T07:59')).toEqual([]);
    expect(names('2026-11-23T08:00')).toEqual(['Karin']);
    expect(names('2026-11-30T07:59')).toEqual(['Karin']);
    expect(names('2026-11-30T08:00')).toEqual(['Bo']);
  });

  test('is, of two at once, first the one who came last', () => {
    const weekend = shift('Bo', '2026-11-24T08:00', '2026-11-25T08:00', { swapped: true });
    expect(dutyOf(roster([KARIN, weekend]), 'tib', NOW)?.on.map(({ name }) => name)).toEqual(['Bo', 'Karin']);
  });

  test('is not told of a function that the roster does not speak of, nor without a roster', () => {
    expect(dutyOf(roster([KARIN]), 'va-jour', NOW)).toBeNull();
    expect(dutyOf(roster([]), 'tib', NOW)).toBeNull();
    expect(dutyOf(null, 'tib', NOW)).toBeNull();
  });

  test('a hole is a hole, and a roster that has run out says when', () => {
    expect(dutyOf(roster([week('Bo', '2026-11-30', '2026-12-07')]), 'tib', NOW)).toMatchObject({ on: [], ended: null });
    expect(dutyOf(roster([week('Bo', '2026-11-09', '2026-11-16')]), 'tib', NOW)).toMatchObject({ on: [], ended: at('2026-11-16T08:00') });
  });

  test('a roster that nobody has touched for more than 45 days is old', () => {
    const days = (n: number): boolean | undefined => dutyOf(roster([KARIN], NOW - n * 86_400_000), 'tib', NOW)?.old;
    expect([days(0), days(45), days(45.01)]).toEqual([false, false, true]);
  });
});

describe('the roster and the logo', () => {
  const manifest = (more: Partial<Manifest>): Manifest => ({
    ...{ hash: 'h', organisation: { id: 'demo', name: 'Demo', emergency: [] }, checklists: [] },
    ...{ members: '', contacts: '', messages: '', exercises: '', vocabulary: '' },
    ...more,
  });

  test('belong to what a library needs to be whole, where there are any', () => {
    expect(hashesOf(manifest({ roster: 'r', logo: 'l' }))).toEqual(['r', 'l']);
    expect(hashesOf(manifest({ roster: '' }))).toEqual([]);
  });

  test('are fetched with the library and are there without network', async () => {
    const text = JSON.stringify(roster([KARIN]));
    const hash = documentHash(new TextEncoder().encode(text));
    const clock = new TestClock();
    const server = new Server(clock.now);
    const anna = await Phone.joined('anna', server, clock);
    const librarian = new Librarian(anna.store, new Api(server.fetch, clock), () => new Set());
    server.documents.set(hash, text);
    server.library = 'h';
    server.manifest = { ...manifest({ roster: hash }) };
    expect(await librarian.refresh()).toBe('fetched');
    expect(await loadShelf(anna.store)).toBe(true);
    expect(library.value?.roster?.shifts).toEqual([KARIN]);
    anna.store.close();
  });
});

describe('weeks', () => {
  test('begin when most duties change hands', () => {
    expect(changeOf([])).toEqual({ weekday: 0, minutes: 480 });
    const friday = [shift('A', '2026-11-27T16:00', '2026-12-04T16:00'), shift('B', '2026-12-04T16:00', '2026-12-11T16:00'), KARIN];
    expect(changeOf(friday)).toEqual({ weekday: 4, minutes: 960 });
  });

  test('the first is the one that now lies in, also in the hours before duty changes hands', () => {
    const first = (now: string): string => new Date(weeksFrom(at(now), changeOf([]), 1)[0]?.from ?? 0).toString().slice(0, 21);
    expect(first('2026-11-23T07:59')).toBe('Mon Nov 16 2026 08:00');
    expect(first('2026-11-23T08:00')).toBe('Mon Nov 23 2026 08:00');
    expect(first('2026-11-29T23:00')).toBe('Mon Nov 23 2026 08:00');
  });

  test('follow one another at the same hour over the change of clocks, and number as the almanac does', () => {
    const weeks = weeksFrom(at('2026-10-20T12:00'), changeOf([]), 12);
    expect(weeks.map(({ number }) => number)).toEqual([43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 1]);
    expect(weeks.map(({ to, from }) => (to - from) / 3_600_000)).toEqual([169, ...Array<number>(11).fill(168)]);
    expect(weeks.at(-1)?.year).toBe(2027);
    weeks.slice(1).forEach(({ from }, before) => expect(from).toBe(weeks[before]?.to));
  });

  test('of the years round a change are numbered as ISO 8601 says', () => {
    const days = ['2020-12-31', '2021-01-03', '2021-01-04', '2026-12-31', '2027-01-03', '2027-01-04', '2024-12-30'];
    expect(days.map(day => isoWeek(new Date(`${day}T12:00Z`))).map(({ number, year }) => `${year}-v${number}`)).toEqual([
      ...['2020-v53', '2020-v53', '2021-v1', '2026-v53', '2026-v53', '2027-v1', '2025-v1'],
    ]);
  });

  test('a cell tells who, where nobody is, and where two are', () => {
    const pieces: Piece[] =
      byFunction([shift('Karin', '2026-11-23T08:00', '2026-11-26T08:00'), shift('Bo', '2026-11-25T08:00', '2026-11-28T08:00')]).get('tib') ?? [];
    const [now, next] = weeksFrom(NOW, changeOf([]), 2);
    const cell = cellOf(pieces, now ?? { from: 0, to: 0 });
    expect(cell.pieces.map(({ shift: { name } }) => name)).toEqual(['Karin', 'Bo']);
    expect([cell.double, cell.holes]).toEqual([true, [{ from: at('2026-11-28T08:00'), to: at('2026-11-30T08:00') }]]);
    expect(cellOf(pieces, next ?? { from: 0, to: 0 }).holes).toEqual([{ from: at('2026-11-30T08:00'), to: at('2026-12-07T08:00') }]);
  });

  test('a cell never loses an hour: what is held and what is not make the whole week', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: -50, max: 250 }), fc.integer({ min: 1, max: 200 })), { maxLength: 8 });
    fc.assert(
      fc.property(spans, found => {
        const [one] = weeksFrom(NOW, changeOf([]), 1);
        if (one === undefined) return;
        const hour = 3_600_000;
        const shifts = found.map(([start, long]): Shift => ({
          function: 'tib',
          name: 'x',
          from: one.from + start * hour,
          to: one.from + (start + long) * hour,
        }));
        const { holes, double } = cellOf(byFunction(shifts).get('tib') ?? [], one);
        let twice = false;
        for (let moment = one.from + 1; moment < one.to; moment += hour) {
          const held = shifts.filter(({ from, to }) => from <= moment && moment < to).length;
          expect(holes.some(({ from, to }) => from <= moment && moment < to)).toBe(held === 0);
          twice ||= held > 1;
        }
        expect(double).toBe(twice);
      }),
    );
  });

  test('a change is undone by what makes the roster as it was', () => {
    const names = fc.array(fc.constantFrom('Karin', 'Bo', 'Leila'), { maxLength: 6 });
    const made = (list: string[]): Shift[] =>
      list.map((name, n) => shift(name, `2026-11-0${n + 1}T08:00`, `2026-11-0${n + 2}T08:00`, n % 2 ? { swapped: true } : {}));
    fc.assert(
      fc.property(names, names, (one, other) => {
        const [before, now] = [made(one), made(other)];
        const left = [...now];
        const gone = new Set<number>();
        for (const deed of undoing(before, now)) {
          if (deed.do === 'remove') gone.add(deed.shift);
          else left.push((({ do: _, swapped, ...rest }): Shift => ({ ...rest, ...(swapped && { swapped: true }) }))(deed));
        }
        const result = left.filter((_, index) => !gone.has(index)).map(each => JSON.stringify(each, Object.keys(each).sort()));
        expect(result.sort()).toEqual(before.map(each => JSON.stringify(each, Object.keys(each).sort())).sort());
      }),
    );
  });
});
