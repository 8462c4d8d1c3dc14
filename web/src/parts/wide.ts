/* Is this a desk? One rule: only layout may depend on it, never what a person can do. */
import { signal } from '@preact/signals';

const desk = matchMedia('(min-width: 60em)');
export const wide = signal(desk.matches);
desk.addEventListener('change', () => (wide.value = desk.matches));
