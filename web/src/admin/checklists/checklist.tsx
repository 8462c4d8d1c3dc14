/* One checklist: what is in force, what is being written, and all that has been. One rule: everything that can be done with it is said in words before it is done. */
import { now } from '../../state';
import { clock, date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { Note } from '../../parts/note';
import { path } from '../../parts/route';
import { wide } from '../../parts/wide';
import { w } from '../../parts/words';
import { useHeading } from '../arriving';
import { DraftBox, useFresh } from './checklistdraft';
import { History } from './checklisthistory';
import { ReviewState } from './checkliststate';
import { ChecklistComparison, ChecklistVersion } from './checklistversion';
import { RestoreKey, WithdrawKey } from './checklistwithdrawal';
import { deskTo, useFetched, type Fetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import type { DraftView, Shelf } from '../drafts/drafts';
import { Handset } from '../drafts/handset';
import { useShelf } from '../drafts/lending';
import { standingOf } from '../drafts/standing';
import { dayOf, isOverdue, type OneChecklist } from './listing';
import { me } from '../state';
import { k } from '../text/checklists';
import '../look/checklists.css';
import '../look/editor.css';

export function ChecklistScreen({ id }: { id: string }) {
  const [, , , , what, first, second] = path.value;
  const one = useFetched<OneChecklist>(`checklists/${id}`);
  const shelf = useShelf();
  useHeading(one.value !== null);
  if (one.value === null)
    return one.refused?.code === 'not-found' ? (
      <Desk room="checklistor" title={k().noSuch}>
        <p>{k().noSuchWhat}</p>
        <ToList />
      </Desk>
    ) : (
      <Desk room="checklistor" title={k().title}>
        <Coming of={one} />
      </Desk>
    );
  if (what === 'version' && first !== undefined) return <ChecklistVersion key={first} one={one.value} again={one.again} shown={first} />;
  if (what === 'jamfor' && first !== undefined && second !== undefined) return <ChecklistComparison one={one.value} before={first} after={second} />;
  return <Page one={one.value} fetched={one} shelf={shelf} />;
}

function Page({ one, fetched, shelf }: { one: OneChecklist; fetched: Fetched<OneChecklist>; shelf: Fetched<Shelf> }) {
  const { row, published, versions } = one;
  const { id, withdrawn, draft } = row;
  const fresh = useFresh(id, fetched.again);
  const view = useFetched<DraftView>(draft === null || fresh.discarded !== null ? null : `drafts/${id}`);
  const latest = versions[0];
  const pictured = published ?? view.value?.document ?? null;
  return (
    <Desk
      room="checklistor"
      title={row.title || k().draftWord}
      sub={`${row.kind === 'role-card' ? w().roleCard : w().actionCard} · ${k().steps(row.steps)}`}
      aside={
        <>
          {draft === null ? (
            <button type="button" class="main-deed" onClick={() => void fresh.rewrite()}>
              {k().rewrite}
            </button>
          ) : (
            <>
              <a class="button" href={deskTo('checklistor', id, 'skriv')}>
                {k().goOnWriting}
              </a>
              <a class="button main-deed" href={deskTo('checklistor', id, 'faststall')}>
                {view.value?.stage !== 'handed'
                  ? k().publish
                  : standingOf(view.value, me.value?.member.id ?? '') === 'reading'
                    ? k().readAndJudge
                    : k().seeReading}
              </a>
            </>
          )}
        </>
      }
    >
      <div class="split">
        <div class="stack">
          {fresh.refused !== '' && (
            <Note kind="wrong">
              <p>{fresh.refused}</p>
            </Note>
          )}
          {withdrawn !== null && (
            <Note kind="warn" icon="minus">
              <p>{k().withdrawnBy(withdrawn.by, clock(withdrawn.at), withdrawn.why)}</p>
              <p>{k().withdrawnWhat}</p>
              <RestoreKey id={id} again={fetched.again} />
            </Note>
          )}
          <section class="box">
            {latest === undefined ? (
              <>
                <h2>{k().notInForce}</h2>
                <p>{k().notInForceWhat}</p>
              </>
            ) : (
              <>
                <h2>{withdrawn === null ? k().inForce(latest.version) : k().noLonger(latest.version)}</h2>
                <p>{k().inForceBy(clock(latest.published), latest.published_by, latest.approved_by ?? '')}</p>
                {latest.changes !== '' && <p>{w().changed(latest.changes)}</p>}
                <dl class="facts-row">
                  <div>
                    <dt>{k().reviewLatest}</dt>
                    <dd>{withdrawn === null && isOverdue(row, dayOf(now.value)) ? <ReviewState row={row} /> : date(latest.review_by)}</dd>
                  </div>
                  <div>
                    <dt>{k().owner}</dt>
                    <dd>{latest.owner || k().noOwner}</dd>
                  </div>
                  <div>
                    <dt>{k().lastPractised}</dt>
                    <dd>{row.practised === null ? k().never : date(row.practised)}</dd>
                  </div>
                </dl>
                {!wide.value && (
                  <a class="button" href={deskTo('checklistor', id, 'version', String(latest.version))}>
                    <Icon name="binder" />
                    {k().read(latest.version)}
                  </a>
                )}
              </>
            )}
          </section>
          <DraftBox key={fresh.drafts} row={row} fresh={fresh} view={view.value} shelf={shelf} again={fetched.again} />
          <History one={one} />
          {latest !== undefined && withdrawn === null && <WithdrawKey id={id} title={row.title} again={fetched.again} />}
          <ToList />
        </div>
        {wide.value && pictured !== null && (
          <div class="phone-beside">
            <Handset document={pictured} {...(published !== null && { band: withdrawn === null ? '' : k().withdrawnBand })} />
          </div>
        )}
      </div>
    </Desk>
  );
}

export function ToList() {
  return (
    <a class="button quiet-way" href={deskTo('checklistor')}>
      <Icon name="left" />
      {k().toList}
    </a>
  );
}
