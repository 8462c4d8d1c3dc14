/* A text in a box, and under it what was found in it, line by line. One rule: a finding leads to its line. */
import { useRef } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import type { LineFinding } from './beginning';
import { n } from '../text/newchecklist';
import '../look/lined.css';

interface LinedProps {
  label: string;
  /** null: it is not here yet. */
  value: string | null;
  lang: string;
  findings: readonly LineFinding[];
  /** Where the caret can come back to. */
  place?: string;
  onInput: (value: string) => void;
}

export function LinedText({ label, value, lang, findings, place, onInput }: LinedProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <label class="field">
        <span>{label}</span>
        <textarea
          ref={area}
          class="markdown"
          spellcheck={false}
          lang={lang}
          data-place={place}
          value={value ?? ''}
          disabled={value === null}
          aria-describedby={`lines-${lang}`}
          onInput={event => onInput(event.currentTarget.value)}
        />
      </label>
      <ul id={`lines-${lang}`} class="line-findings">
        {[...findings].sort(worstFirst).map(({ line, message, severity, code }, at) => (
          <li key={`${line} ${code} ${at}`} class={severity === 'error' ? 'must' : 'advice'}>
            <button type="button" class="plain" onClick={() => area.current !== null && goToLine(area.current, line)}>
              {n().line(line)}
            </button>
            <span>
              {severity === 'error' && (
                <>
                  <Icon name="warn" />
                  <span class="hidden">{n().mustBeMended} </span>
                </>
              )}
              {message}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function worstFirst(a: LineFinding, b: LineFinding): number {
  return a.severity === b.severity ? a.line - b.line : a.severity === 'error' ? -1 : 1;
}

function goToLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (parseFloat(getComputedStyle(area).lineHeight) || 24) * Math.max(0, line - 4);
}
