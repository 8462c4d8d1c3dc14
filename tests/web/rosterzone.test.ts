/* The desk reckons in Swedish time whatever zone its computer is in, also over the nights when the clocks change. */
process.env['TZ'] = 'America/New_York';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOld } from '../../web/src/admin/contacts/register';
import { changeOf, weeksFrom } from '../../web/src/admin/roster/weeks';
import { day, fromField, moment, toField, wall } from '../../web/src/admin/swedishtime';

const at = (text: string): number => new Date(text).getTime();
const HOUR = 3_600_000;

describe('swedish time, at a desk in New York', () => {
  test('the desk is where it is said to be', () => {
    expect(new Date(at('2026-11-24T12:00Z')).getHours()).toBe(7);
  });

  test('is what the wall shows, in winter and in summer', () => {
    expect(toField(at('2026-11-23T07:00Z'))).toBe('2026-11-23T08:00');
    expect(toField(at('2026-07-06T06:00Z'))).toBe('2026-07-06T08:00');
    expect(day(at('2026-11-23T23:30Z'))).toBe('2026-11-24');
  });

  test('changes with the clocks: an hour that never comes is no moment, of one that comes twice it is the first', () => {
    expect(fromField('2027-03-28T01:59')).toBe(at('2027-03-28T00:59Z'));
    expect(fromField('2027-03-28T02:30')).toBeNull();
    expect(fromField('2027-03-28T03:00')).toBe(at('2027-03-28T01:00Z'));
    expect(fromField('2026-10-25T02:30')).toBe(at('2026-10-25T00:30Z'));
    expect(fromField('2026-10-25T03:00')).toBe(at('2026-10-25T02:00Z'));
    expect([fromField(''), fromField('i morgon')]).toEqual([null, null]);
  });

  test('comes back the same from a field, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2024-01-01T00:00Z') / 60_000, max: at('2032-01-01T00:00Z') / 60_000 }), minute => {
        const ms = minute * 60_000;
        expect([ms, ms - HOUR]).toContain(fromField(toField(ms)));
        expect(wall(moment(wall(ms))).getTime()).toBe(wall(ms).getTime());
      }),
    );
  });
});

describe('the calendar of duty, at a desk in New York', () => {
  test('begins its weeks when duty changes hands in Sweden, also over the change of clocks', () => {
    const shifts = [0, 1, 2].map(n => ({ function: 'tib', name: 'x', from: at('2026-10-19T06:00Z') + n * 7 * 24 * HOUR + (n > 0 ? HOUR : 0), to: 0 }));
    const change = changeOf(shifts);
    expect(change).toEqual({ weekday: 0, minutes: 480 });
    const weeks = weeksFrom(at('2026-10-20T12:00Z'), change, 3);
    expect(weeks.map(({ from }) => new Date(from).toISOString())).toEqual(['2026-10-19T06:00:00.000Z', '2026-10-26T07:00:00.000Z', '2026-11-02T07:00:00.000Z']);
    expect(weeks.map(({ number }) => number)).toEqual([43, 44, 45]);
  });

  test('is in the new week as soon as Sweden is', () => {
    const first = (now: string): number | undefined => weeksFrom(at(now), changeOf([]), 1)[0]?.number;
    expect(first('2026-11-23T06:59Z')).toBe(47);
    expect(first('2026-11-23T07:00Z')).toBe(48);
  });
});

test('a confirmation is old by Swedish days, as on the readiness board', () => {
  const person = { id: 'a', name: 'A', numbers: [], verified: '2026-11-23' };
  const fn = { id: 'f', title: { sv: 'F' }, kind: 'intern', category: 'c', persons: [person] };
  const old = (now: string): boolean => isOld(fn as never, person as never, 1, at(now));
  expect([old('2026-11-24T22:59Z'), old('2026-11-24T23:00Z')]).toEqual([false, true]);
});
