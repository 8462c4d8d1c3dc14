/* The same card as text: Markdown to read, copy and write, line by line what is wrong with it. One rule: what can be read is in the form at once; what cannot stays here, as it was written. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChecklistDocument, Language } from '../../core/checklist';
import { language as spoken } from '../../state';
import { CopyKey } from '../../parts/copykey';
import { Note } from '../../parts/note';
import { post } from '../ask';
import type { LineFinding } from '../drafts/beginning';
import { sameValue } from '../drafts/comparing';
import { LinedText } from '../drafts/linefindings';
import { e } from '../text/editor';
import { why } from '../text/frame';
import type { Workbench, Written } from './workbench';

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
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const reading = useRef(0);
  /** The document that the text on the screen says. Steps that have no id in the text have theirs by it. */
  const said = useRef<ChecklistDocument | null>(null);
  /** The text that was read last: whatever came of it, it need not be read again. */
  const last = useRef<Written | null>(null);
  const told = bench.document.value;
  const take = async (written: Written): Promise<void> => {
    clearTimeout(timer.current);
    const mine = ++reading.current;
    const got = await post<ReadText>(`markdown/read?language=${spoken.value}`, { ...written, id: bench.id, document: bench.document.peek() });
    if (mine !== reading.current) return;
    setRefused(got.ok ? '' : why(got));
    if (!got.ok) return;
    last.current = written;
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
    if (left !== null && left !== last.current) await take(left);
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
      <LinedText label={e().textLabel} place="text" value={text === null ? null : (text[language] ?? '')} lang={language} findings={findings} onInput={write} />
      {read !== null && findings.length === 0 && <p class="small">{e().textReads}</p>}
    </section>
  );
}
