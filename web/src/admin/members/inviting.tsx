/* Inviting many: who, what they may, and then a sheet for each. One rule: nobody is invited before the list has been seen as it was understood. */
import { useEffect } from 'preact/hooks';
import { Chips } from '../../parts/note';
import { go } from '../../parts/route';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { InvitedSheets } from './invitedsheets';
import { FromContacts } from './invitecontacts';
import { FromLines } from './invitelines';
import type { Choosing, Invitee } from './inviteticks';
import { forgetRound, inviteMany, roundHere, stopInviting } from './invitingjob';
import { useTyped } from '../keeping';
import { RoleKeys } from './memberform';
import { Back } from './newmember';
import type { Role } from '../phones/people';
import { why } from '../text/frame';
import { v } from '../text/inviting';
import { m } from '../text/members';

type Source = 'paste' | 'contacts';
interface Draft {
  source: Source;
  lines: string;
  roles: Role[];
}
export function Inviting({ again }: { again: () => Promise<void> }) {
  const typed = useTyped<Draft>('invitations', { source: 'paste', lines: '', roles: ['leader'] });
  const round = roundHere();
  useEffect(() => {
    if (round.kind !== 'made') return;
    typed?.set({ lines: '' });
    void again();
  }, [round.kind]);
  const leave = (): void => {
    forgetRound();
    void again();
    go(deskTo('medlemmar'));
  };
  const foot: Choosing['foot'] = people => typed !== null && <Foot people={people} roles={typed.value.roles} onRoles={roles => typed.set({ roles })} />;
  return (
    <Desk room="medlemmar" title={m().inviteMany} aside={<Back />}>
      {round.kind === 'working' ? (
        <div class="box" role="status">
          <p>{v().working(round.done, round.of)}</p>
          <progress max={Math.max(1, round.of)} value={round.done} aria-label={m().inviteMany} />
          <button type="button" class="self-start" onClick={() => void stopInviting()}>
            {v().stop}
          </button>
        </div>
      ) : round.kind === 'made' ? (
        <InvitedSheets sheets={round.sheets} onDone={leave} />
      ) : (
        typed !== null && (
          <>
            {round.kind === 'stopped' && <p role="status">{v().stopped}</p>}
            {round.kind === 'refused' && (
              <p class="wrong-words" role="alert">
                {why(round.refused, m().why)}
              </p>
            )}
            <Chips
              label={v().from}
              chosen={typed.value.source}
              of={[
                ['paste', v().source.paste],
                ['contacts', v().source.contacts],
              ]}
              onChoose={source => typed.set({ source })}
            />
            {typed.value.source === 'paste' ? (
              <FromLines lines={typed.value.lines} onLines={lines => typed.set({ lines })} foot={foot} />
            ) : (
              <FromContacts foot={foot} />
            )}
          </>
        )
      )}
    </Desk>
  );
}

function Foot({ people, roles, onRoles }: { people: readonly Invitee[]; roles: readonly Role[]; onRoles: (roles: Role[]) => void }) {
  return (
    <div class="stack">
      <fieldset class="role-keys">
        <legend class="label">{v().rolesOfNew}</legend>
        <RoleKeys chosen={roles} onChange={onRoles} />
      </fieldset>
      {roles.length === 0 && <p class="wrong-words">{m().wrong.roles['empty']}</p>}
      <div class="deeds">
        <button type="button" class="main-deed" disabled={people.length === 0 || roles.length === 0} onClick={() => void inviteMany(people, roles)}>
          {v().invite(people.length)}
        </button>
      </div>
    </div>
  );
}
