/* Incidents that were lived through: their meaning must never change, whatever the code becomes.
   A new golden incident is a new file in tests/logs; an old one is never edited. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fold } from '../../web/src/core/incident';
import type { Entry } from '../../web/src/core/shapes';
import { drawn } from './people';

interface Golden {
  about: string;
  incident: string;
  entries: Entry[];
  expected: unknown;
}
const folder = new URL('../logs/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.json'));

test('there are golden incidents', () => expect(files.length).toBeGreaterThanOrEqual(4));

test.each(files)('%s means what it has always meant', name => {
  const { incident, entries, expected } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden;
  expect(drawn(fold(incident, entries))).toEqual(expected);
  expect(drawn(fold(incident, [...entries].reverse()))).toEqual(expected);
  expect(drawn(fold(incident, [...entries, ...entries]))).toEqual(expected);
});
