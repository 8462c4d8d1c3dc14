/* The editor of a draft: written at the left, the phone's own view at the right, alive. One rule: whatever happens to the line, the seat or the tab, what was written is kept. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { t } from '../../parts/words';
import { wide } from '../../parts/wide';
import { language } from '../../state';
import { get, post, type Refused } from '../ask';
import { Comparison } from '../drafts/comparison';
import { deskTo } from '../desk';
import { Coming, Desk } from '../deskframe';
import type { DraftView } from '../drafts/drafts';
import { EditorChoice } from './editorchoice';
import { EditorFront } from './editorfront';
import { DraftDeeds, DraftLine, EditorBar, type Shown } from './editorhead';
import { Asides, EditorNotes } from './editornotes';
import { AddPhase, EditorPhase } from './editorphase';
import { EditorText } from './editortext';
import { Handset } from '../drafts/handset';
import { useShelf } from '../drafts/lending';
import { useFocus } from './lines';
import { me } from '../state';
import { d } from '../text/drafts';
import { e } from '../text/editor';
import { Workbench } from './workbench';
import '../look/editor.css';

export function EditorScreen({ id }: { id: string }) {
  const [bench, setBench] = useState<Workbench | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const shelf = useShelf();
  const load = async (begin = false): Promise<void> => {
    const path = `drafts/${id}?language=${language.peek()}`;
    const got = await (begin ? post<DraftView>(path) : get<DraftView>(path));
    setRefused(got.ok ? null : got);
    if (!got.ok) return;
    const laid = await Workbench.lay(id, got.value);
    // Blank: one begins to write.
    if (got.value.base === 0 && got.value.document.trigger.sv === '') laid.focus.value = { place: 'front-trigger' };
    setBench(laid);
  };
  useEffect(() => void load(), [id]);
  useEffect(() => () => void bench?.saver.flush().then(() => bench.saver.stop()), [bench]);
  if (refused !== null && refused.code === 'not-found')
    return (
      <Desk room="checklistor" title={e().noDraft}>
        <p>{e().noDraftWhat}</p>
        <div class="deeds">
          <button type="button" class="main-deed" onClick={() => void load(true)}>
            {e().beginDraft}
          </button>
          <a class="button" href={deskTo('checklistor')}>
            {e().toList}
          </a>
        </div>
      </Desk>
    );
  if (bench === null || (shelf.value === null && shelf.refused === null))
    return (
      <Desk room="checklistor" title={e().draft}>
        <Coming of={{ refused, again: () => load() }} />
      </Desk>
    );
  return <Editing bench={bench} languages={shelf.value?.settings.languages ?? me.value?.organisation.languages ?? ['sv']} />;
}

function Editing({ bench, languages }: { bench: Workbench; languages: readonly string[] }) {
  const [view, setView] = useState<Shown>('form');
  const [tab, setTab] = useState<'write' | 'phone'>('write');
  const [english, setEnglish] = useState(false);
  const rival = bench.rival.value;
  const document = bench.document.value;
  const room = useRef<HTMLDivElement>(null);
  const canEnglish = languages.includes('en');
  const both = english && canEnglish;
  useFocus(bench);
  useWakes(bench);
  const keys = (event: KeyboardEvent): void => {
    const { target } = event;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || rival !== null || !(target instanceof HTMLElement)) return;
    // A search and the text have their own.
    if (target.dataset['place'] === 'text' || (target.role === 'combobox' && target instanceof HTMLInputElement && target.value !== '')) return;
    const key = event.key.toLowerCase();
    const which = key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' && !event.shiftKey ? 'redo' : null;
    if (which === null) return;
    event.preventDefault();
    bench[which]();
    announce(which === 'undo' ? e().undone : e().redone);
  };
  /** To the form, with the focus in that place. */
  const back = (place: string): void => {
    setView('form');
    setTab('write');
    bench.focus.value = { place };
  };
  const paper = (
    <div class="editor stack" ref={room}>
      <EditorNotes bench={bench} />
      {bench.unread.value !== null && view !== 'text' && (
        <p class="note warn">
          <span>{e().textWaits}</span>
          <button type="button" onClick={() => setView('text')}>
            {e().toText}
          </button>
        </p>
      )}
      {view === 'text' ? (
        <EditorText bench={bench} english={canEnglish} onBack={() => back('as-text')} />
      ) : view === 'compare' ? (
        <section class="stack" aria-label={e().compareWith(bench.draft.value.base)}>
          <button type="button" class="back-key" onClick={() => back('as-compared')}>
            {e().toForm}
          </button>
          <Comparison before={bench.draft.value.published} after={document} />
        </section>
      ) : (
        <>
          <EditorBar bench={bench} english={both} canEnglish={canEnglish} onEnglish={setEnglish} />
          <EditorFront bench={bench} english={both} />
          {document.phases.map(phase => (
            <EditorPhase key={phase.id} bench={bench} phase={phase} english={both} />
          ))}
          <AddPhase bench={bench} />
          <Asides bench={bench} />
        </>
      )}
    </div>
  );
  return (
    <div onKeyDown={keys}>
      <Desk
        room="checklistor"
        wide
        title={t(document.title) || e().untitled}
        sub={<DraftLine bench={bench} onGo={back} />}
        aside={rival === null ? <DraftDeeds bench={bench} view={view} onView={setView} /> : undefined}
      >
        {rival !== null ? (
          <EditorChoice bench={bench} rival={rival} />
        ) : wide.value ? (
          <div class="split editor-split">
            {paper}
            <Handset document={document} here={bench.here.value} />
          </div>
        ) : (
          <>
            <div class="tabs" role="tablist" aria-label={e().views}>
              {(['write', 'phone'] as const).map(each => (
                <button
                  key={each}
                  type="button"
                  role="tab"
                  id={`tab-${each}`}
                  aria-selected={tab === each}
                  aria-controls="editor-panel"
                  onClick={() => setTab(each)}
                >
                  {each === 'write' ? e().tabWrite : e().tabPhone}
                </button>
              ))}
            </div>
            <div id="editor-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
              {tab === 'write' ? paper : <Handset document={document} />}
            </div>
          </>
        )}
      </Desk>
    </div>
  );
}

/** What makes the saver try again, and what others wrote be seen: the network, a new seat, the window looked at again. */
function useWakes(bench: Workbench): void {
  const seat = me.value?.seat;
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) bench.saver.wake();
    first.current = false;
  }, [seat]);
  useEffect(() => {
    const online = (): void => bench.saver.wake();
    const look = (): void => {
      if (globalThis.document.visibilityState === 'hidden') void bench.saver.flush();
      else void bench.look().then(name => name !== '' && announce(d().takenIn(name)));
    };
    addEventListener('online', online);
    globalThis.document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('online', online);
      globalThis.document.removeEventListener('visibilitychange', look);
    };
  }, [bench]);
}
