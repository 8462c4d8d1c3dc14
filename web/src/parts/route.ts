/* Where I am, from the address after #. One rule: inside an incident every link stays inside it, so the exercise band never disappears. */
import { batch, signal } from '@preact/signals';

export const path = signal<string[]>(parse(location.hash));
/** Which visit this is: the screen scrolls and moves focus when it changes. `address` is null at the cold start, when nobody has gone anywhere. */
export const arrivedAt = signal<{ address: string | null; scroll: number }>({ address: null, scroll: 0 });
const scrolls = new Map<number, number>();
let visit = 0;
let deepest = 0;

/** '#/kort/x'; ids are safe in an address. */
export function to(...segments: string[]): string {
  return `#/${segments.map(encodeURIComponent).join('/')}`;
}

/** The incident that the screen is about, or null. */
export function here(): string | null {
  const [room, inc] = path.value;
  return room === 'handelse' && inc !== undefined ? inc : null;
}

/** As `to`, inside the incident that is on the screen. */
export function toHere(...segments: string[]): string {
  const inc = here();
  return inc === null ? to(...segments) : to('handelse', inc, ...segments);
}

export function go(address: string): void {
  location.hash = address;
}

/** For the way out of a form: it must not be reached again with the phone's own back key. */
export function replace(address: string): void {
  history.replaceState(history.state, '', address);
  arrive(true);
}

export function goBack(fallback: string): void {
  if (visit > 0) history.back();
  else go(fallback);
}

/** Called once: follows the address, and remembers where each visited page was scrolled to. */
export function followAddress(): void {
  history.scrollRestoration = 'manual';
  history.replaceState({ visit: 0 }, '');
  // The page scrolls inside the frame, so the event is caught on its way down.
  addEventListener(
    'scroll',
    ({ target }) => {
      const page = scroller();
      if (target === page || target === document) scrolls.set(visit, page?.scrollTop ?? 0);
    },
    { passive: true, capture: true },
  );
  addEventListener('hashchange', () => arrive(false));
}

/** What scrolls: the page inside the frame; on a desk the content beside the list. */
export function scroller(): Element | null {
  return [...document.querySelectorAll('main > .content, main')].find(each => getComputedStyle(each).overflowY === 'auto') ?? document.scrollingElement;
}

function arrive(fresh: boolean): void {
  const state: unknown = history.state;
  const known = typeof state === 'object' && state !== null && 'visit' in state && typeof state.visit === 'number' ? state.visit : null;
  visit = known ?? ++deepest;
  if (known === null) history.replaceState({ visit }, '');
  const scroll = known === null || fresh ? 0 : (scrolls.get(visit) ?? 0);
  batch(() => {
    path.value = parse(location.hash);
    arrivedAt.value = { address: location.hash, scroll };
  });
}

function parse(hash: string): string[] {
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter(each => each !== '')
    .map(decode);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
