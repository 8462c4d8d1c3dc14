/* Where the focus goes when something has come: to the heading of a page that had to be fetched, to the field that was wrong. One rule: it is never taken from what one is doing. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

export function useHeading(here: boolean): void {
  useEffect(() => {
    if (here && (document.activeElement === null || document.activeElement === document.body)) toHeading();
  }, [here]);
}

export function toHeading(): void {
  document.querySelector('h1')?.focus({ preventScroll: true });
}

/** `attempt`: another value for each time that a form was not taken; null or 0 for none. */
export function useWrongField(form: RefObject<HTMLElement | null>, attempt: unknown): void {
  useEffect(() => {
    if (attempt !== null && attempt !== 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);
}
