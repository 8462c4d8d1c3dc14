/* What the function is: its name, kind, group and role. One rule: the words a clerk chooses among are the ones that phones show. */
import { useState } from 'preact/hooks';
import { t, w } from '../../parts/words';
import type { FunctionDraft } from './contactdraft';
import { Choice, TextField, type Faults } from '../field';
import type { Kind, Register } from './register';
import { fm } from '../text/contactform';

const KINDS: readonly Kind[] = ['intern', 'extern', 'public'];
const OTHER = '~';

interface ContactWhatProps {
  draft: FunctionDraft;
  register: Register;
  faults: Faults;
  onChange: (draft: FunctionDraft) => void;
}

export function ContactWhat({ draft, register, faults, onChange }: ContactWhatProps) {
  const set = (some: Partial<FunctionDraft>): void => onChange({ ...draft, ...some });
  const groups = groupsOf(register, draft.category);
  const [own, setOwn] = useState(false);
  return (
    <section class="box">
      <h2>{fm().what}</h2>
      <div class="fields">
        <TextField place="title.sv" label={fm().fieldTitle} hint={fm().whatHint} value={draft.title} faults={faults} onType={title => set({ title })} />
        <TextField place="title.en" label={fm().fieldTitleEn} lang="en" value={draft.titleEn} faults={faults} onType={titleEn => set({ titleEn })} />
      </div>
      <fieldset class="kinds">
        <legend class="label">{fm().kind}</legend>
        {KINDS.map(kind => (
          <label key={kind} class="tick">
            <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => set({ kind })} />
            <span class="tick-words">
              {fm().kinds[kind]}
              <small>{fm().kindHints[kind]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="fields">
        {draft.kind !== 'public' &&
          (own ? (
            <TextField place="category" label={fm().ownCategory} value={draft.category} faults={faults} onType={category => set({ category })} />
          ) : (
            <Choice
              place="category"
              label={fm().category}
              value={draft.category}
              faults={faults}
              of={[...groups, [OTHER, fm().otherCategory]]}
              onChoose={category => {
                setOwn(category === OTHER);
                set({ category: category === OTHER ? '' : category });
              }}
            />
          ))}
        {draft.kind !== 'public' && (register.roles.length > 0 || draft.role !== '') && (
          <Choice
            place="role"
            label={fm().role}
            value={draft.role}
            faults={faults}
            of={[['', fm().noRole], ...rolesOf(register, draft.role)]}
            onChoose={role => set({ role })}
          />
        )}
        <TextField place="organisation" label={fm().organisation} value={draft.organisation} faults={faults} onType={organisation => set({ organisation })} />
        <TextField place="hours" label={fm().hours} hint={fm().hoursHint} value={draft.hours} faults={faults} onType={hours => set({ hours })} />
        <TextField place="about.sv" label={fm().about} value={draft.about} faults={faults} onType={about => set({ about })} />
        <TextField place="about.en" label={fm().aboutEn} lang="en" value={draft.aboutEn} faults={faults} onType={aboutEn => set({ aboutEn })} />
      </div>
    </section>
  );
}

function groupsOf(register: Register, chosen: string): (readonly [string, string])[] {
  const there = register.functions.filter(each => each.function.kind !== 'public').map(each => each.function.category);
  const ids = [...new Set([...Object.keys(w().categories).filter(id => id !== 'public'), ...there, ...(chosen === '' ? [] : [chosen])])];
  return ids.map(id => [id, w().categories[id] ?? id] as const).sort((a, b) => a[1].localeCompare(b[1], 'sv'));
}

function rolesOf(register: Register, chosen: string): (readonly [string, string])[] {
  const roles = register.roles.map(({ id, title }) => [id, t(title)] as const);
  return chosen === '' || roles.some(([id]) => id === chosen) ? roles : [...roles, [chosen, chosen]];
}
