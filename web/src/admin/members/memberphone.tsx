/* One phone of a member: what it has told of itself, what it is called, and revoking it. One rule: whether a revoked phone has been told is said, never hoped. */
import { useState } from 'preact/hooks';
import { date } from '../../parts/clock';
import { AskFirst } from '../askfirst';
import { put, remove, type Got } from '../ask';
import type { Phone } from '../phones/board';
import { moment, sayLibrary, sayReason, sayTested, sayUnsent } from '../phones/readysaid';
import { State } from '../phones/phonestate';
import { why } from '../text/frame';
import { m } from '../text/members';
import { r } from '../text/readiness';

export function MemberPhone({ phone, again }: { phone: Phone; again: () => Promise<void> }) {
  const revoke = async (): Promise<Got<unknown>> => {
    const got = await remove(`phones/${phone.id}`);
    if (got.ok) await again();
    return got;
  };
  if (phone.revoked !== null)
    return (
      <div class="box revoked">
        <h3>{phone.name}</h3>
        <p>
          {phone.seen > phone.revoked ? m().revokedTold(date(phone.revoked), moment(phone.seen)) : m().revokedNotTold(date(phone.revoked))}{' '}
          {phone.unsent > 0 && m().revokedUnsent(phone.unsent)}
        </p>
      </div>
    );
  const good = phone.reasons.length === 0;
  return (
    <div class="box">
      <h3>{phone.name}</h3>
      <State good={good} words={good ? m().ready : phone.reasons.map(reason => sayReason(reason, phone)).join('\n')} />
      <dl class="facts-of">
        <Fact name={r().seen} words={moment(phone.seen)} />
        <Fact name={r().library} words={sayLibrary(phone)} />
        <Fact name={r().tested} words={sayTested(phone)} />
        <Fact name={r().storage} words={phone.persisted ? r().lasting : r().notLasting} />
        <Fact name={r().unsent} words={sayUnsent(phone)} />
        <Fact name={m().joined} words={date(phone.joined)} />
        <Fact name="App" words={phone.build} />
      </dl>
      <Rename phone={phone} again={again} />
      <AskFirst deed={m().revoke} title={m().revokeTitle(phone.name)} what={m().revokeWhat} confirm={m().revokeDeed} act={revoke} />
    </div>
  );
}

function Fact({ name, words }: { name: string; words: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </div>
  );
}

function Rename({ phone, again }: { phone: Phone; again: () => Promise<void> }) {
  const [name, setName] = useState<string | null>(null);
  const [refused, setRefused] = useState('');
  if (name === null)
    return (
      <button type="button" class="self-start" onClick={() => setName(phone.name)}>
        {m().rename}
      </button>
    );
  const save = async (): Promise<void> => {
    const got = await put(`phones/${phone.id}`, { name });
    if (!got.ok) return setRefused(got.code === 'field' ? (m().wrong.name['empty'] ?? '') : why(got, m().why));
    await again();
    return setName(null);
  };
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        <span>{m().renameTo}</span>
        <input value={name} maxLength={80} autofocus onInput={event => setName(event.currentTarget.value)} />
      </label>
      {refused !== '' && (
        <p class="wrong-words" role="alert">
          {refused}
        </p>
      )}
      <div class="deeds">
        <button type="submit">{m().save}</button>
        <button type="button" class="plain" onClick={() => setName(null)}>
          {m().cancel}
        </button>
      </div>
    </form>
  );
}
