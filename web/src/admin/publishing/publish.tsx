/* Fastställ: the draft, what is in force, and what has been typed here, brought together. One rule: what is published is the very text that stands on the screen. */
import { useEffect, useState } from 'preact/hooks';
import { useHeading } from '../arriving';
import type { Board } from '../phones/board';
import { deskTo, useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { useTyped } from '../keeping';
import { useShelf } from '../drafts/lending';
import type { OneChecklist } from '../checklists/listing';
import { Outrun } from './outrun';
import { Published } from './published';
import { Publishing } from './publishdesk';
import type { Saying } from './publishform';
import { useReadDraft } from './readdraft';
import type { Said } from './remarks';
import { p } from '../text/publishing';
import '../look/checklists.css';
import '../look/editor.css';

const NOTHING_TYPED: Saying = { changes: '', review_by: null, owner: null };
const NOTHING_SAID: Said = { note: '', remarks: {} };

export function PublishScreen({ id }: { id: string }) {
  const one = useFetched<OneChecklist>(`checklists/${id}`);
  const shelf = useShelf();
  const board = useFetched<Board>('readiness');
  const draft = useReadDraft(id);
  const typed = useTyped(`publish/${id}`, NOTHING_TYPED);
  const said = useTyped(`said/${id}`, NOTHING_SAID);
  const [since, setSince] = useState<number | null>(null);
  const [done, setDone] = useState<number | null>(null);
  useEffect(() => {
    if (since === null && one.value !== null) setSince(one.value.row.version);
  }, [one.value, since]);
  const [known, setKnown] = useState(false);
  // Whether it was published or thrown away is told only once that is known.
  useEffect(() => {
    setKnown(false);
    if (draft.gone) void one.again().then(() => setKnown(true));
  }, [draft.gone]);
  useHeading(one.value !== null && draft.view !== null && typed !== null && said !== null);
  if (done !== null) return <Published id={id} title={one.value?.row.title ?? ''} version={done} />;
  if (draft.view === null && draft.refused?.code === 'not-found')
    return (
      <Desk room="checklistor" title={p().noDraft}>
        <p>{p().noDraftWhat}</p>
        <div class="deeds">
          <a class="button main-deed" href={deskTo('checklistor', id)}>
            {p().toChecklist}
          </a>
        </div>
      </Desk>
    );
  if (one.value === null || draft.view === null || typed === null || said === null || (draft.gone && !known))
    return (
      <Desk room="checklistor" title={p().publishing}>
        <Coming of={draft.refused !== null && !draft.gone ? draft : one} />
      </Desk>
    );
  if (draft.gone)
    return (
      <Outrun
        one={one.value}
        mine={draft.view.document}
        since={since ?? one.value.row.version}
        typed={typed.value.changes}
        again={async () => {
          setSince(null);
          await Promise.all([one.again(), draft.again()]);
        }}
      />
    );
  return (
    <Publishing
      one={one.value}
      again={one.again}
      {...{ shelf, board, draft, typed, said }}
      view={draft.view}
      since={since ?? one.value.row.version}
      onDone={setDone}
    />
  );
}
