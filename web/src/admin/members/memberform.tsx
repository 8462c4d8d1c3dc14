/* Name, address and roles of a member. One rule: what is wrong stands under the field it is about, and what was typed stays. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Got, Refused } from '../ask';
import { ROLES, type Role } from '../phones/people';
import { why } from '../text/frame';
import { m } from '../text/members';

export interface MemberFields {
  name: string;
  email: string;
  roles: Role[];
}
type Wrong = Partial<Record<keyof MemberFields | 'all', string>>;

interface MemberFormProps {
  value: MemberFields;
  onChange: (change: Partial<MemberFields>) => void;
  deed: string;
  /** What became of it; a refusal is shown here. */
  act: () => Promise<Got<unknown>>;
  onDone: () => void;
  children?: ComponentChildren;
}

export function MemberForm({ value, onChange, deed, act, onDone, children }: MemberFormProps) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>({});
  const change = (field: keyof MemberFields, to: Partial<MemberFields>): void => {
    setWrong({ ...wrong, [field]: '', all: '' });
    onChange(to);
  };
  const send = async (): Promise<void> => {
    setBusy(true);
    const got = await act();
    setBusy(false);
    if (got.ok) return onDone();
    const found = wrongOf(got);
    setWrong(found);
    const first = (['name', 'email', 'roles'] as const).find(field => found[field]);
    if (first !== undefined) document.getElementById(`${id}-${first}`)?.focus();
    return undefined;
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <div class="fields">
        <Field id={`${id}-name`} label={m().name} wrong={wrong.name}>
          <input
            id={`${id}-name`}
            value={value.name}
            autocomplete="off"
            maxLength={80}
            aria-invalid={Boolean(wrong.name)}
            aria-describedby={`${id}-name-more`}
            onInput={event => change('name', { name: event.currentTarget.value })}
          />
        </Field>
        <Field id={`${id}-email`} label={m().email} what={m().emailWhat} wrong={wrong.email}>
          <input
            id={`${id}-email`}
            type="email"
            value={value.email}
            autocomplete="off"
            aria-invalid={Boolean(wrong.email)}
            aria-describedby={`${id}-email-more`}
            onInput={event => change('email', { email: event.currentTarget.value })}
          />
        </Field>
      </div>
      <fieldset class="role-keys" id={`${id}-roles`} tabIndex={-1} aria-describedby={wrong.roles ? `${id}-roles-more` : undefined}>
        <legend class="label">{m().roles}</legend>
        <RoleKeys chosen={value.roles} onChange={roles => change('roles', { roles })} />
        {wrong.roles && (
          <p class="wrong-words" id={`${id}-roles-more`}>
            {wrong.roles}
          </p>
        )}
      </fieldset>
      {children}
      {wrong.all && (
        <p class="wrong-words" role="alert">
          {wrong.all}
        </p>
      )}
      <div class="deeds">
        <button type="submit" class="main-deed" disabled={busy}>
          {busy ? m().saving : deed}
        </button>
      </div>
    </form>
  );
}

export function RoleKeys({ chosen, onChange }: { chosen: readonly Role[]; onChange: (roles: Role[]) => void }) {
  return (
    <>
      {ROLES.map(role => (
        <label key={role} class="pick">
          <input
            type="checkbox"
            checked={chosen.includes(role)}
            onChange={event => onChange(ROLES.filter(each => (each === role ? event.currentTarget.checked : chosen.includes(each))))}
          />
          <div>
            <b>{m().role[role]}</b>
            <small class="under">{m().roleWhat[role]}</small>
          </div>
        </label>
      ))}
    </>
  );
}

function Field({ id, label, what, wrong, children }: { id: string; label: string; what?: string; wrong: string | undefined; children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      {children}
      {wrong ? (
        <p class="wrong-words" id={`${id}-more`} role="alert">
          {wrong}
        </p>
      ) : (
        <small id={`${id}-more`}>{what}</small>
      )}
    </div>
  );
}

/** The server says which field, and why. */
function wrongOf(refused: Refused): Wrong {
  const { code, body } = refused;
  if (code === 'taken') return { email: m().taken(typeof body['by'] === 'string' ? body['by'] : '') };
  const fields = typeof body['fields'] === 'object' && body['fields'] !== null ? (body['fields'] as Record<string, string>) : {};
  if (code !== 'field' || Object.keys(fields).length === 0) return { all: why(refused, m().why) };
  const wrong: Wrong = {};
  for (const [field, reason] of Object.entries(fields)) {
    if (field === 'name' || field === 'email' || field === 'roles') wrong[field] = m().wrong[field][reason] ?? reason;
    else wrong.all = why(refused, m().why);
  }
  return wrong;
}
