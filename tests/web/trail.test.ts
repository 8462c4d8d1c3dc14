/* The audit trail in words: every deed that the server notes has a sentence in both languages, and befores and afters are told leaf by leaf. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deeds } from '../../web/src/admin/text/deeds';
import { differences, EVERYTHING, kindOf, queryOf, type Entry } from '../../web/src/admin/trail/trailview';
import { language } from '../../web/src/state';

const server = join(import.meta.dirname, '../../server/stormlykta');

function pythonFiles(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? pythonFiles(path) : name.endsWith('.py') ? [path] : [];
  });
}

/** A job's name, which looks like a deed. */
const NO_DEED = ['contacts.import'];

/** Every "noun.verb" in the files that write to the trail. */
function notedDeeds(): string[] {
  const noting = pythonFiles(server)
    .map(path => readFileSync(path, 'utf8'))
    .filter(text => /audit\.note\(|await note\(/.test(text));
  const found = noting.flatMap(text => [...text.matchAll(/"([a-z]+\.[a-z]+(?:-[a-z]+)*)"/g)].map(match => match[1] ?? ''));
  return [...new Set(found)].filter(each => !NO_DEED.includes(each)).sort();
}

const entry: Entry = {
  ...{ number: 1, at: 0, member: 'm', name: 'Maria Ek', seat: 's', deed: '', about: '', title: 'Elavbrott och storm', before: null },
  ...{ after: { version: 5, count: 2 }, way: null, agent: null, seated: null },
};

describe('the sentences', () => {
  it('are there for every deed in the server, in both languages, and for no other', () => {
    const noted = notedDeeds();
    expect(noted.length).toBeGreaterThan(40);
    for (const spoken of ['sv', 'en'] as const) {
      language.value = spoken;
      expect(Object.keys(deeds()).sort()).toEqual(noted);
    }
  });
  it('say who did what, with the version', () => {
    language.value = 'sv';
    expect(deeds()['checklist.published']?.('Maria Ek', 'Elavbrott och storm', entry)).toBe('Maria Ek fastställde Elavbrott och storm, version 5');
    language.value = 'en';
    expect(deeds()['checklist.published']?.('Maria Ek', 'Power cut', entry)).toBe('Maria Ek published Power cut, version 5');
  });
  it('end without a gap whatever a deed tells of itself', () => {
    for (const spoken of ['sv', 'en'] as const) {
      language.value = spoken;
      for (const told of [null, 'strange', [], {}, { version: 'x', kind: 3 }])
        for (const sentence of Object.values(deeds())) {
          const words = sentence('Maria', 'Kort', { ...entry, before: told, after: told });
          expect(words).not.toMatch(/undefined|null|NaN|\s$| {2}/);
        }
    }
  });
  it('belong to a kind that one can choose', () => {
    expect(notedDeeds().filter(deed => kindOf(deed) === null)).toEqual([]);
    expect(kindOf('nothing.known')).toBe(null);
  });
});

describe('before and after', () => {
  it('are told leaf by leaf, and what is the same is left out', () => {
    const before = { review_months: 12, staff: { sv: 'Stab', en: 'Staff' }, languages: ['sv', 'en'] };
    const after = { review_months: 6, staff: { sv: 'Central stab', en: 'Staff' }, languages: ['sv'] };
    expect(differences(before, after)).toEqual([
      { path: ['review_months'], before: 12, after: 6 },
      { path: ['staff'], before: { sv: 'Stab', en: 'Staff' }, after: { sv: 'Central stab', en: 'Staff' } },
      { path: ['languages'], before: ['sv', 'en'], after: ['sv'] },
    ]);
  });
  it('may be missing, lists of pairs, lists of things, or a plain value', () => {
    expect(differences(null, null)).toEqual([]);
    expect(differences(null, { version: 1 })).toEqual([{ path: ['version'], before: undefined, after: 1 }]);
    expect(differences([['phone1', '08-1']], [['phone1', '08-2']])).toEqual([{ path: ['phone1'], before: '08-1', after: '08-2' }]);
    expect(differences({ levels: [] }, { levels: [{ sv: 'Röd' }] })).toEqual([{ path: ['levels'], before: [], after: [{ sv: 'Röd' }] }]);
    expect(differences({ shifts: [{ from: 1 }] }, { shifts: [{ from: 2 }] })).toEqual([{ path: ['shifts', '0', 'from'], before: 1, after: 2 }]);
    expect(differences('a', 'b')).toEqual([{ path: [], before: 'a', after: 'b' }]);
    expect(differences({ names: [] }, { names: ['Bo'] })).toEqual([{ path: ['names'], before: [], after: ['Bo'] }]);
  });
});

describe('what is asked for', () => {
  it('is only what has been chosen', () => {
    expect(queryOf(EVERYTHING)).toBe('');
    expect(queryOf({ ...EVERYTHING, words: ' åsa & bo ', who: 'm1' })).toBe('q=%C3%A5sa+%26+bo&who=m1');
  });
  it('takes in both days whole, and leaves out a date that is not finished', () => {
    const query = new URLSearchParams(queryOf({ ...EVERYTHING, from: '2026-11-24', to: '2026-11-24' }));
    expect(Number(query.get('to')) - Number(query.get('from'))).toBe(24 * 3_600_000);
    expect(queryOf({ ...EVERYTHING, from: '2026-1' })).toBe('');
  });
});
