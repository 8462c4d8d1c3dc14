/* Somebody else came first: the draft that lay here has been published, or thrown away. One rule: the text that was read, and what was typed, are still here, with a way on. */
import { useState } from 'preact/hooks';
import type { ChecklistDocument } from '../../core/checklist';
import { clock } from '../../parts/clock';
import { Note } from '../../parts/note';
import { beginWith } from '../checklists/checklistdraft';
import { compare, total } from '../drafts/comparing';
import { Comparison } from '../drafts/comparison';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import type { OneChecklist } from '../checklists/listing';
import { p } from '../text/publishing';
import { why } from '../text/frame';

interface OutrunProps {
  one: OneChecklist;
  /** The text that was read here. */
  mine: ChecklistDocument;
  /** The version in force when the page was opened. */
  since: number;
  typed: string;
  again: () => Promise<void>;
}

export function Outrun({ one: { row, published, versions }, mine, since, typed, again }: OutrunProps) {
  const [refused, setRefused] = useState('');
  const latest = versions[0];
  const raced = latest !== undefined && latest.version > since && published !== null ? latest : null;
  // What publishing itself sets is no difference of the text.
  const text: ChecklistDocument = published === null || raced === null ? mine : { ...mine, owner: published.owner, review_by: published.review_by };
  const same = raced !== null && total(compare(published, text).counts) === 0;
  const anew = async (): Promise<void> => {
    const got = await beginWith(row.id, mine);
    if (!got.ok) return setRefused(why(got, p().wrong));
    await again();
  };
  return (
    <Desk room="checklistor" title={raced === null ? p().gone : p().outrunTitle(raced.published_by)} sub={row.title}>
      <Note kind="warn">
        <p role="alert">{raced === null ? p().goneWhat : p().outrun(raced.version, raced.published_by, clock(raced.published))}</p>
        {raced !== null && <p>{same ? p().outrunSame : p().outrunDiffers}</p>}
      </Note>
      {raced !== null && !same && <Comparison before={published} after={text} />}
      {typed !== '' && <p class="box">{p().outrunTyped(typed)}</p>}
      {refused !== '' && <p role="alert">{refused}</p>}
      <div class="deeds">
        <a class={same ? 'button main-deed' : 'button'} href={deskTo('checklistor', row.id)}>
          {p().toChecklist}
        </a>
        {!same && (
          <button type="button" onClick={() => void anew()}>
            {p().newDraftOfMine}
          </button>
        )}
      </div>
    </Desk>
  );
}
