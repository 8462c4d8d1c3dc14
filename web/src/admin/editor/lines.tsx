/* A line to write in: it grows with its words and never has a line break. One rule: Enter goes on to the next line, and every line has a place that the caret can come back to. */
import type { TargetedKeyboardEvent, TargetedClipboardEvent } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Language } from '../../core/checklist';
import { marked, readable } from '../drafts/referring';
import { names } from '../drafts/saying';
import type { Workbench } from './workbench';

interface LineProps {
  place: string;
  value: string;
  /** What a screen reader says; left out when a label stands round it. */
  label?: string | undefined;
  lang?: Language;
  placeholder?: string | undefined;
  class?: string | undefined;
  /** Findings about it, by element id. */
  describedBy?: string | undefined;
  most?: number;
  onType: (words: string) => void;
  /** Instead of what the line does itself, when it calls preventDefault. */
  onKey?: (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => void;
  onPaste?: (event: TargetedClipboardEvent<HTMLTextAreaElement>) => void;
}

export function Line({ place, value, label, lang = 'sv', placeholder, class: classes = '', describedBy, most = 2_000, onType, onKey, onPaste }: LineProps) {
  return (
    <span class={`line ${classes}`} data-words={value === '' ? (placeholder ?? '') : value}>
      <textarea
        rows={1}
        data-place={place}
        value={value}
        lang={lang}
        aria-label={label}
        aria-describedby={describedBy}
        placeholder={placeholder}
        maxLength={most}
        enterkeyhint="next"
        onInput={event => onType(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
        onPaste={onPaste}
        onBlur={({ currentTarget: { value: left, isConnected } }) => isConnected && left !== withoutLoose(left) && onType(withoutLoose(left))}
        onKeyDown={event => {
          onKey?.(event);
          if (event.defaultPrevented || event.key !== 'Enter' || event.isComposing) return;
          event.preventDefault();
          step(event.currentTarget, event.shiftKey ? -1 : 1);
        }}
      />
    </span>
  );
}

/** Without spaces that nobody sees: before, after, and more than one. They are needed while one writes, not when the line is left. */
export function withoutLoose(words: string): string {
  return words.replace(/\s{2,}/g, ' ').trim();
}

/** A line whose text points at cards, contacts and roles: on the screen by their names. */
export function ReferringLine({ value, lang = 'sv', onType, ...rest }: Omit<LineProps, 'onPaste'>) {
  const known = names(lang);
  const [own, setOwn] = useState('');
  // What is being written stands as it was written, as long as it says the same.
  const words = own !== '' && marked(own, known, lang) === value ? own : readable(value, known, lang);
  return (
    <Line
      {...rest}
      lang={lang}
      value={words}
      onType={typed => {
        setOwn(typed);
        onType(marked(typed, known, lang));
      }}
    />
  );
}

/** The next line to write in, or the one before. */
export function step(from: Element, by: -1 | 1): boolean {
  const lines = placesIn(from.closest('.editor') ?? document.body).filter(each => each.tagName === 'TEXTAREA' || each === from);
  const next = lines[lines.indexOf(from as HTMLElement) + by];
  if (next === undefined) return false;
  focusOn(next, by > 0 ? 0 : undefined);
  return true;
}

/** Puts the caret where the workbench wants it, once the screen has been drawn. */
export function useFocus(bench: Workbench): void {
  const wanted = bench.focus.value;
  useLayoutEffect(() => {
    if (wanted === null) return;
    bench.focus.value = null;
    // Other parts may be drawn after this one, but before the next key comes.
    queueMicrotask(() => {
      const found = placesIn(document.body).find(each => each.dataset['place'] === wanted.place);
      if (found !== undefined) focusOn(found, wanted.caret);
    });
  }, [wanted]);
}

function focusOn(element: HTMLElement, caret: number | undefined): void {
  element.focus();
  element.scrollIntoView({ block: 'nearest' });
  if (element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text')) {
    const at = caret ?? element.value.length;
    element.setSelectionRange(at, at);
  }
}

/** Those that are seen: what is folded away cannot be gone to. */
function placesIn(root: Element): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-place]')].filter(each => each.getClientRects().length > 0);
}
