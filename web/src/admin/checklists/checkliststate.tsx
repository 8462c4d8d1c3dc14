/* How a checklist stands, in words with a glyph: published, drafted, waiting to be read, overdue, withdrawn. One rule: the same words in the list and on its page. */
import { now } from '../../state';
import { clock, date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { dayOf, isOverdue, type Row } from './listing';
import { k } from '../text/checklists';

/** Lines under each other: what is in force, and what is on its way. */
export function StateLines({ row }: { row: Row }) {
  const { version, published, withdrawn, draft } = row;
  return (
    <div class="state-lines">
      {withdrawn !== null ? (
        <p>
          <Icon name="minus" />
          {k().withdrawn(date(withdrawn.at))}
        </p>
      ) : version > 0 ? (
        <p>
          <Icon name="check" />
          {k().published(version, date(published ?? 0))}
        </p>
      ) : (
        <p>
          <Icon name="minus" />
          {k().neverPublished}
        </p>
      )}
      {draft !== null && (
        <p>
          <Icon name="pen" />
          <span>
            {k().draft(draft.saved_by.name, clock(draft.saved))}
            {draft.stage !== 'writing' && <span class={`tag stage ${draft.stage}`}>{k().stage[draft.stage]}</span>}
          </span>
        </p>
      )}
    </div>
  );
}

/** The day it is to be reviewed by; when that has passed, in words and with a glyph. */
export function ReviewState({ row, whole = false }: { row: Row; whole?: boolean }) {
  const { review_by, withdrawn, version } = row;
  if (review_by === null || version === 0 || withdrawn !== null) return whole ? null : <>–</>;
  if (!isOverdue(row, dayOf(now.value))) return <>{whole ? k().reviewBy(date(review_by)) : date(review_by)}</>;
  return (
    <span class="overdue">
      <span class="tag due">
        <Icon name="warn" />
        {k().overdue}
      </span>{' '}
      <small>{whole ? k().reviewPassed(date(review_by)) : date(review_by)}</small>
    </span>
  );
}
