/* The list of checklists and what publishing proposes: pure. One rule: dates are given, so that no test depends on the day it is run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../web/src/admin/drafts/comparing';
import { looksLikeMarkdown, readText } from '../../web/src/admin/drafts/beginning';
import { count, isOverdue, list, NARROWED, ORDERS, type Row } from '../../web/src/admin/checklists/listing';
import { standingOf } from '../../web/src/admin/drafts/standing';
import { asSaid, monthsFrom, suggest } from '../../web/src/admin/publishing/publishing';
import type { DraftView } from '../../web/src/admin/drafts/drafts';
import { draftOf, plainDraft } from './drafts';

const TODAY = '2026-11-24';
const PLAIN: Row = {
  ...{ id: 'el', title: 'Elavbrott', kind: 'action-card', order: 'c', owner: 'TiB', version: 2, published: 1, published_by: 'Anna', review_by: '2027-01-01' },
  ...{ practised: null, steps: 9, withdrawn: null, draft: null },
};
const rows = fc
  .uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{1,8}$/),
      order: fc.constantFrom('a', 'b', 'i1', 'i2', 'i10'),
      version: fc.nat(3),
      review_by: fc.option(fc.constantFrom('2026-11-23', '2026-11-24', '2027-05-01')),
      practised: fc.option(fc.nat(1000)),
      withdrawn: fc.option(fc.constant({ at: 1, by: 'Anna', why: 'Ersatt' })),
    }),
    { selector: row => row.id },
  )
  .map(all => all.map((each): Row => ({ ...PLAIN, ...each, title: each.id })));

describe('the list', () => {
  it('is overdue from the day after, and never when it is withdrawn or was never published', () => {
    expect(isOverdue({ ...PLAIN, review_by: TODAY }, TODAY)).toBe(false);
    expect(isOverdue({ ...PLAIN, review_by: '2026-11-23' }, TODAY)).toBe(true);
    expect(isOverdue({ ...PLAIN, review_by: '2026-11-23', withdrawn: { at: 1, by: 'Anna', why: '' } }, TODAY)).toBe(false);
    expect(isOverdue({ ...PLAIN, review_by: '2026-11-23', version: 0 }, TODAY)).toBe(false);
  });

  it('loses and doubles nothing in any order, and says how many it narrows to', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...ORDERS), fc.constantFrom(...NARROWED), (all, order, narrowed) => {
        const found = list(all, { query: '', narrowed, order, today: TODAY });
        expect(found).toHaveLength(count(all, narrowed, TODAY));
        expect(new Set(found.map(row => row.id)).size).toBe(found.length);
        if (narrowed === 'all') expect(found).toHaveLength(all.length);
      }),
    );
  });

  it('counts i10 after i2, and puts what was never practised first', () => {
    const all = ['i10', 'a', 'i2'].map((order, at): Row => ({ ...PLAIN, id: order, order, practised: at === 1 ? null : at + 1 }));
    expect(list(all, { query: '', narrowed: 'all', order: 'binder', today: TODAY }).map(row => row.id)).toEqual(['a', 'i2', 'i10']);
    expect(list(all, { query: '', narrowed: 'all', order: 'practised', today: TODAY }).map(row => row.id)).toEqual(['a', 'i10', 'i2']);
  });
});

describe('publishing', () => {
  const words = {
    first: 'första',
    from: (version: number) => `till ${version}`,
    steps: {
      added: (n: number) => `${n} ny`,
      removed: (n: number) => `${n} bort`,
      moved: (n: number) => `${n} flyttad`,
      changed: (n: number) => `${n} ändrad`,
    },
    phases: (n: number) => `${n} skede`,
    front: (fields: string[]) => `i ${fields.join('+')}`,
    field: { goal: 'Mål', title: 'Titel' },
  };

  it('proposes a day so many months on that exists', () => {
    expect(monthsFrom('2026-11-24', 12)).toBe('2027-11-24');
    expect(monthsFrom('2026-08-31', 6)).toBe('2027-02-28');
    expect(monthsFrom('2027-08-31', 6)).toBe('2028-02-29');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2080-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 120 }),
        (from, months) => {
          const [today, then] = [from.toISOString().slice(0, 10), monthsFrom(from.toISOString().slice(0, 10), months)];
          expect(then > today).toBe(true);
          expect(new Date(then).toISOString().slice(0, 10)).toBe(then);
        },
      ),
    );
  });

  it('suggests what differs in words, and nothing when nothing does', () => {
    const before = plainDraft(['f15', ['a', 'b', 'c']]);
    const after = { ...plainDraft(['f15', ['a', 'd', 'c']]), goal: { sv: 'Ingen fryser' } };
    expect(suggest(compare(before, after), { base: 3, inForce: 3 }, words)).toBe('1 ny, 1 bort, i mål');
    expect(suggest(compare(before, before), { base: 3, inForce: 3 }, words)).toBe('');
    expect(suggest(compare(before, before), { base: 1, inForce: 3 }, words)).toBe('till 1');
    expect(suggest(compare(null, after), { base: 0, inForce: 0 }, words)).toBe('första');
  });

  it('suggests something for every two texts that differ', () => {
    fc.assert(
      fc.property(draftOf(), draftOf(), (before, after) => {
        const { counts, ...rest } = compare(before, after);
        const differs = Object.values(counts).some(each => each > 0);
        expect(suggest({ counts, ...rest }, { base: 1, inForce: 1 }, words) !== '').toBe(differs);
      }),
    );
  });

  it('lets the sentence end once on the phone', () => {
    expect(asSaid(' Nytt mål. ')).toBe('Nytt mål');
    expect(asSaid('Med mera …')).toBe('Med mera …');
    expect(asSaid('Och så...')).toBe('Och så...');
  });

  it('lets nobody who handed it over, or has written in it, be its reader', () => {
    const view = {
      stage: 'handed',
      saved_by: { id: 'maria', name: '' },
      writers: ['maria', 'eva'].map(id => ({ id, name: '' })),
      handed: { by: { id: 'bo', name: '' }, to: null, at: 0, note: '' },
    } as unknown as DraftView;
    expect(['maria', 'eva', 'bo', 'erik'].map(each => standingOf(view, each))).toEqual(['waiting', 'waiting', 'waiting', 'reading']);
  });
});

describe('a file', () => {
  it('is text in UTF-8, or is refused', async () => {
    expect(await readText(new File(['# Värme'], 'a.md'))).toEqual({ text: '# Värme' });
    expect(await readText(new File([new Uint8Array([0x56, 0xe4, 0x72])], 'a.md'))).toEqual({ wrong: 'notText' });
    expect(await readText(new File([new Uint8Array([0x50, 0, 0x4b])], 'a.md'))).toEqual({ wrong: 'notText' });
    expect(await readText(new File(['a'.repeat(600_000)], 'a.md'))).toEqual({ wrong: 'tooLarge' });
  });

  it('is known as Markdown by how it begins', () => {
    expect(looksLikeMarkdown('---\nid: el\ntitle: El\n---\n# El')).toBe(true);
    expect(looksLikeMarkdown('Första åtgärder\n---\nRing 112')).toBe(false);
  });
});
