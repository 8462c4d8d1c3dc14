/* Moving a step with mouse or thumb: a line shows where it will land. One rule: nothing is moved before the hand lets go, and Escape lets go of nothing. */
import type { TargetedPointerEvent } from 'preact';
import { findStep, moveStep, type Spot } from '../drafts/editing';
import { stepPlace } from './stepkeys';
import type { Workbench } from './workbench';

const EDGE_PX = 72;
const PULL_PX = 14;

export function grip(bench: Workbench, id: string, event: TargetedPointerEvent<HTMLElement>): void {
  if (event.button !== 0) return;
  event.preventDefault();
  const handle = event.currentTarget;
  const page = scrollerOf(handle);
  handle.setPointerCapture(event.pointerId);
  let y = event.clientY;
  let pulling = 0;
  const look = (): void => {
    const spot = spotAt(y, id);
    if (spot !== null) bench.dragged.value = { id, spot };
  };
  // Near the edge of the page the page follows.
  const pull = (): void => {
    const { top, bottom } = page === document.scrollingElement || page === null ? { top: 0, bottom: innerHeight } : page.getBoundingClientRect();
    const by = y < top + EDGE_PX ? -PULL_PX : y > bottom - EDGE_PX ? PULL_PX : 0;
    if (by !== 0) {
      page?.scrollBy(0, by);
      look();
    }
    pulling = requestAnimationFrame(pull);
  };
  const move = (moved: PointerEvent): void => {
    y = moved.clientY;
    look();
  };
  const over = new AbortController();
  const end = (drop: boolean): void => {
    cancelAnimationFrame(pulling);
    over.abort();
    const spot = bench.dragged.value?.spot;
    bench.dragged.value = null;
    if (drop && spot !== undefined && !isHome(bench, id, spot)) bench.act(moveStep(bench.document.value, id, spot), stepPlace(id), { place: stepPlace(id) });
  };
  const escape = (key: KeyboardEvent): void => {
    if (key.key !== 'Escape') return;
    key.stopPropagation();
    end(false);
  };
  const { signal } = over;
  handle.addEventListener('pointermove', move, { signal });
  handle.addEventListener('pointerup', () => end(true), { signal });
  handle.addEventListener('pointercancel', () => end(false), { signal });
  addEventListener('keydown', escape, { signal, capture: true });
  look();
  pulling = requestAnimationFrame(pull);
}

/** The place among the steps that are not held, nearest to this height. */
function spotAt(y: number, held: string): Spot | null {
  const lists = [...document.querySelectorAll<HTMLElement>('[data-phase]')];
  const list = lists.find(each => y < each.getBoundingClientRect().bottom) ?? lists[lists.length - 1];
  const phase = list?.dataset['phase'];
  if (list === undefined || phase === undefined) return null;
  const others = [...list.querySelectorAll<HTMLElement>('[data-step]')].filter(each => each.dataset['step'] !== held);
  const at = others.findIndex(each => {
    const { top, height } = each.getBoundingClientRect();
    return y < top + height / 2;
  });
  return { phase, at: at < 0 ? others.length : at };
}

function scrollerOf(element: Element): Element | null {
  for (let each = element.parentElement; each !== null; each = each.parentElement) if (getComputedStyle(each).overflowY === 'auto') return each;
  return document.scrollingElement;
}

function isHome(bench: Workbench, id: string, spot: Spot): boolean {
  const found = findStep(bench.document.value, id);
  return found === null || (found.phase.id === spot.phase && found.at === spot.at);
}
