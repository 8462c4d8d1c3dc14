/* What a screen reader is told without being asked. One rule: polite, short, and only when something changed that the person waits for. */
import { signal } from '@preact/signals';

const said = signal('');

export function announce(words: string): void {
  said.value = said.value === words ? `${words}\u00a0` : words;
}

/** Stands once, outside the screens, so that it outlives them. */
export function Announcer() {
  return (
    <div class="hidden" aria-live="polite">
      {said.value}
    </div>
  );
}
