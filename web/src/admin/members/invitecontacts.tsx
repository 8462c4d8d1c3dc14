/* People from the organisation's own contacts. One rule: nobody is ticked from the start. */
import { useState } from 'preact/hooks';
import { t } from '../../parts/words';
import { useFetched } from '../desk';
import { Coming } from '../deskframe';
import { InviteTicks, type Choosing, type Ticked } from './inviteticks';
import type { Candidate } from '../phones/people';
import { v } from '../text/inviting';

export function FromContacts({ foot }: Choosing) {
  const candidates = useFetched<Candidate[]>('invitations/contacts');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (candidates.value === null) return <Coming of={candidates} />;
  const rows = candidates.value.map((each): Ticked => ({ ...each, key: each.id, more: [t(each.title), each.email].filter(Boolean).join(', ') }));
  if (rows.length === 0) return <p>{v().noContacts}</p>;
  return (
    <>
      <InviteTicks title={v().source.contacts} rows={rows} chosen={chosen} onChosen={setChosen} />
      {foot(rows.filter(row => chosen.has(row.key)))}
    </>
  );
}
