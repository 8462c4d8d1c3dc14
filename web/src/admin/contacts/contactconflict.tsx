/* Two have saved at once: both texts side by side, where they differ. One rule: neither goes over the other before somebody here has chosen. */
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { t, w } from '../../parts/words';
import { clashes, type Clash, type FunctionDraft } from './contactdraft';
import { Said } from './contactsaid';
import type { RoleName } from './register';
import { fm } from '../text/contactform';

interface ContactConflictProps {
  mine: FunctionDraft;
  /** null: somebody has removed it. */
  theirs: FunctionDraft | null;
  roles: readonly RoleName[];
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

export function ContactConflict({ mine, theirs, roles, busy, onMine, onTheirs }: ContactConflictProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [theirs]);
  const said = ({ field }: Clash, value: string): string => {
    if (value === '') return field === 'person' ? fm().notThere : '–';
    if (field === 'kind') return fm().kinds[value] ?? value;
    if (field === 'private') return value === 'true' ? fm().yes : fm().no;
    if (field === 'category') return w().categories[value] ?? value;
    const role = field === 'role' ? roles.find(({ id }) => id === value) : undefined;
    return role === undefined ? value : t(role.title);
  };
  const found = theirs === null ? [] : clashes(mine, theirs);
  return (
    <div class="note wrong conflict" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warn" />
      <div>
        <h2>{theirs === null ? fm().conflictGone : fm().conflict}</h2>
        <p>{theirs === null ? fm().conflictGoneWhat : fm().conflictWhat}</p>
        {found.length > 0 && (
          <dl class="clashes">
            {found.map(clash => (
              <div key={`${clash.person}/${clash.field}`}>
                <dt>
                  {fm().fields[clash.field] ?? clash.field}
                  {clash.person !== '' && clash.field !== 'person' && <small> {clash.person}</small>}
                </dt>
                <dd>
                  <small>{fm().mine}</small>
                  <Said field={clash.field} words={said(clash, clash.mine)} />
                </dd>
                <dd>
                  <small>{fm().theirs}</small>
                  <Said field={clash.field} words={said(clash, clash.theirs)} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        <div class="deeds">
          <button type="button" disabled={busy} onClick={onMine}>
            {fm().keepMine}
          </button>
          {theirs !== null && (
            <button type="button" disabled={busy} onClick={onTheirs}>
              {fm().takeTheirs}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
