/* The draft of a checklist on its page: whose it is, where it is on its way to being published, and taking it away. One rule: a draft that is thrown away can be had back. */
import { useState } from 'preact/hooks';
import type { ChecklistDocument } from '../../core/checklist';
import { announce } from '../../parts/announce';
import { clock } from '../../parts/clock';
import { Note } from '../../parts/note';
import { go } from '../../parts/route';
import { get, post, put, remove, type Refused } from '../ask';
import { sameValue } from '../drafts/comparing';
import { deskTo, type Fetched } from '../desk';
import type { DraftView, Shelf } from '../drafts/drafts';
import type { Row } from './listing';
import { k } from '../text/checklists';
import { why } from '../text/frame';

export interface Fresh {
  /** Why the last deed was not done; ''. */
  refused: string;
  /** What was thrown away here, until it is had back. */
  discarded: ChecklistDocument | null;
  /** Another one for each draft. */
  drafts: number;
  rewrite: () => Promise<void>;
  discard: () => Promise<void>;
  bringBack: () => Promise<void>;
}

export function useFresh(id: string, again: () => Promise<void>): Fresh {
  const [refused, setRefused] = useState('');
  const [discarded, setDiscarded] = useState<ChecklistDocument | null>(null);
  const [drafts, setDrafts] = useState(0);
  const refuse = (got: Refused): void => setRefused(why(got, k().wrong));
  return {
    refused,
    discarded,
    drafts,
    rewrite: async () => {
      const got = await post<DraftView>(`drafts/${id}`);
      if (got.ok) go(deskTo('checklistor', id, 'skriv'));
      else refuse(got);
    },
    discard: async () => {
      setRefused('');
      const held = await get<DraftView>(`drafts/${id}`);
      const got = held.ok ? await remove(`drafts/${id}`) : held;
      if (!got.ok) return refuse(got);
      if (held.ok) setDiscarded(held.value.document);
      announce(`${k().discarded} ${k().undo}.`);
      await again();
    },
    bringBack: async () => {
      if (discarded === null) return;
      const got = await beginWith(id, discarded);
      if (!got.ok) return refuse(got);
      setDiscarded(null);
      setDrafts(drafts + 1);
      await again();
    },
  };
}

/** A draft with this text: a new one, or as a text of the one that somebody has begun meanwhile. */
export async function beginWith(id: string, document: ChecklistDocument) {
  const begun = await post<DraftView>(`drafts/${id}`);
  if (!begun.ok || sameValue(begun.value.document, document)) return begun;
  return put<{ revision: number }>(`drafts/${id}`, { revision: begun.value.revision, document });
}

interface DraftBoxProps {
  row: Row;
  fresh: Fresh;
  /** null: not here yet. */
  view: DraftView | null;
  shelf: Fetched<Shelf>;
  again: () => Promise<void>;
}

export function DraftBox({ row, fresh, view, shelf, again }: DraftBoxProps) {
  const { draft, id } = row;
  if (fresh.discarded !== null)
    return (
      <Note>
        <p role="status">
          {k().discarded} {k().discardedWhat}
        </p>
        <button type="button" onClick={() => void fresh.bringBack()}>
          {k().undo}
        </button>
      </Note>
    );
  if (draft === null) return null;
  return (
    <section class="box lit">
      <h2>
        {k().theDraft} {draft.stage !== 'writing' && <span class={`tag stage ${draft.stage}`}>{k().stage[draft.stage]}</span>}
      </h2>
      <p>
        {k().draftBy(draft.saved_by.name, clock(draft.saved))} {draft.base > 0 && k().draftAfter(draft.base)}
      </p>
      {view !== null && <Standing view={view} />}
      <Trial id={id} shelf={shelf} view={view} again={again} />
      <div class="deeds">
        <a class="button" href={deskTo('checklistor', id, 'jamfor', row.version === 0 ? 'utkast' : String(row.version), 'utkast')}>
          {row.version === 0 ? k().readDraft : k().compareWithNow(row.version)}
        </a>
        <button type="button" onClick={() => void fresh.discard()}>
          {k().discard}
        </button>
      </div>
    </section>
  );
}

/** Who has it, and what was said of it. */
function Standing({ view: { stage, handed, verdict, remarks } }: { view: DraftView }) {
  const left = remarks.filter(remark => !remark.settled).length;
  const lines = [
    stage === 'handed' && handed !== null ? `${k().handedTo(handed.to?.name ?? '', clock(handed.at))}${handed.note === '' ? '' : ` ”${handed.note}”`}` : '',
    stage === 'returned' && verdict !== null ? k().returnedBy(verdict.by.name, clock(verdict.at), verdict.note) : '',
    stage === 'approved' && verdict !== null ? k().approvedBy(verdict.by.name, clock(verdict.at)) : '',
    left > 0 ? `${k().remarksLeft(left)}.` : '',
  ].filter(Boolean);
  return lines.length === 0 ? null : <p>{lines.join(' ')}</p>;
}

/** That the draft lies on the clerk's own phone, and taking it off. */
export function Trial({ id, shelf, view, again }: { id: string; shelf: Fetched<Shelf>; view: DraftView | null; again?: () => Promise<void> }) {
  const [told, setTold] = useState('');
  const trial = shelf.value?.manifest.trials?.find(each => each.id === id);
  const take = async (): Promise<void> => {
    const got = await remove(`trials/${id}`);
    setTold(got.ok || got.code === 'not-found' ? k().trialTaken : why(got));
    await Promise.all([shelf.again(), again?.()]);
  };
  if (trial === undefined) return told === '' ? null : <p role="status">{told}</p>;
  return (
    <div class="trial-out">
      <p>
        <span class="tag draft">{k().theDraft.toUpperCase()}</span> {view?.trial?.phones === 0 ? k().trialWaits : k().trialOut(clock(trial.sent))} {told}
      </p>
      <button type="button" onClick={() => void take()}>
        {k().trialTake}
      </button>
    </div>
  );
}
