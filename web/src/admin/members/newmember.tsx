/* One new member: who they are, and at once a code for their phone. One rule: what is typed is kept until the member is there. */
import { replace } from '../../parts/route';
import { post, type Got } from '../ask';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { useTyped } from '../keeping';
import { MemberForm, type MemberFields } from './memberform';
import { fresh } from './membercode';
import type { Sheet } from '../phones/people';
import { m } from '../text/members';

const EMPTY: MemberFields = { name: '', email: '', roles: ['leader'] };

export function NewMember({ again }: { again: () => Promise<void> }) {
  const typed = useTyped<MemberFields>('member/new', EMPTY);
  const add = async (): Promise<Got<{ id: string }>> => {
    const { name, email, roles } = typed?.value ?? EMPTY;
    const got = await post<{ id: string }>('members', { name, email: email.trim() === '' ? null : email, roles });
    if (!got.ok) return got;
    const { id } = got.value;
    const code = await post<Sheet>(`members/${id}/invite`);
    if (code.ok) fresh.value = { member: id, sheet: code.value };
    typed?.drop();
    await again();
    replace(deskTo('medlemmar', id));
    return got;
  };
  return (
    <Desk room="medlemmar" title={m().add} aside={<Back />}>
      {typed !== null && <MemberForm value={typed.value} onChange={typed.set} deed={m().addDeed} act={add} onDone={() => undefined} />}
    </Desk>
  );
}

export function Back() {
  return (
    <a class="button" href={deskTo('medlemmar')}>
      {m().all}
    </a>
  );
}
