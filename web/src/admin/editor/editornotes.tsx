/* What must be known of the draft while one writes: who is reading it, what a reader has said, other texts, what hinders saving. One rule: a note says what is and what to do, and covers nothing. */
import { useState } from 'preact/hooks';
import type { ChecklistDocument } from '../../core/checklist';
import { clock } from '../../parts/clock';
import { Note } from '../../parts/note';
import { get, put } from '../ask';
import { Comparison } from '../drafts/comparison';
import { findStep } from '../drafts/editing';
import { aboutAll, Findings } from './findings';
import { d } from '../text/drafts';
import { e } from '../text/editor';
import { why } from '../text/frame';
import type { Workbench } from './workbench';

export function EditorNotes({ bench }: { bench: Workbench }) {
  const { stage, handed, verdict } = bench.draft.value;
  const saved = bench.saved.value;
  return (
    <>
      {saved.what === 'unsaved' && saved.why === 'gone' && (
        <Note kind="wrong">
          <p>{d().draftGone}</p>
          <button type="button" onClick={() => void bench.beginAnew()}>
            {d().draftAnew}
          </button>
        </Note>
      )}
      {saved.what === 'unsaved' && (saved.why === 'role' || saved.why === 'other') && (
        <Note kind="wrong">
          <p>
            {e().notSavedBecause(why({ code: saved.why, message: saved.message }))} {e().keptHere}
          </p>
        </Note>
      )}
      {stage === 'handed' && handed !== null && (
        <Note icon="clock">
          <p>
            {d().handedTo(handed.to?.name ?? '', clock(handed.at))}
            {handed.note !== '' && ` ”${handed.note}”`} {d().handedWhat}
          </p>
        </Note>
      )}
      {verdict !== null && (stage === 'approved' || verdict.what === 'returned') && (
        <Note kind={verdict.what === 'returned' ? 'warn' : 'calm'} icon={verdict.what === 'returned' ? 'text' : 'check'}>
          <p>
            {verdict.what === 'returned' ? d().returnedBy(verdict.by.name, clock(verdict.at)) : d().approvedBy(verdict.by.name, clock(verdict.at))}
            {verdict.note !== '' && ` ”${verdict.note}”`}
          </p>
        </Note>
      )}
      <Remarks bench={bench} step="" />
      <Findings of={aboutAll(bench)} />
    </>
  );
}

/** At its step; those about the whole, and about steps that are gone, stand at the top. */
export function Remarks({ bench, step }: { bench: Workbench; step: string }) {
  const all = bench.draft.value.remarks.filter(
    remark => !remark.settled && (step === '' ? remark.step === '' || findStep(bench.document.value, remark.step) === null : remark.step === step),
  );
  if (all.length === 0) return null;
  return (
    <ul class="remarks">
      {all.map(remark => (
        <li key={remark.id}>
          <p>
            <b>{remark.by.name}</b> <small>{clock(remark.at)}</small>
            <br />
            {step === '' && remark.step !== '' && <small class="about">{d().aboutGone(remark.words)}</small>}
            {remark.text}
          </p>
          <button type="button" onClick={() => void bench.tell(`remarks/${remark.id}`, { settled: true }, put)}>
            {d().settled}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What was saved at the same time as something else, or thrown away. */
export function Asides({ bench }: { bench: Workbench }) {
  const { asides } = bench.draft.value;
  const [read, setRead] = useState<{ text: number; document: ChecklistDocument } | null>(null);
  const [refused, setRefused] = useState('');
  const open = async (text: number): Promise<void> => {
    if (read?.text === text) return setRead(null);
    const got = await get<{ document: ChecklistDocument }>(`drafts/${bench.id}/texts/${text}`);
    setRefused(got.ok ? '' : why(got));
    if (got.ok) setRead({ text, document: got.value.document });
  };
  if (asides.length === 0) return null;
  return (
    <details class="box asides">
      <summary class="row">
        <span class="grow strong">{d().otherTexts(asides.length)}</span>
      </summary>
      <p class="small">{d().otherTextsWhat}</p>
      {refused !== '' && <p role="alert">{refused}</p>}
      <ul class="stack">
        {asides.map(aside => (
          <li key={aside.text} class="stack tight">
            <p>
              {d().asideFrom(aside.saved_by.name, clock(aside.saved))} <small>{d().asideWhy[aside.why]}</small>
            </p>
            <div class="deeds">
              <button type="button" aria-expanded={read?.text === aside.text} onClick={() => void open(aside.text)}>
                {d().readAndCompare}
              </button>
              {read?.text === aside.text && (
                <button type="button" onClick={() => bench.act(read.document, 'front-title')}>
                  {d().takeThisText}
                </button>
              )}
            </div>
            {read?.text === aside.text && (
              <>
                <p class="small">{d().comparedWithYours}</p>
                <Comparison before={bench.document.value} after={read.document} />
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
