/* A code for one more phone of a member: made, shown once, printed or sent. One rule: the code is in this tab's hands only; it is never kept on the disk. */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { now } from '../../state';
import { post, type Refused } from '../ask';
import { inUse, type Member, type Sheet } from '../phones/people';
import { PrintedSheets, SheetDeeds, SheetView } from './sheets';
import { why } from '../text/frame';
import { v } from '../text/inviting';
import { m } from '../text/members';

/** The latest code that was made here, and for whom. */
export const fresh = signal<{ member: string; sheet: Sheet } | null>(null);

export function MemberCode({ member, again }: { member: Member; again: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const held = fresh.value?.member === member.id ? fresh.value.sheet : null;
  const used = (member.invitation?.used ?? null) !== null;
  useEffect(() => {
    if (used && held !== null && member.invitation?.expires === held.expires) fresh.value = null;
  }, [used]);
  const make = async (): Promise<void> => {
    setBusy(true);
    const got = await post<Sheet>(`members/${member.id}/invite`);
    setBusy(false);
    setRefused(got.ok ? null : got);
    if (!got.ok) return;
    fresh.value = { member: member.id, sheet: got.value };
    await again();
  };
  return (
    <section class="box">
      <h2>{m().codeTitle}</h2>
      {held === null ? (
        <p class="small">
          {sayState(member)} {m().codeWhat}
        </p>
      ) : (
        <>
          <SheetView sheet={held} />
          <p class="small">{m().codeOnce}</p>
          <div class="deeds">
            <button type="button" onClick={() => print()}>
              <Icon name="print" />
              {v().print}
            </button>
            <SheetDeeds sheet={held} />
          </div>
          <PrintedSheets sheets={[held]} layout="one" />
        </>
      )}
      <button
        type="button"
        class={`self-start ${held === null && inUse(member.phones).length === 0 ? 'main-deed' : ''}`}
        disabled={busy}
        onClick={() => void make()}
      >
        {member.invitation === null ? m().newCode : m().newCodeAgain}
      </button>
      {refused !== null && (
        <p class="wrong-words" role="alert">
          {why(refused, m().why)}
        </p>
      )}
    </section>
  );
}

function sayState({ invitation }: Member): string {
  if (invitation === null) return '';
  if (invitation.used !== null) return m().codeUsed(date(invitation.used));
  return invitation.expires > now.value ? m().codeWaits(date(invitation.expires)) : m().codeOver(date(invitation.expires));
}
