/* The keys of writing steps: Enter, Backspace, Tab, the arrows. One rule: every key that does more than in a plain field is told on the screen, and Escape gives Tab back. */
import type { TargetedKeyboardEvent, TargetedClipboardEvent } from 'preact';
import { announce } from '../../parts/announce';
import { copyStep, findStep, isBare, joinStep, newStep, pasteLines, removeStep, addStep, setStep, shiftStep, splitStep, stepsOf } from '../drafts/editing';
import { step as goTo } from './lines';
import { e } from '../text/editor';
import type { Workbench } from './workbench';

export const stepPlace = (id: string): string => `step:${id}`;
export const firstDetail = (id: string): string => `critical:${id}`;
export const addPlace = (phase: string): string => `add:${phase}`;

type Key = TargetedKeyboardEvent<HTMLTextAreaElement>;

export function onStepKey(bench: Workbench, id: string, event: Key): void {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const area = event.currentTarget;
  const [from, till] = [area.selectionStart, area.selectionEnd];
  const handled = ((): boolean => {
    switch (event.key) {
      case 'Enter':
        return !event.shiftKey && enter(bench, id, from, till);
      case 'Backspace':
        return from === 0 && till === 0 && backspace(bench, id);
      case 'Delete':
        return from === till && till === area.value.length && joinNext(bench, id);
      case 'ArrowUp':
      case 'ArrowDown': {
        const by = event.key === 'ArrowUp' ? -1 : 1;
        if (event.altKey) return shift(bench, id, by);
        return (by < 0 ? from === 0 || isOneRow(area) : till === area.value.length || isOneRow(area)) && goTo(area, by);
      }
      case 'Tab':
        return !event.shiftKey && tab(bench, id);
      case 'Escape':
        bench.passing = true;
        // What closes above moves the line: it stays in sight.
        if (bench.open.value !== null) bench.focus.value = { place: stepPlace(id), caret: from };
        bench.open.value = null;
        return true;
      default:
        return false;
    }
  })();
  if (event.key !== 'Escape' && event.key !== 'Tab') bench.passing = false;
  if (handled) event.preventDefault();
}

/** Pasted lines are steps; what a word processor puts before them is taken away. */
export function onStepPaste(bench: Workbench, id: string, event: TargetedClipboardEvent<HTMLTextAreaElement>): void {
  const lines = (event.clipboardData?.getData('text/plain') ?? '')
    .split(/\r?\n/)
    .map(line => line.replace(/^\s*(?:[-–—•*·▪◦☐□]|o\t|\d{1,3}[.)])\s+/, '').trim())
    .filter(line => line !== '');
  if (lines.length < 2) return;
  event.preventDefault();
  const area = event.currentTarget;
  const before = new Set(stepsOf(bench.document.value).map(step => step.id));
  const document = pasteLines(bench.document.value, id, [area.selectionStart, area.selectionEnd], lines, bench.mint);
  const born = stepsOf(document).filter(step => !before.has(step.id));
  bench.act(document, stepPlace(id), { place: stepPlace(born[born.length - 1]?.id ?? id) });
  announce(e().pastedSteps(lines.length));
}

export function addLast(bench: Workbench, phase: string): void {
  const id = bench.mint();
  const at = bench.document.value.phases.find(each => each.id === phase)?.steps.length ?? 0;
  bench.act(addStep(bench.document.value, newStep(id), { phase, at }), addPlace(phase), { place: stepPlace(id) });
}

export function remove(bench: Workbench, id: string): void {
  const found = findStep(bench.document.value, id);
  if (found === null) return;
  const near = found.phase.steps[found.at - 1] ?? found.phase.steps[found.at + 1];
  bench.act(removeStep(bench.document.value, id), stepPlace(id), { place: near === undefined ? addPlace(found.phase.id) : stepPlace(near.id) });
  announce(e().stepRemoved);
}

export function copy(bench: Workbench, id: string): void {
  const born = bench.mint();
  bench.act(copyStep(bench.document.value, id, born), stepPlace(id), { place: stepPlace(born) });
  bench.open.value = null;
  announce(e().stepCopied);
}

/** `keep`: where the focus stays, when it is not in the words. */
export function shift(bench: Workbench, id: string, by: -1 | 1, keep = stepPlace(id)): boolean {
  const document = shiftStep(bench.document.value, id, by);
  const found = findStep(document, id);
  if (document === bench.document.value || found === null) return true;
  bench.act(document, stepPlace(id), { place: keep });
  announce(e().movedTo(found.at + 1, found.phase.steps.length, found.phase.title.sv));
  return true;
}

function enter(bench: Workbench, id: string, from: number, till: number): boolean {
  const { document } = bench;
  const found = findStep(document.value, id);
  if (found === null) return false;
  const { text } = found.step;
  const cut = from === till ? document.value : setStep(document.value, id, 'text', { ...text, sv: text.sv.slice(0, from) + text.sv.slice(till) });
  const born = bench.mint();
  const split = splitStep(cut, id, from, born);
  const above = (findStep(split, born)?.at ?? 0) < (findStep(split, id)?.at ?? 0);
  bench.act(split, stepPlace(id), { place: stepPlace(above ? id : born), caret: 0 });
  return true;
}

function backspace(bench: Workbench, id: string): boolean {
  const found = findStep(bench.document.value, id);
  if (found === null) return false;
  if (found.step.text.sv === '') {
    remove(bench, id);
    return true;
  }
  const above = found.phase.steps[found.at - 1];
  if (above === undefined) return false;
  const joined = joinStep(bench.document.value, id);
  const taken = above.text.sv === '' && isBare(above);
  bench.act(joined, stepPlace(id), { place: stepPlace(taken ? id : above.id), caret: taken ? 0 : above.text.sv.length + (above.text.sv === '' ? 0 : 1) });
  return true;
}

function joinNext(bench: Workbench, id: string): boolean {
  const found = findStep(bench.document.value, id);
  const next = found?.phase.steps[found.at + 1];
  if (found === null || next === undefined) return false;
  const caret = found.step.text.sv.length;
  const taken = found.step.text.sv === '' && isBare(found.step);
  bench.act(joinStep(bench.document.value, next.id), stepPlace(id), { place: stepPlace(taken ? next.id : id), caret });
  return true;
}

/** Opens the details and goes into them; a second time, or after Escape, Tab is Tab. */
function tab(bench: Workbench, id: string): boolean {
  if (bench.open.value === id || bench.passing) {
    bench.passing = false;
    return false;
  }
  bench.open.value = id;
  bench.focus.value = { place: firstDetail(id) };
  return true;
}

function isOneRow(area: HTMLTextAreaElement): boolean {
  return area.clientHeight < 2 * parseFloat(getComputedStyle(area).lineHeight) + 16;
}
