/* The words that only the later screens say. One rule: as in words.ts; imported only by what the first load does not carry. */
import { effect, signal } from '@preact/signals';
import { language } from '../state';
import { svLater, type LaterWords } from '../text/sv-later';

const english = signal<LaterWords | null>(null);

effect(() => {
  if (language.value === 'en' && english.peek() === null) void import('../text/en-later').then(({ enLater }) => (english.value = enLater));
});

export function later(): LaterWords {
  return language.value === 'en' ? (english.value ?? svLater) : svLater;
}
