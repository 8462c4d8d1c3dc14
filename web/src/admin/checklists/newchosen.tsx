/* A new checklist from one that is there: the organisation's own, or the starter library's. One rule: one chooses by reading its name and what it is for, never an id. */
import { useState } from 'preact/hooks';
import { search } from '../../core/search';
import { SearchBox } from '../../parts/note';
import { w } from '../../parts/words';
import type { Making } from '../drafts/beginning';
import { useFetched } from '../desk';
import { Coming } from '../deskframe';
import type { Row } from './listing';
import { BeginKey, TitleField } from './newwritten';
import { k } from '../text/checklists';
import { n } from '../text/newchecklist';

interface Starter {
  id: string;
  title: string;
  kind: Row['kind'];
  trigger: string;
  have: boolean;
}
interface Choice {
  id: string;
  title: string;
  kind: Row['kind'];
  what: string;
  have: boolean;
}
const SHOWN = 40;

export function StarterWay({ of }: { of: Making }) {
  const fetched = useFetched<{ starters: Starter[] }>('starters');
  const [chosen, setChosen] = useState<Choice | null>(null);
  if (fetched.value === null) return <Coming of={fetched} />;
  const choices = fetched.value.starters.map(each => ({ ...each, what: each.trigger.replace(/\[\[[^\]]*\]\]/g, '').trim() }));
  if (choices.length === 0) return <p>{n().noStarters}</p>;
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        if (chosen !== null) of.send({ starter: chosen.id });
      }}
    >
      <Choose label={n().searchStarter} choices={choices} chosen={chosen} onChoose={setChosen} />
      {chosen?.have === true && <p class="small">{n().haveWhat}</p>}
      <Begin of={of} chosen={chosen} />
    </form>
  );
}

export function CopyWay({ of }: { of: Making }) {
  const fetched = useFetched<{ checklists: Row[] }>('checklists');
  const [chosen, setChosen] = useState<Choice | null>(null);
  if (fetched.value === null) return <Coming of={fetched} />;
  const choices = fetched.value.checklists.map(({ id, title, kind, steps }) => ({ id, title, kind, what: k().steps(steps), have: false }));
  const { title } = of.typed.value;
  return (
    <form
      class="stack"
      onSubmit={event => {
        event.preventDefault();
        if (chosen !== null) of.send({ copy: chosen.id, title: title.trim() === '' ? n().copyTitle(chosen.title) : title });
      }}
    >
      <Choose
        label={n().searchCopy}
        choices={choices}
        chosen={chosen}
        onChoose={choice => {
          // The title follows the choice until somebody has written one.
          if (title === '' || title === n().copyTitle(chosen?.title ?? '')) of.typed.set({ title: n().copyTitle(choice.title) });
          setChosen(choice);
        }}
      />
      <TitleField of={of} label={n().checklistTitle} />
      <Begin of={of} chosen={chosen} />
    </form>
  );
}

function Begin({ of, chosen }: { of: Making; chosen: Choice | null }) {
  return chosen === null ? <p class="small">{n().chooseFirst}</p> : <BeginKey of={of} />;
}

interface ChooseProps {
  label: string;
  choices: readonly Choice[];
  chosen: Choice | null;
  onChoose: (choice: Choice) => void;
}

function Choose({ label, choices, chosen, onChoose }: ChooseProps) {
  const [query, setQuery] = useState('');
  const found = search(query, choices, [
    { weight: 6, of: each => each.title },
    { weight: 2, of: each => each.what },
  ]);
  return (
    <>
      <SearchBox value={query} label={label} onInput={setQuery} />
      {found.length === 0 && <p>{n().noHits(query.trim())}</p>}
      <div class="choices" role="radiogroup" aria-label={label}>
        {found.slice(0, SHOWN).map(each => (
          <label key={each.id} class="pick">
            <input type="radio" name="choice" checked={chosen?.id === each.id} onChange={() => onChoose(each)} />
            <div>
              <b>{each.title}</b>
              <small class="under">
                {each.kind === 'role-card' ? w().roleCard : w().actionCard}
                {each.have && ` · ${n().have}`}
              </small>
              {each.what !== '' && <small class="under clip">{each.what}</small>}
            </div>
          </label>
        ))}
      </div>
      {found.length > SHOWN && <p class="small">{k().shown(SHOWN, found.length)}</p>}
    </>
  );
}
