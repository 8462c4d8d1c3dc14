/* Finding the card with the words of a stressed person. */
import { describe, expect, test } from 'vitest';
import { pieces, text } from '../../web/src/core/checklist';
import { search, type Field } from '../../web/src/core/search';

const cards = [
  { title: 'Långvarigt elavbrott och storm', tags: ['strömlöst', 'elavbrott', 'mörkt'], trigger: 'SMHI varnar för vind' },
  { title: 'Dricksvatten', tags: ['kokning', 'vattenläcka'], trigger: 'Förorenat vatten' },
  { title: 'IT-attack', tags: ['hackad', 'virus'], trigger: 'System ligger nere' },
  { title: 'Trygghetspunkt', tags: ['värme', 'öppna'], trigger: 'Invånare utan el behöver värme' },
];
const fields: Field<(typeof cards)[number]>[] = [
  { weight: 10, of: card => card.title },
  { weight: 8, of: card => card.tags },
  { weight: 3, of: card => card.trigger },
];
const found = (query: string): string[] => search(query, cards, fields).map(card => card.title);

describe('search', () => {
  test.each([
    ['strömlöst', 'Långvarigt elavbrott och storm'],
    ['stromlost', 'Långvarigt elavbrott och storm'],
    ['STRÖML', 'Långvarigt elavbrott och storm'],
    ['strömslöst', 'Långvarigt elavbrott och storm'],
    ['vatten', 'Dricksvatten'],
    ['läcka', 'Dricksvatten'],
    ['driksvatten', 'Dricksvatten'],
    ['it', 'IT-attack'],
    ['hacakd', 'IT-attack'],
    ['varme', 'Trygghetspunkt'],
    ['el storm', 'Långvarigt elavbrott och storm'],
  ])('"%s" finds %s first', (query, title) => {
    expect(found(query)[0]).toBe(title);
  });

  test('an empty query gives everything, a strange one nothing', () => {
    expect(found('  ')).toHaveLength(cards.length);
    expect(found('xyzzyqq')).toEqual([]);
  });

  test('when no card has all the words, those with the most come', () => {
    expect(found('vatten xyzzyqq')).toEqual(['Dricksvatten']);
  });
});

describe('texts', () => {
  test('fall back to Swedish, and are cut at their references', () => {
    expect(text({ sv: 'Ring', en: 'Call' }, 'en')).toBe('Call');
    expect(text({ sv: 'Ring' }, 'en')).toBe('Ring');
    expect(text(undefined, 'en')).toBe('');
    expect(pieces('Ring [[call:elnat]] eller öppna [[card:teleavbrott]].')).toEqual([
      'Ring ',
      { kind: 'call', id: 'elnat' },
      ' eller öppna ',
      { kind: 'card', id: 'teleavbrott' },
      '.',
    ]);
    expect(pieces('[[call:a]][[role:b]]')).toEqual([
      { kind: 'call', id: 'a' },
      { kind: 'role', id: 'b' },
    ]);
    expect(pieces('')).toEqual([]);
  });
});
