/* Over the editor: how the draft stands, in words, and what one can do with it. One rule: "saved" is said only when the server has said it. */
import { useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { clock } from '../../parts/clock';
import { go } from '../../parts/route';
import { now } from '../../state';
import { put, remove } from '../ask';
import { total } from '../drafts/comparing';
import { deskTo } from '../desk';
import type { DraftView } from '../drafts/drafts';
import { DeskIcon } from '../drawings';
import { placeOf } from './findings';
import type { SaveState } from './saving';
import { c } from '../text/comparison';
import { e } from '../text/editor';
import { why } from '../text/frame';
import type { Workbench } from './workbench';

export type Shown = 'form' | 'text' | 'compare';

/** "Utkast efter v4 · sparat 14:02 · 3 ändringar" */
/** `onGo`: to where something is mended. */
export function DraftLine({ bench, onGo }: { bench: Workbench; onGo: (place: string) => void }) {
  const { base } = bench.draft.value;
  const faults = bench.findings.value.filter(finding => finding.severity === 'error');
  const [first] = faults;
  return (
    <span class="draft-line">
      <span>{base === 0 ? e().draftNew : e().draftAfter(base)}</span>
      <SavedWords state={bench.saved.value} />
      {base > 0 && <span>{c().changes(total(bench.counts.value))}</span>}
      {first !== undefined && (
        <span>
          <button type="button" class="plain faults-key" onClick={() => onGo(placeOf(first))}>
            {e().faults(faults.length)}
          </button>
        </span>
      )}
    </span>
  );
}

/** That all is well is seen, not told again and again to whoever listens; that it is not, is told. */
function SavedWords({ state }: { state: SaveState }) {
  const trouble = state.what === 'unsaved' || state.what === 'conflict';
  return (
    <>
      <span class={trouble ? 'strong light' : undefined}>{saveWords(state)}</span>
      <span class="hidden" role="status">
        {trouble ? saveWords(state) : ''}
      </span>
    </>
  );
}

export function saveWords(state: SaveState): string {
  switch (state.what) {
    case 'saved':
      return e().savedAt(clock(state.at));
    case 'waiting':
    case 'saving':
      return e().saving;
    case 'conflict':
      return e().savedNotConflict;
    case 'unsaved':
      return `${e().notSaved[state.why]} ${e().keptHere}`;
  }
}

interface DeedsProps {
  bench: Workbench;
  view: Shown;
  onView: (view: Shown) => void;
}

export function DraftDeeds({ bench, view, onView }: DeedsProps) {
  const { base } = bench.draft.value;
  const [busy, setBusy] = useState(false);
  const publish = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const saved = await bench.saver.flush();
    setBusy(false);
    if (saved) go(deskTo('checklistor', bench.id, 'faststall'));
    else announce(saveWords(bench.saved.value));
  };
  return (
    <>
      <button type="button" data-place="as-text" aria-pressed={view === 'text'} onClick={() => onView(view === 'text' ? 'form' : 'text')}>
        {e().asText}
      </button>
      {base > 0 && (
        <button type="button" data-place="as-compared" aria-pressed={view === 'compare'} onClick={() => onView(view === 'compare' ? 'form' : 'compare')}>
          {e().compareWith(base)}
        </button>
      )}
      <TrialKey bench={bench} />
      <button type="button" class="main-deed" disabled={busy} onClick={() => void publish()}>
        {e().publish}
      </button>
    </>
  );
}

/** To the clerk's own phones, and away from them again. */
function TrialKey({ bench }: { bench: Workbench }) {
  const [told, setTold] = useState('');
  const { trial } = bench.draft.value;
  const out = trial !== null && trial.phones > 0;
  const lies = (next: DraftView['trial']): void => void (bench.draft.value = { ...bench.draft.value, trial: next });
  const send = async (): Promise<void> => {
    setTold(e().saving);
    const saved = await bench.saver.flush();
    const got = saved ? await put<{ phones: number }>(`trials/${bench.id}`, { revision: bench.saver.revision }) : null;
    const words = got === null ? saveWords(bench.saved.value) : got.ok ? e().trialSent(got.value.phones) : why(got, e().wrong);
    if (got?.ok === true) lies({ sent: now.value, phones: got.value.phones, same: bench.saver.clean });
    setTold(words);
    announce(words);
  };
  const takeBack = async (): Promise<void> => {
    const got = await remove(`trials/${bench.id}`);
    const gone = got.ok || got.code === 'not-found';
    if (gone) lies(null);
    setTold(gone ? e().trialTaken : why(got));
  };
  const words = told !== '' && (!out || trial.same) ? told : out ? e().trialOut(clock(trial.sent), trial.same) : '';
  return (
    <>
      <button type="button" onClick={() => void send()}>
        {out ? e().trialAgain : e().trial}
      </button>
      {words !== '' && (
        <p class="small trial-told" role="status">
          {words}{' '}
          {out && (
            <button type="button" class="plain" onClick={() => void takeBack()}>
              {e().trialTake}
            </button>
          )}
        </p>
      )}
    </>
  );
}

/** Keys that help, undo and redo, English beside. */
export function EditorBar({
  bench,
  english,
  canEnglish,
  onEnglish,
}: {
  bench: Workbench;
  english: boolean;
  canEnglish: boolean;
  onEnglish: (on: boolean) => void;
}) {
  const { past, future } = bench.editing.value;
  return (
    <div class="editor-bar">
      <p class="small grow key-help">{e().keyHelp}</p>
      {canEnglish && (
        <button type="button" aria-pressed={english} onClick={() => onEnglish(!english)}>
          {e().english}
        </button>
      )}
      <button type="button" class="icon-key" aria-label={e().undo} title={e().undo} disabled={past.length === 0} onClick={() => bench.undo()}>
        <DeskIcon name="undo" />
      </button>
      <button type="button" class="icon-key" aria-label={e().redo} title={e().redo} disabled={future.length === 0} onClick={() => bench.redo()}>
        <DeskIcon name="redo" />
      </button>
    </div>
  );
}
