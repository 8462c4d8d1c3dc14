/* Dragging one of a short list to another place, with mouse or thumb. One rule: nothing moves before the hand lets go, and Escape lets go of nothing. */
import type { TargetedPointerEvent } from 'preact';

const EDGE_PX = 72;
const PULL_PX = 14;

/** `look(at)`: where it would land (null: nowhere any more); `drop(at)`: there. Places are among the others, from 0. */
export function grip(event: TargetedPointerEvent<HTMLElement>, look: (at: number | null) => void, drop: (at: number) => void): void {
  const handle = event.currentTarget;
  const item = handle.closest('li');
  const list = item?.parentElement;
  if (event.button !== 0 || item === null || list === null || list === undefined) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const others = [...list.children].filter(each => each !== item && each.tagName === 'LI');
  const page = scrollerOf(handle);
  const over = new AbortController();
  let y = event.clientY;
  let at: number | null = null;
  let pulling = 0;
  const see = (): void => {
    const under = others.findIndex(each => {
      const { top, height } = each.getBoundingClientRect();
      return y < top + height / 2;
    });
    const next = under < 0 ? others.length : under;
    if (next !== at) look((at = next));
  };
  // Near the edge of the page the page follows.
  const pull = (): void => {
    const { top, bottom } = page === null || page === document.scrollingElement ? { top: 0, bottom: innerHeight } : page.getBoundingClientRect();
    const by = y < top + EDGE_PX ? -PULL_PX : y > bottom - EDGE_PX ? PULL_PX : 0;
    if (by !== 0) {
      page?.scrollBy(0, by);
      see();
    }
    pulling = requestAnimationFrame(pull);
  };
  const end = (dropped: boolean): void => {
    cancelAnimationFrame(pulling);
    over.abort();
    look(null);
    if (dropped && at !== null) drop(at);
  };
  const { signal } = over;
  handle.addEventListener(
    'pointermove',
    moved => {
      y = moved.clientY;
      see();
    },
    { signal },
  );
  handle.addEventListener('pointerup', () => end(true), { signal });
  handle.addEventListener('pointercancel', () => end(false), { signal });
  addEventListener(
    'keydown',
    (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      end(false);
    },
    { signal, capture: true },
  );
  pulling = requestAnimationFrame(pull);
}

function scrollerOf(element: Element): Element | null {
  for (let each = element.parentElement; each !== null; each = each.parentElement) if (getComputedStyle(each).overflowY === 'auto') return each;
  return document.scrollingElement;
}
