/* A new checklist from Markdown files. One rule: it is read before it is made: one sees what will come of it, or on which line it cannot be read, and mends it here. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChecklistDocument } from '../../core/checklist';
import { Note } from '../../parts/note';
import { t } from '../../parts/words';
import { language as spoken } from '../../state';
import { post } from '../ask';
import { readText, type LineFinding, type Making } from '../drafts/beginning';
import { LinedText } from '../drafts/linefindings';
import { BeginKey } from './newwritten';
import { n } from '../text/newchecklist';
import { why } from '../text/frame';

interface Read {
  document: ChecklistDocument | null;
  findings: LineFinding[];
}
const PAUSE_MS = 600;

export function MarkdownWay({ of }: { of: Making }) {
  const { sv, en, names } = of.typed.value;
  const [read, setRead] = useState<Read | null>(null);
  const [refused, setRefused] = useState('');
  const latest = useRef(0);
  const markdown = { sv, en: en === '' ? null : en };
  useEffect(() => {
    const mine = ++latest.current;
    setRead(null);
    if (sv.trim() === '') return;
    const timer = setTimeout(
      () =>
        void post<Read>(`markdown/read?language=${spoken.value}`, markdown).then(got => {
          if (mine !== latest.current) return;
          setRefused(got.ok ? '' : why(got, n().wrong));
          if (got.ok) setRead(got.value);
        }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [sv, en]);
  const open = async (which: 'sv' | 'en', file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const got = await readText(file);
    setRefused('wrong' in got ? n()[got.wrong](file.name) : '');
    if ('text' in got) of.typed.set({ [which]: got.text, names: { ...names, [which]: file.name } });
  };
  const findings = read?.findings ?? of.findings ?? [];
  const document = read?.document ?? null;
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        of.send({ markdown });
      }}
    >
      <FileField label={n().fileSv} name={names.sv} onOpen={file => void open('sv', file)} />
      <FileField label={n().fileEn} name={names.en} onOpen={file => void open('en', file)} />
      {refused !== '' && (
        <Note kind="wrong">
          <p>{refused}</p>
        </Note>
      )}
      {sv !== '' && (
        <>
          <div role="status">
            {read === null ? (
              refused === '' && <p class="small">{n().reading}</p>
            ) : document === null ? (
              <Note kind="warn">
                <p>{n().unreadable}</p>
              </Note>
            ) : (
              <Note icon="check">
                <p class="strong">
                  {n().fileWhat(
                    t(document.title),
                    document.phases.length,
                    document.phases.reduce((sum, phase) => sum + phase.steps.length, 0),
                  )}
                </p>
                <p>{findings.length === 0 ? n().readOk : n().adviceToo}</p>
              </Note>
            )}
          </div>
          <LinedText
            label={names.sv === '' ? n().inSwedish : names.sv}
            value={sv}
            lang="sv"
            findings={findings.filter(each => each.language === 'sv')}
            onInput={value => of.typed.set({ sv: value })}
          />
          {en !== '' && (
            <LinedText
              label={names.en === '' ? n().inEnglish : names.en}
              value={en}
              lang="en"
              findings={findings.filter(each => each.language === 'en')}
              onInput={value => of.typed.set({ en: value })}
            />
          )}
          {document !== null && <BeginKey of={of} />}
        </>
      )}
    </form>
  );
}

function FileField({ label, name, onOpen }: { label: string; name: string; onOpen: (file: File | undefined) => void }) {
  // The browser says the name itself, but for a file that was opened before the page was.
  const [opened, setOpened] = useState(false);
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="file"
        accept=".md,.markdown,.txt,text/markdown,text/plain"
        onChange={event => {
          setOpened(true);
          onOpen(event.currentTarget.files?.[0]);
        }}
      />
      {name !== '' && !opened && <small>{name}</small>}
    </label>
  );
}
