/* Medlemmar: who belongs, what they may, and which phones they have. One rule: one register is fetched, and every page here is drawn from it. */
import { useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { Inviting } from './inviting';
import { MemberList } from './memberlist';
import { MemberPage } from './memberpage';
import { NewMember } from './newmember';
import { MANY, NEW, type People } from '../phones/people';
import { m } from '../text/members';
import '../look/members.css';

export function MembersScreen({ id }: { id: string | undefined }) {
  const people = useFetched<People>('members');
  if (people.value === null)
    return (
      <Desk room="medlemmar" title={m().title}>
        <Coming of={people} />
      </Desk>
    );
  if (id === undefined) return <MemberList people={people.value} />;
  if (id === NEW) return <NewMember again={people.again} />;
  if (id === MANY) return <Inviting again={people.again} />;
  return <MemberPage key={id} member={people.value.members.find(each => each.id === id) ?? null} again={people.again} asking={people.asking} />;
}
