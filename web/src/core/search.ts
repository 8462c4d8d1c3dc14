/* Search that forgives: the words of a stressed person find the card ("stromlost" finds "strömlöst", "vatten" finds "dricksvatten").
   One rule: deterministic, without locale: the same words give the same list on every phone. */

export interface Field<T> {
  weight: number;
  of: (item: T) => string | readonly string[];
}

/** The items that answer the query, best first; all of them, in their order, when the query is empty. */
export function search<T>(query: string, items: readonly T[], fields: readonly Field<T>[]): T[] {
  const wanted = wordsOf(query);
  if (wanted.length === 0) return [...items];
  const ranked = items.map((item, at) => ({ item, at, ...rank(wanted, item, fields) }));
  const most = ranked.reduce((top, each) => Math.max(top, each.matched), 0);
  if (most === 0) return [];
  return ranked
    .filter(each => each.matched === most)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map(each => each.item);
}

/** Lower case, without marks over letters. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'a');
}

function rank<T>(wanted: readonly string[], item: T, fields: readonly Field<T>[]): { matched: number; score: number } {
  const best = wanted.map(() => 0);
  for (const { weight, of } of fields) {
    const texts = of(item);
    for (const text of typeof texts === 'string' ? [texts] : texts) {
      const words = wordsOf(text);
      wanted.forEach((word, i) => {
        for (const candidate of words) best[i] = Math.max(best[i] ?? 0, weight * likeness(word, candidate));
      });
    }
  }
  return { matched: best.filter(score => score > 0).length, score: best.reduce((sum, score) => sum + score, 0) };
}

function likeness(wanted: string, word: string): number {
  if (word === wanted) return 1;
  if (word.startsWith(wanted)) return 0.8;
  if (wanted.length >= 3 && word.includes(wanted)) return 0.6;
  if (wanted.length < 5) return 0;
  if (nearly(wanted, word)) return 0.5;
  return word.length > wanted.length && (nearly(wanted, word.slice(0, wanted.length)) || nearly(wanted, word.slice(0, wanted.length + 1))) ? 0.4 : 0;
}

/** One letter wrong, missing, too many, or two swapped. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const remembered = new Map<string, string[]>();

function wordsOf(text: string): string[] {
  const held = remembered.get(text);
  if (held !== undefined) return held;
  const words = plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');
  if (remembered.size > 20_000) remembered.clear();
  remembered.set(text, words);
  return words;
}
