/* A page that had to be fetched has come. One rule: the focus, if it has nothing to stand on, goes to the heading, as on any page. */
import { useEffect } from 'preact/hooks';

export function useHeading(here: boolean): void {
  useEffect(() => {
    if (here && (document.activeElement === null || document.activeElement === document.body)) toHeading();
  }, [here]);
}

export function toHeading(): void {
  document.querySelector('h1')?.focus({ preventScroll: true });
}
