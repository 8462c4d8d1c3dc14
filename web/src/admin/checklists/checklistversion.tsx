/* Any version read as it was, on the phone's own page; and any two laid beside each other. One rule: what is not in force says so on top of the page. */
import { useState } from 'preact/hooks';
import { clock, date } from '../../parts/clock';
import { Note } from '../../parts/note';
import { go } from '../../parts/route';
import { w } from '../../parts/words';
import { post, remove } from '../ask';
import { DRAFT } from './checklisthistory';
import { Comparison } from '../drafts/comparison';
import { deskTo, useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import type { DraftView } from '../drafts/drafts';
import { Handset } from '../drafts/handset';
import type { OneChecklist, Version } from './listing';
import { k } from '../text/checklists';
import { why } from '../text/frame';

type Whole = { version: Version; document: DraftView['document'] };

export function ChecklistVersion({ one, shown, again }: { one: OneChecklist; shown: string; again: () => Promise<void> }) {
  const { row, versions } = one;
  const fetched = useFetched<Whole>(`checklists/${row.id}/versions/${shown}`);
  const number = Number(shown);
  const newest = versions[0]?.version ?? 0;
  const title = `${row.title}, ${k().versionWord(number)}`;
  if (fetched.value === null)
    return (
      <Desk room="checklistor" title={fetched.refused?.code === 'not-found' ? k().noSuchVersion : title}>
        {fetched.refused?.code === 'not-found' ? <ToChecklist id={row.id} /> : <Coming of={fetched} />}
      </Desk>
    );
  const { version, document } = fetched.value;
  const band = row.withdrawn !== null ? k().withdrawnBand : number === newest ? '' : k().notInForceBand(number);
  return (
    <Desk room="checklistor" title={title} sub={band === '' ? k().inForce(number) : undefined} aside={<ToChecklist id={row.id} />}>
      <div class="reading">
        <section class="box">
          <p>{k().inForceBy(clock(version.published), version.published_by, version.approved_by ?? '')}</p>
          {version.changes !== '' && <p>{w().changed(version.changes)}</p>}
          <p class="small">
            {k().reviewBy(date(version.review_by))}. {k().owner}: {version.owner || k().noOwner}.
          </p>
          {number !== newest && (
            <>
              <a class="button" href={deskTo('checklistor', row.id, 'jamfor', shown, String(newest))}>
                {k().compareWithNow(newest)}
              </a>
              <StartFrom id={row.id} number={number} again={again} />
            </>
          )}
        </section>
        <Handset document={document} band={band} />
      </div>
    </Desk>
  );
}

/** Going back is a new version: it begins as a draft. */
function StartFrom({ id, number, again }: { id: string; number: number; again: () => Promise<void> }) {
  const [refused, setRefused] = useState('');
  const [inTheWay, setInTheWay] = useState<DraftView | null>(null);
  const start = async (): Promise<void> => {
    const got = await post<DraftView>(`drafts/${id}`, { version: number });
    if (got.ok) return go(deskTo('checklistor', id, 'skriv'));
    if (got.code === 'draft-exists' && got.body['draft'] !== undefined) return setInTheWay(got.body['draft'] as DraftView);
    setRefused(why(got, k().wrong));
  };
  const startAnew = async (): Promise<void> => {
    const got = await remove(`drafts/${id}`);
    if (!got.ok && got.code !== 'not-found') return setRefused(why(got, k().wrong));
    setInTheWay(null);
    await start();
    await again();
  };
  return (
    <>
      {inTheWay === null ? (
        <>
          <button type="button" onClick={() => void start()}>
            {k().startFrom(number)}
          </button>
          <p class="small">{k().startFromWhat(number)}</p>
        </>
      ) : (
        <Note kind="warn">
          <p>{k().draftInTheWay(inTheWay.saved_by.name, clock(inTheWay.saved))}</p>
          <div class="deeds">
            <a class="button" href={deskTo('checklistor', id, 'skriv')}>
              {k().toDraft}
            </a>
            <button type="button" onClick={() => void startAnew()}>
              {k().discardAndStart(number)}
            </button>
          </div>
        </Note>
      )}
      {refused !== '' && (
        <Note kind="wrong">
          <p>{refused}</p>
        </Note>
      )}
    </>
  );
}

/** `before`, `after`: a version's number, or the draft. The same twice: it is only read. */
export function ChecklistComparison({ one: { row }, before, after }: { one: OneChecklist; before: string; after: string }) {
  const pathOf = (which: string): string => (which === DRAFT ? `drafts/${row.id}` : `checklists/${row.id}/versions/${which}`);
  const older = useFetched<{ document: DraftView['document'] }>(pathOf(before));
  const newer = useFetched<{ document: DraftView['document'] }>(pathOf(after));
  const name = (which: string): string => (which === DRAFT ? k().draftWord : k().versionWord(Number(which)));
  const reading = before === after;
  const failed = [older, newer].find(each => each.refused !== null && each.value === null) ?? older;
  return (
    <Desk
      room="checklistor"
      title={row.title || k().draftWord}
      sub={reading ? k().theDraft : k().comparing(name(before), name(after))}
      aside={
        <>
          {!reading && (
            <a class="button" href={deskTo('checklistor', row.id, 'jamfor', after, before)}>
              {k().swap}
            </a>
          )}
          <ToChecklist id={row.id} />
        </>
      }
    >
      {older.value === null || newer.value === null ? (
        <Coming of={failed} own={k().wrong} />
      ) : reading ? (
        <div class="reading">
          <Handset document={newer.value.document} />
        </div>
      ) : (
        <Comparison before={older.value.document} after={newer.value.document} />
      )}
    </Desk>
  );
}

function ToChecklist({ id }: { id: string }) {
  return (
    <a class="button" href={deskTo('checklistor', id)}>
      {k().toChecklist}
    </a>
  );
}
