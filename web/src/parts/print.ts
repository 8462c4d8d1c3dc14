/* Paper. One rule: what is folded on the screen is unfolded on paper. */
import { signal } from '@preact/signals';
import { go } from './route';

export const printing = signal(false);

/** Called once: every way of printing, also the browser's own menu. */
export function followPrinting(): void {
  addEventListener('beforeprint', () => {
    printing.value = true;
    document.querySelectorAll('details').forEach(each => (each.open = true));
  });
  addEventListener('afterprint', () => (printing.value = false));
}

/** Goes to the page first, when it is another one, and prints when it has been drawn. */
export function printPage(address: string): void {
  if (location.hash !== address) go(address);
  setTimeout(() => print(), 400);
}
