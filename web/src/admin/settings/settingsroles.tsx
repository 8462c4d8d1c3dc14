/* The roles of the staff: what they are called and do. One rule: a role that is used goes only after one has seen where. */
import { useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { Note } from '../../parts/note';
import { t } from '../../parts/words';
import { TextField, type Faults } from '../field';
import { deskTo } from '../desk';
import { Section, usePart, type Held } from './section';
import { reworded, type RoleWords, type Use } from './settingsview';
import { s } from '../text/settings';

const SHOWN_USES = 8;

interface Roles {
  roles: RoleWords[];
  /** Those that go although they are used. */
  despite: string[];
}

export function RolesPart(held: Held) {
  const part = usePart<Roles>(
    'roles',
    held,
    view => ({ roles: view.words.roles, despite: [] }),
    words => ({ words: { ...words } }),
  );
  const [taken, setTaken] = useState<{ role: RoleWords; at: number } | null>(null);
  const { value, faults, change, refused } = part;
  const inUse = refused?.code === 'in-use' ? (refused.body['roles'] as Record<string, Use[]>) : null;
  const take = (at: number, despite: boolean): void => {
    const role = value.roles[at];
    if (role === undefined) return;
    setTaken({ role, at });
    announce(s().roleTaken(nameOf(role)));
    change({ roles: value.roles.filter((_, place) => place !== at), despite: despite && role.id !== undefined ? [...value.despite, role.id] : value.despite });
  };
  const putBack = (): void => {
    if (taken === null) return;
    const roles = [...value.roles];
    roles.splice(taken.at, 0, taken.role);
    change({ roles, despite: value.despite.filter(id => id !== taken.role.id) });
    setTaken(null);
  };
  return (
    <Section title={s().roles} what={s().rolesWhat} part={part} told={({ roles }) => roles.map(nameOf).join(', ')}>
      {value.roles.length === 0 && <p>{s().rolesNone}</p>}
      <ul class="rows">
        {value.roles.map((role, at) => (
          <li key={role.id ?? `new-${at}`}>
            <RoleRow
              {...{ role, at, faults, uses: held.view.words.uses[role.id ?? ''] ?? [], english: held.view.settings.languages.includes('en') }}
              onChange={next => change({ ...value, roles: value.roles.map((each, place) => (place === at ? next : each)) })}
              onTake={despite => take(at, despite)}
            />
          </li>
        ))}
      </ul>
      {taken !== null && part.changed && (
        <p class="row wrap">
          <span class="grow">{s().roleTaken(nameOf(taken.role))}</span>
          <button type="button" onClick={putBack}>
            {s().roleBack(nameOf(taken.role))}
          </button>
        </p>
      )}
      {inUse !== null && (
        <Note kind="warn">
          {Object.entries(inUse).map(([id, uses]) => (
            <UsedWhere key={id} role={nameOf(held.view.words.roles.find(role => role.id === id))} uses={uses} />
          ))}
          <button type="button" onClick={() => void part.save({ ...value, despite: [...value.despite, ...Object.keys(inUse)] })}>
            {s().saveAnyway}
          </button>
        </Note>
      )}
      <button type="button" class="self-start" onClick={() => change({ ...value, roles: [...value.roles, { title: { sv: '' }, task: { sv: '' } }] })}>
        <Icon name="plus" />
        {s().roleAdd}
      </button>
    </Section>
  );
}

interface RoleRowProps {
  role: RoleWords;
  at: number;
  faults: Faults;
  uses: Use[];
  english: boolean;
  onChange: (role: RoleWords) => void;
  onTake: (despite: boolean) => void;
}

function RoleRow({ role, at, faults, uses, english, onChange, onTake }: RoleRowProps) {
  const [asking, setAsking] = useState(false);
  const place = `roles.${at}`;
  const wrong = Object.keys(faults).some(field => field.startsWith(`${place}.`));
  const name = nameOf(role);
  return (
    <details class="role-row" open={role.id === undefined || wrong}>
      <summary>
        <span class="grow">
          <b>{name}</b> {role.staff !== undefined && role.staff !== '' && <span class="tag">{role.staff}</span>}
          <small class="under">{role.id === undefined ? s().roleNew : s().usedIn(uses.length)}</small>
        </span>
        <Icon name="down" />
      </summary>
      <div class="fields">
        <TextField
          {...{ place: `${place}.title`, label: s().roleName, value: role.title.sv, faults }}
          onType={sv => onChange({ ...role, title: reworded(role.title, 'sv', sv) })}
        />
        {english && (
          <TextField
            {...{ place: `${place}.title.en`, label: s().inEnglish(s().roleName), value: role.title.en ?? '', faults, lang: 'en' }}
            onType={en => onChange({ ...role, title: reworded(role.title, 'en', en) })}
          />
        )}
        <TextField
          {...{ place: `${place}.task`, label: s().roleTask, value: role.task.sv, faults, lines: 2 }}
          onType={sv => onChange({ ...role, task: reworded(role.task, 'sv', sv) })}
        />
        {english && (
          <TextField
            {...{ place: `${place}.task.en`, label: s().inEnglish(s().roleTask), value: role.task.en ?? '', faults, lines: 2, lang: 'en' }}
            onType={en => onChange({ ...role, task: reworded(role.task, 'en', en) })}
          />
        )}
        <TextField
          {...{ place: `${place}.staff`, label: s().roleStaff, hint: s().roleStaffHint, value: role.staff ?? '', faults }}
          onType={staff => onChange({ ...role, staff })}
        />
      </div>
      {asking ? (
        <Note kind="warn">
          <UsedWhere role={name} uses={uses} />
          <p>{s().roleUsedWhat}</p>
          <div class="deeds">
            <button type="button" class="danger" onClick={() => onTake(true)}>
              {s().roleTakeAnyway}
            </button>
            <button type="button" ref={key => key?.focus()} onClick={() => setAsking(false)}>
              {s().roleKeep}
            </button>
          </div>
        </Note>
      ) : (
        <button type="button" class="danger self-start" aria-label={s().roleTakeWhat(name)} onClick={() => (uses.length > 0 ? setAsking(true) : onTake(false))}>
          {s().roleTake}
        </button>
      )}
    </details>
  );
}

/** What names a role, the checklists as links to them. */
function UsedWhere({ role, uses }: { role: string; uses: Use[] }) {
  return (
    <>
      <p class="strong">{s().roleUsed(role, uses.length)}</p>
      <ul class="bullets">
        {uses.slice(0, SHOWN_USES).map(use => (
          <li key={`${use.sort} ${use.id}`}>
            {s().use[use.sort] ?? use.sort}: {use.sort === 'checklist' ? <a href={deskTo('checklistor', use.id)}>{t(use.title)}</a> : t(use.title)}
          </li>
        ))}
        {uses.length > SHOWN_USES && <li>{s().andMore(uses.length - SHOWN_USES)}</li>}
      </ul>
    </>
  );
}

function nameOf(role: RoleWords | undefined): string {
  return role === undefined || role.title.sv === '' ? s().untitled : t(role.title);
}
