/* The desk on which a version is published: what one reads at the left, whose turn it is and the form at the right. One rule: what others did meanwhile is said before anything goes out. */
import { useState } from 'preact/hooks';
import { clock } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { Note } from '../../parts/note';
import { t } from '../../parts/words';
import { language } from '../../state';
import { post, type Refused } from '../ask';
import type { Board } from '../phones/board';
import { Trial } from '../checklists/checklistdraft';
import { compare } from '../drafts/comparing';
import { Comparison, countWords } from '../drafts/comparison';
import { deskTo, type Fetched } from '../desk';
import { Desk } from '../deskframe';
import type { DraftView, Finding, Shelf } from '../drafts/drafts';
import { standingOf } from '../drafts/standing';
import type { Typed } from '../keeping';
import type { OneChecklist } from '../checklists/listing';
import { countPhones } from './published';
import { PublishForm, type Saying, type Told } from './publishform';
import { asSaid, errorsIn, suggest } from './publishing';
import { ChangesRead } from './publishread';
import type { ReadDraft } from './readdraft';
import { RemarkingOn, type Remarking, type Said } from './remarks';
import { HandOver, stageWords, Verdict, Waiting } from './secondperson';
import { me } from '../state';
import { c } from '../text/comparison';
import { why } from '../text/frame';
import { p } from '../text/publishing';
import { r } from '../text/review';
import { UnsavedHere } from './unsavedhere';

interface PublishingProps {
  one: OneChecklist;
  again: () => Promise<void>;
  shelf: Fetched<Shelf>;
  board: Fetched<Board>;
  draft: ReadDraft;
  view: DraftView;
  typed: Typed<Saying>;
  said: Typed<Said>;
  /** The version in force when the page was opened. */
  since: number;
  onDone: (version: number) => void;
}

