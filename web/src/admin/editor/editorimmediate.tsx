/* What is done at once: one to three lines that can be remembered, each with at most one number to call. One rule: a line is words and a call; how the text holds the call is not seen. */
import { pieces, type Text } from '../../core/checklist';
import { Icon } from '../../parts/icon';
import { contacts } from '../drafts/options';
import { said, setFront } from '../drafts/editing';
import { aboutFront, Findings } from './findings';
import { ReferringLine } from './lines';
import { Picker } from '../drafts/pickers';
import { c } from '../text/comparison';
import { e } from '../text/editor';
import type { Workbench } from './workbench';

const MOST = 3;
const placeOf = (at: number): string => `front-immediate:${at}`;

export function Immediate({ bench, english }: { bench: Workbench; english: boolean }) {
  const { immediate } = bench.document.value;
  const lines = immediate.length === 0 ? [{ sv: '' }] : immediate;
  const write = (at: number, text: Text): void => {
    const next = lines.map((line, index) => (index === at ? text : line));
    bench.type(setFront(bench.document.value, 'immediate', next), placeOf(at));
  };
  const add = (after: number): void =>
    bench.act(setFront(bench.document.value, 'immediate', [...lines.slice(0, after + 1), { sv: '' }, ...lines.slice(after + 1)]), placeOf(after), {
      place: placeOf(after + 1),
    });
  const remove = (at: number): void =>
    bench.act(
      setFront(
        bench.document.value,
        'immediate',
        lines.filter((_, index) => index !== at),
      ),
      placeOf(at),
      { place: placeOf(Math.max(0, at - 1)) },
    );
  return (
    <fieldset class="bare-set immediate">
      <legend class="label">{c().field.immediate}</legend>
      <ol class="numbered">
        {lines.map((line, at) => {
          const { words, call } = apart(line.sv);
          return (
            <li key={at}>
              <div class="immediate-line">
                <ReferringLine
                  place={placeOf(at)}
                  label={e().immediateLine(at + 1)}
                  value={words}
                  placeholder={e().immediateExample}
                  most={200}
                  onType={typed => write(at, said(line, 'sv', together(typed, call)) ?? { sv: '' })}
                  onKey={event => {
                    if (event.key === 'Enter' && !event.shiftKey && at === lines.length - 1 && lines.length < MOST && words !== '') {
                      event.preventDefault();
                      add(at);
                    } else if (event.key === 'Enter' && words === '' && call === '' && at > 0) {
                      // Nothing more to do at once: the empty line goes, and one goes on.
                      bench.act(
                        setFront(
                          bench.document.value,
                          'immediate',
                          lines.filter((_, index) => index !== at),
                        ),
                        placeOf(at),
                      );
                    } else if (event.key === 'Backspace' && words === '' && call === '' && lines.length > 1) {
                      event.preventDefault();
                      remove(at);
                    }
                  }}
                />
                {lines.length > 1 && (
                  <button type="button" class="plain icon-key" aria-label={e().removeLine(at + 1)} title={e().removeLine(at + 1)} onClick={() => remove(at)}>
                    <Icon name="cross" />
                  </button>
                )}
              </div>
              {english && (
                <ReferringLine
                  place={`front-immediate-en:${at}`}
                  class="english-line"
                  lang="en"
                  label={c().english(e().immediateLine(at + 1))}
                  value={apart(line.en ?? '').words}
                  placeholder={e().inEnglish}
                  most={200}
                  onType={typed => write(at, said(line, 'en', typed === '' ? '' : together(typed, call)) ?? { sv: '' })}
                />
              )}
              <Picker
                single
                quiet
                label={e().callFor(at + 1)}
                placeholder={e().callPlaceholder}
                options={contacts.value}
                chosen={call === '' ? [] : [call]}
                onChoose={ids => write(at, withCall(line, ids[0] ?? ''))}
              />
            </li>
          );
        })}
      </ol>
      {lines.length < MOST && (
        <button type="button" class="plain refer-key" onClick={() => add(lines.length - 1)}>
          <Icon name="plus" />
          {e().addLine}
        </button>
      )}
      <Findings of={aboutFront(bench, 'immediate')} />
    </fieldset>
  );
}

/** The words, and the one call that stands last in them; a text that is built otherwise is left as it is. */
function apart(text: string): { words: string; call: string } {
  const parts = pieces(text);
  const last = parts[parts.length - 1];
  const calls = parts.filter(part => typeof part !== 'string');
  if (last === undefined || typeof last === 'string' || last.kind !== 'call' || calls.length !== 1) return { words: text, call: '' };
  const words = parts
    .slice(0, -1)
    .map(part => (typeof part === 'string' ? part : ''))
    .join('');
  return words.endsWith(' ') || words === '' ? { words: words.slice(0, -1), call: last.id } : { words: text, call: '' };
}

function together(words: string, call: string): string {
  return call === '' ? words : `${words} [[call:${call}]]`.trimStart();
}

/** In both languages: a translation points at what the Swedish text points at. */
function withCall(line: Text, call: string): Text {
  const { en } = line;
  return { sv: together(apart(line.sv).words, call), ...(en !== undefined && { en: together(apart(en).words, call) }) };
}
