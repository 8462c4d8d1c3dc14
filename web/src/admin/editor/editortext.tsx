/* The same card as text: Markdown to read, copy and write, line by line what is wrong with it. One rule: what can be read is in the form at once; what cannot stays here, as it was written. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChecklistDocument, Language } from '../../core/checklist';
import { language as spoken } from '../../state';
import { CopyKey } from '../../parts/copykey';
import { Note } from '../../parts/note';
import { post } from '../ask';
import { sameValue } from '../drafts/comparing';
import { e } from '../text/editor';
import { why } from '../text/frame';
import type { Workbench, Written } from './workbench';

interface LineFinding {
  language: Language;
  line: number;
  message: string;
  severity: 'error' | 'advice';
  code: string;
}
interface ReadText {
  document: ChecklistDocument | null;
  findings: LineFinding[];
}
const PAUSE_MS = 600;

export function EditorText({ bench, english, onBack }: { bench: Workbench; english: boolean; onBack: () => void }) {
  const [text, setText] = useState<Written | null>(bench.unread.peek());
  const [read, setRead] = useState<ReadText | null>(null);
  const [refused, setRefused] = useState('');
  const [language, setLanguage] = useState<Language>('sv');
  const area = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const reading = useRef(0);
  /** The document that the text on the screen says. */
  const said = useRef<ChecklistDocument | null>(null);
  const told = bench.document.value;
  const take = async (written: Written): Promise<void> => {
    clearTimeout(timer.current);
    const mine = ++reading.current;
    const got = await post<ReadText>(`markdown/read?language=${spoken.value}`, { ...written, id: bench.id });
    if (mine !== reading.current) return;
    setRefused(got.ok ? '' : why(got));
    if (!got.ok) return;
    setRead(got.value);
    const { document } = got.value;
    if (document === null) return;
    said.current = document;
    bench.leave(null);
    if (!sameValue(document, bench.document.peek())) bench.type(document, 'text');
  };
  // Written out when it is opened, and anew when the card was changed elsewhere: undone, or taken from another text.
  useEffect(() => {
    const left = bench.unread.peek();
    if (left !== null) return void (said.current === null && take(left));
    if (sameValue(said.current, told)) return;
    let wanted = true;
    void post<Written>('markdown/write', { document: told }).then(got => {
      if (!wanted) return;
      setRefused(got.ok ? '' : why(got));
      if (!got.ok) return;
      said.current = told;
      setText(got.value);
      setRead(null);
    });
    return () => void (wanted = false);
  }, [told]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const write = (words: string): void => {
    const next: Written = { ...(text ?? { sv: '', en: null }), [language]: words === '' && language === 'en' ? null : words };
    setText(next);
    bench.leave(next);
    reading.current++;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void take(next), PAUSE_MS);
  };
  const back = async (): Promise<void> => {
    const left = bench.unread.peek();
    if (left !== null) await take(left);
    onBack();
  };
  const findings = (read?.findings ?? []).filter(each => each.language === language);
  const shut = read !== null && read.document === null;
  return (
    <section class="stack editor-text" aria-label={e().asText}>
      <div class="row wrap">
        <button type="button" onClick={() => void back()}>
          {e().toForm}
        </button>
        {english && (
          <div class="chips" role="group" aria-label={e().textLanguage}>
            {(['sv', 'en'] as const).map(each => (
              <button key={each} type="button" aria-pressed={language === each} onClick={() => setLanguage(each)}>
                {e().languageName[each]}
              </button>
            ))}
          </div>
        )}
        {text !== null && <CopyKey words={text[language] ?? ''} />}
      </div>
      {refused !== '' && (
        <Note kind="wrong">
          <p>{refused}</p>
        </Note>
      )}
      {shut && (
        <Note kind="warn">
          <p>{e().textUnreadable}</p>
        </Note>
      )}
      <label class="field">
        <span>{e().textLabel}</span>
        <textarea
          ref={area}
          class="markdown"
          spellcheck={false}
          lang={language}
          data-place="text"
          value={text?.[language] ?? ''}
          disabled={text === null}
          aria-describedby="text-findings"
          onInput={event => write(event.currentTarget.value)}
        />
      </label>
      <ul id="text-findings" class="line-findings">
        {findings.map(({ line, message, severity, code }, at) => (
          <li key={`${line} ${code} ${at}`} class={severity === 'error' ? 'must' : 'advice'}>
            <button type="button" class="plain" onClick={() => area.current !== null && goToLine(area.current, line)}>
              {e().line(line)}
            </button>
            <span>{message}</span>
          </li>
        ))}
      </ul>
      {read !== null && findings.length === 0 && <p class="small">{e().textReads}</p>}
    </section>
  );
}

function goToLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (parseFloat(getComputedStyle(area).lineHeight) || 24) * Math.max(0, line - 4);
}
