/* All versions there have been: when, who, why, and who read it. One rule: each of them can be read, and laid beside any other. */
import { useState } from 'preact/hooks';
import { clock } from '../../parts/clock';
import { go } from '../../parts/route';
import { deskTo } from '../desk';
import type { OneChecklist } from './listing';
import { k } from '../text/checklists';

/** In an address where a version's number stands. */
export const DRAFT = 'utkast';

export function History({ one: { row, versions } }: { one: OneChecklist }) {
  const [all, setAll] = useState(false);
  const seen = all ? versions : versions.slice(0, 5);
  return (
    <section class="box">
      <h2>{k().history}</h2>
      {versions.length === 0 && <p>{k().historyNone}</p>}
      {versions.length > 0 && (
        <ol class="history">
          {seen.map(({ version, published, published_by, approved_by, changes }, at) => (
            <li key={version}>
              <div class="grow">
                <p>
                  <b>{k().version(version)}</b> {at === 0 && row.withdrawn === null && <span class="tag good">{k().now}</span>}{' '}
                  <small>{k().by(published_by, clock(published))}</small>
                </p>
                {changes !== '' && <p>{changes}</p>}
                {approved_by !== null && <p class="small">{k().approved(approved_by)}</p>}
              </div>
              <a class="button" href={deskTo('checklistor', row.id, 'version', String(version))} aria-label={k().read(version)}>
                {k().readShort}
              </a>
            </li>
          ))}
        </ol>
      )}
      {versions.length > seen.length && (
        <button type="button" onClick={() => setAll(true)}>
          {k().moreVersions(versions.length - seen.length)}
        </button>
      )}
      {versions.length + (row.draft === null ? 0 : 1) > 1 && <CompareTwo row={row} versions={versions} />}
    </section>
  );
}

function CompareTwo({ row, versions }: Pick<OneChecklist, 'row' | 'versions'>) {
  const choices = [...(row.draft === null ? [] : [DRAFT]), ...versions.map(each => String(each.version))];
  const [before, setBefore] = useState(choices[1] ?? '');
  const [after, setAfter] = useState(choices[0] ?? '');
  const choose = (label: string, chosen: string, put: (next: string) => void) => (
    <label class="field">
      <span>{label}</span>
      <select value={chosen} onChange={event => put(event.currentTarget.value)}>
        {choices.map(each => (
          <option key={each} value={each}>
            {each === DRAFT ? k().whichDraft : k().version(Number(each))}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form
      class="compare-two"
      onSubmit={event => {
        event.preventDefault();
        go(deskTo('checklistor', row.id, 'jamfor', before, after));
      }}
    >
      <h3>{k().compareTwo}</h3>
      {choose(k().from, before, setBefore)}
      {choose(k().till, after, setAfter)}
      <button type="submit" disabled={before === after}>
        {k().compare}
      </button>
    </form>
  );
}