export function Publishing({ one, again, shelf, board, draft, view, typed, said, since, onDone }: PublishingProps) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Refused | null>(null);
  const { row, published, versions } = one;
  const { document } = view;
  const settings = shelf.value?.settings ?? me.value?.organisation;
  const standing = standingOf(view, me.value?.member.id ?? '');
  const must = settings?.second_person === true;
  const judged = !must || standing === 'approved';
  const findings = failed?.code === 'faulty' ? ((failed.body['findings'] as Finding[] | undefined) ?? view.findings) : view.findings;
  const errors = errorsIn(findings);
  const raced = row.version > since ? versions[0] : undefined;
  const remarked = view.stage === 'handed' || view.stage === 'returned' || view.remarks.length > 0;
  const remarking: Remarking | null = remarked ? { view, typed: said, open: view.stage === 'handed' || view.stage === 'returned', told: draft.told } : null;
  const publish = async (told: Told): Promise<void> => {
    setBusy(true);
    const body = { ...told, changes: asSaid(told.changes), revision: view.revision, version_in_force: row.version };
    const got = await post<{ version: number }>(`drafts/${row.id}/publish?language=${language.value}`, body);
    setBusy(false);
    setFailed(got.ok ? null : got);
    if (got.ok) {
      typed.drop();
      return onDone(got.value.version);
    }
    // How it stands now is said by the page itself, once that is known.
    if (['raced', 'conflict', 'not-found', 'second-person'].includes(got.code)) await Promise.all([again(), draft.again()]);
  };
  const fields = (failed?.body['fields'] as Record<string, string> | undefined) ?? {};
  const wrong = (field: string): string => {
    const code = failed?.code === 'changes' && field === 'changes' ? 'empty' : fields[field];
    return code === undefined ? '' : (p().fieldWrong[field]?.[code] ?? code);
  };
  const turn = { view, told: draft.told, again: draft.again };
  const owners = [...new Set([document.owner, ...versions.map(each => each.owner), ...(shelf.value?.members ?? []).map(each => each.name)])].filter(Boolean);
  return (
    <RemarkingOn.Provider value={remarking}>
      <Desk
        room="checklistor"
        title={standing === 'reading' ? p().readTitle(t(document.title)) : p().title(t(document.title))}
        sub={p().savedBy(clock(view.saved), view.saved_by.name)}
        aside={
          <>
            <a class="button" href={deskTo('checklistor', row.id)}>
              {p().toChecklist}
            </a>
            <a class="button" href={deskTo('checklistor', row.id, 'skriv')}>
              {p().goOnWriting}
            </a>
          </>
        }
      >
        {raced !== undefined && (
          <Note kind="warn">
            <p role="alert">{p().raced(raced.version, raced.published_by, clock(raced.published))}</p>
          </Note>
        )}
        <UnsavedHere view={view} />
        {draft.newer !== null && <Newer held={view} newer={draft.newer} take={draft.takeNewer} />}
        {(standing === 'returned' || standing === 'approved') && (
          <Note kind={standing === 'returned' ? 'warn' : 'calm'} icon={standing === 'returned' ? 'text' : 'check'}>
            <p>{stageWords(view)}</p>
            {view.verdict !== null && view.verdict.note !== '' && <p class="said">{view.verdict.note}</p>}
            {standing === 'returned' && view.verdict?.by.id !== me.value?.member.id && <p>{r().returnedDo}</p>}
          </Note>
        )}
        <div class="split publishing">
          <div class="stack">
            <ChangesRead document={document} published={published} version={row.version} findings={findings} remarked={remarked} />
          </div>
          <div class="stack publish-side">
            <Trial id={row.id} shelf={shelf} view={view} />
            {standing === 'reading' && <Verdict {...turn} typed={said} />}
            {standing === 'waiting' && <Waiting {...turn} />}
            {errors.length > 0 && standing !== 'reading' && (
              <section class="box">
                <h2>{p().publishing}</h2>
                <p>{p().mendFirst(errors.length)}</p>
                <a class="button" href={deskTo('checklistor', row.id, 'skriv')}>
                  {p().mend}
                </a>
              </section>
            )}
            {judged && errors.length === 0 && standing !== 'reading' && (
              <PublishForm
                version={row.version + 1}
                phones={board.value === null ? null : countPhones(board.value).of}
                typed={typed}
                suggestion={suggest(compare(published, document), { base: view.base, inForce: row.version }, { ...p().suggest, field: c().field })}
                owner={document.owner || (me.value?.member.name ?? '')}
                owners={owners}
                months={settings?.review_months ?? 12}
                withdrawn={row.withdrawn !== null}
                busy={busy}
                refused={refusedWords(failed, draft.newer !== null || raced !== undefined)}
                wrong={wrong}
                attempt={failed}
                onPublish={told => void publish(told)}
              />
            )}
            {(standing === 'writing' || standing === 'returned') && <HandOver {...turn} must={must} members={shelf.value?.members ?? []} />}
          </div>
        </div>
      </Desk>
    </RemarkingOn.Provider>
  );
}

/** `said`: the page says it already, at its top. */
function refusedWords(failed: Refused | null, said: boolean): string {
  if (failed === null || failed.code === 'field' || failed.code === 'changes') return '';
  return said && ['raced', 'conflict'].includes(failed.code) ? '' : why(failed, p().wrong);
}

function Newer({ held, newer, take }: { held: DraftView; newer: DraftView; take: () => void }) {
  const what = countWords(compare(held.document, newer.document).counts);
  return (
    <Note kind="warn">
      <p role="alert">{p().changedMeanwhile(newer.saved_by.name, clock(newer.saved), what)}</p>
      <details class="see-what">
        <summary>
          {p().seeWhat}
          <Icon name="down" class="turn" />
        </summary>
        <Comparison before={held.document} after={newer.document} />
      </details>
      <button type="button" onClick={take}>
        {p().showNew}
      </button>
    </Note>
  );
}
