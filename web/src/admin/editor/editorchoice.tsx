/* Two texts of one draft: one of them goes on, or something of both. One rule: neither is gone, whatever is chosen. */
import { useState } from 'preact/hooks';
import { clock } from '../../parts/clock';
import { Note } from '../../parts/note';
import { shown } from '../../state';
import { compare } from '../drafts/comparing';
import { Comparison } from '../drafts/comparison';
import { choicesIn, merge, type Side } from '../drafts/merging';
import { me } from '../state';
import { d } from '../text/drafts';
import type { Rival, Workbench } from './workbench';

export function EditorChoice({ bench, rival }: { bench: Workbench; rival: Rival }) {
  const { mine, theirs, why, at } = rival;
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const own = theirs.saved_by.id === me.value?.member.id;
  const name = own ? '' : theirs.saved_by.name;
  const differences = compare(theirs.document, mine);
  const order = shown.value?.vocabulary?.phases.map(phase => phase.id) ?? [];
  const mixed = [...choices.values()].includes('theirs');
  const all = choicesIn(differences);
  const whole = mixed && all.every(key => choices.get(key) === 'theirs');
  return (
    <div class="stack">
      <Note kind="warn" icon="text">
        <p>
          {why === 'kept' ? d().keptNewer(clock(at)) : d().conflictWith(name, clock(theirs.saved))} {d().bothKept}
        </p>
        <div class="deeds">
          <button type="button" class="main-deed" data-place="choose-mine" onClick={() => bench.choose(mine)}>
            {why === 'kept' ? d().goOnWithKept : d().goOnWithMine}
          </button>
          <button type="button" onClick={() => bench.choose(theirs.document)}>
            {own ? d().goOnWithSaved : d().goOnWithTheirs(name)}
          </button>
          {mixed && !whole && (
            <button type="button" onClick={() => bench.choose(merge(theirs.document, mine, differences, choices, order), true)}>
              {d().goOnWithChosen}
            </button>
          )}
        </div>
      </Note>
      <p class="small">{d().chooseWhat(name)}</p>
      <Comparison
        before={theirs.document}
        after={mine}
        choosing={{ choices, name: own ? d().theSaved : name, choose: (key, side) => setChoices(new Map(choices).set(key, side)) }}
      />
    </div>
  );
}
