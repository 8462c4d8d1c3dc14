/* Every leader and each of their phones. One rule: those who are not ready stand first, and what is lacking is said in words beside its glyph. */
import { useState } from 'preact/hooks';
import { Chips, SearchBox } from '../../parts/note';
import { date } from '../../parts/clock';
import { inOrderOfNeed, type Leader, type Phone } from '../phones/board';
import { deskTo } from '../desk';
import { State } from '../phones/phonestate';
import { moment, sayLibrary, sayReason, sayReasons, sayTested, sayUnsent } from '../phones/readysaid';
import { may } from '../state';
import { r } from '../text/readiness';

const PAGE = 100;
/** More leaders than this are searched among. */
const MANY = 20;

export function ReadyTable({ leaders }: { leaders: readonly Leader[] }) {
  const [shown, setShown] = useState<'all' | 'lacking'>('all');
  const [sought, setSought] = useState('');
  const [most, setMost] = useState(PAGE);
  const lacking = leaders.filter(leader => !leader.ready);
  const word = sought.trim().toLocaleLowerCase('sv');
  const found = inOrderOfNeed(shown === 'all' ? leaders : lacking).filter(leader => leader.name.toLocaleLowerCase('sv').includes(word));
  return (
    <section class="stack">
      <div class="row wrap">
        <h2 id="leaders" class="grow">
          {r().leaders}
        </h2>
        <Chips
          label={r().show}
          chosen={shown}
          of={[
            ['all', r().all(leaders.length)],
            ['lacking', r().notReadyOnly(lacking.length)],
          ]}
          onChoose={setShown}
        />
      </div>
      {leaders.length > MANY && <SearchBox value={sought} label={r().search} onInput={setSought} />}
      {found.length === 0 ? (
        <p>{word === '' ? r().nobodyLacks : r().nobodyFound}</p>
      ) : (
        <div class="table ready-table" tabIndex={0} role="region" aria-labelledby="leaders">
          <table>
            <thead>
              <tr>
                <th scope="col">{r().leader}</th>
                <th scope="col">{r().phone}</th>
                <th scope="col">{r().library}</th>
                <th scope="col">{r().seen}</th>
                <th scope="col">{r().tested}</th>
                <th scope="col">{r().storage}</th>
                <th scope="col">{r().unsent}</th>
              </tr>
            </thead>
            {found.slice(0, most).map(leader => (
              <Rows key={leader.member} leader={leader} />
            ))}
          </table>
        </div>
      )}
      {found.length > most && (
        <div>
          <button onClick={() => setMost(most + PAGE)}>{r().more(Math.min(PAGE, found.length - most))}</button>
        </div>
      )}
    </section>
  );
}

function Rows({ leader }: { leader: Leader }) {
  const { name, member, phones, ready, invited } = leader;
  const [first, ...others] = [...phones].sort((a, b) => a.reasons.length - b.reasons.length || b.seen - a.seen);
  return (
    <tbody class={ready ? undefined : 'lacking'}>
      <tr>
        <th scope="rowgroup" rowSpan={Math.max(1, phones.length)}>
          {may('admin') ? <a href={deskTo('medlemmar', member)}>{name}</a> : name}
        </th>
        {first === undefined ? (
          <td class="phone" colSpan={6}>
            <State good={false} words={sayReasons(leader)} />
            <small>{invited === null ? r().notInvited : r().invitedUntil(date(invited))}</small>
          </td>
        ) : (
          <Facts phone={first} ownerReady={ready} />
        )}
      </tr>
      {others.map(phone => (
        <tr key={phone.id}>
          <Facts phone={phone} ownerReady={ready} />
        </tr>
      ))}
    </tbody>
  );
}

function Facts({ phone, ownerReady }: { phone: Phone; ownerReady: boolean }) {
  const good = phone.reasons.length === 0;
  return (
    <>
      <td class="phone">
        <State good={good} mild={ownerReady} words={good ? r().ready : phone.reasons.map(reason => sayReason(reason, phone)).join('\n')} />
        <small>
          {phone.name} · <span class="whole-words">{r().app(phone.build.split('+')[0] ?? '')}</span>
        </small>
      </td>
      <td>{sayLibrary(phone)}</td>
      <td>{moment(phone.seen)}</td>
      <td>{sayTested(phone)}</td>
      <td>{phone.persisted ? r().lasting : r().notLasting}</td>
      <td class="unsent">{sayUnsent(phone)}</td>
    </>
  );
}
