/* The words on the screen in the chosen language. One rule: Swedish is always there; English is fetched from the phone's own cache when asked for. */
import { signal } from '@preact/signals';
import { text, type Text } from '../core/checklist';
import { language } from '../state';
import { sv, type Words } from '../text/sv';

const english = signal<Words | null>(null);

export async function loadWords(): Promise<void> {
  if (language.value === 'en' && english.value === null) english.value = (await import('../text/en')).en;
}

/** The catalogue; reading it in a component redraws when the language changes. */
export function w(): Words {
  return language.value === 'en' ? (english.value ?? sv) : sv;
}

/** A published text, piece by piece in Swedish where the translation is missing. */
export function t(value: Text | undefined): string {
  return text(value, language.value);
}

/** With a capital first: for what begins a line and was written to stand in the middle of one. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
