/* One member: who they are, their phones, their way to the desk, and taking them away. One rule: what can not be undone stands last and is asked about. */
import { useEffect, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { CopyKey } from '../../parts/copykey';
import { go } from '../../parts/route';
import { AskFirst } from '../askfirst';
import { post, put, remove, type Got, type Refused } from '../ask';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { useTyped } from '../keeping';
import { MemberCode } from './membercode';
import { MemberForm, type MemberFields } from './memberform';
import { sayRoles } from './memberlist';
import { MemberPhone } from './memberphone';
import { Back } from './newmember';
import { inUse, type Member } from '../phones/people';
import { moment } from '../phones/readysaid';
import { me } from '../state';
import { f, why } from '../text/frame';
import { m } from '../text/members';

interface MemberPageProps {
  member: Member | null;
  asking: boolean;
  again: () => Promise<void>;
}

export function MemberPage({ member, asking, again }: MemberPageProps) {
  if (member === null)
    return (
      <Desk room="medlemmar" title={m().title} aside={<Back />}>
        <p role="status">{asking ? f().oneMoment : m().why['not-found']}</p>
      </Desk>
    );
  const take = async (): Promise<Got<unknown>> => {
    const got = await remove(`members/${member.id}`);
    if (got.ok) {
      announce(m().removed(member.name));
      await again();
      go(deskTo('medlemmar'));
    }
    return got;
  };
  return (
    <Desk room="medlemmar" title={member.name} sub={sayRoles(member)} aside={<Back />}>
      <div class="member-page">
        <div class="stack air">
          <section class="box">
            <h2>{m().about}</h2>
            <About member={member} again={again} />
          </section>
          <Ways member={member} />
        </div>
        <div class="stack air">
          <section class="stack">
            <h2>{m().phones}</h2>
            {member.phones.length === 0 && <p>{m().phonesNone}</p>}
            {member.phones.map(phone => (
              <MemberPhone key={phone.id} phone={phone} again={again} />
            ))}
          </section>
          <MemberCode member={member} again={again} />
        </div>
      </div>
      <AskFirst
        deed={m().remove}
        title={m().removeTitle(member.name)}
        what={m().removeWhat(inUse(member.phones).length)}
        confirm={m().removeDeed}
        own={m().why}
        act={take}
      />
    </Desk>
  );
}

function About({ member, again }: { member: Member; again: () => Promise<void> }) {
  const held: MemberFields = { name: member.name, email: member.email ?? '', roles: member.roles };
  const typed = useTyped<MemberFields>(`member/${member.id}`, held);
  const [saved, setSaved] = useState(false);
  const [round, setRound] = useState(0);
  /* What the server made of it has been drawn: now nothing is typed any more. */
  useEffect(() => {
    if (round > 0) typed?.drop();
  }, [round]);
  if (typed === null) return null;
  const { name, email, roles } = typed.value;
  const own = me.value?.member.id === member.id;
  const save = async (): Promise<Got<unknown>> => {
    if (JSON.stringify(typed.value) === JSON.stringify(held)) return { ok: true, value: null };
    const got = await put(`members/${member.id}`, { name, email: email.trim() === '' ? null : email, roles });
    if (got.ok && own && me.value !== null) me.value = { ...me.value, member: { ...me.value.member, name, roles, email: email || null } };
    return got;
  };
  const done = async (): Promise<void> => {
    setSaved(true);
    announce(m().saved);
    await again();
    setRound(round + 1);
  };
  return (
    <MemberForm value={typed.value} onChange={change => (setSaved(false), typed.set(change))} deed={m().save} act={save} onDone={() => void done()}>
      {own && member.roles.includes('admin') && !roles.includes('admin') && <p class="note warn">{m().ownAdmin}</p>}
      {saved && <p class="good strong">{m().saved}</p>}
    </MemberForm>
  );
}

function Ways({ member }: { member: Member }) {
  const [link, setLink] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const sits = member.roles.includes('editor') || member.roles.includes('admin');
  const make = async (): Promise<void> => {
    const got = await post<{ link: string }>(`members/${member.id}/link`);
    setLink(got.ok ? got.value.link : null);
    setRefused(got.ok ? null : got);
  };
  return (
    <section class="box">
      <h2>{m().desk}</h2>
      <p>
        {sits ? m().deskWays(member.desk.credentials) : m().deskNone} {member.desk.last !== null && m().deskLast(moment(member.desk.last))}
      </p>
      {sits && link === null && (
        <button type="button" class="self-start" onClick={() => void make()}>
          {m().deskLink}
        </button>
      )}
      {link !== null && (
        <>
          <p>{m().deskLinkWhat}</p>
          <p class="link-words">
            <code>{link}</code>
          </p>
          <div class="deeds">
            <CopyKey words={link} />
          </div>
        </>
      )}
      {refused !== null && (
        <p class="wrong-words" role="alert">
          {why(refused, m().why)}
        </p>
      )}
    </section>
  );
}
