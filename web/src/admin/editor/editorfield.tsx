/* A labelled text of the card, in Swedish and beside it in English, with a way to point at cards, contacts and roles. One rule: what is said about it stands under it. */
import { useState } from 'preact/hooks';
import type { Language, Reference, Text } from '../../core/checklist';
import { Icon } from '../../parts/icon';
import type { Finding } from '../drafts/drafts';
import { cards, contacts, roles } from '../drafts/options';
import { pointing } from '../drafts/referring';
import { Findings } from './findings';
import { Line, ReferringLine } from './lines';
import { Search, type Option } from '../drafts/pickers';
import { c } from '../text/comparison';
import { e } from '../text/editor';
import type { Workbench } from './workbench';

interface FieldLineProps {
  bench: Workbench;
  place: string;
  label: string;
  hint: string;
  value: Text | undefined;
  english: boolean;
  findings: readonly Finding[];
  /** It may point at other things. */
  refers?: boolean;
  most?: number;
  onType: (language: Language, words: string) => void;
  /** The whole text, with what it points at. */
  onRefer?: (text: Text) => void;
}

export function FieldLine({ bench, place, label, hint, value, english, findings, refers = false, most = 600, onType, onRefer }: FieldLineProps) {
  const Words = refers ? ReferringLine : Line;
  const about = findings.length > 0 ? `said-${place}` : undefined;
  return (
    <div class={english ? 'field-pair both' : 'field-pair'}>
      <label class="field">
        <span>{label}</span>
        <Words place={place} value={value?.sv ?? ''} placeholder={hint} describedBy={about} most={most} onType={words => onType('sv', words)} />
      </label>
      {english && (
        <label class="field">
          <span>{c().english(label)}</span>
          <Words place={`${place}-en`} lang="en" value={value?.en ?? ''} most={most} onType={words => onType('en', words)} />
        </label>
      )}
      {refers && onRefer !== undefined && <AddReference bench={bench} place={place} onPick={marker => onRefer(pointing(value, marker))} />}
      <Findings of={findings} id={`said-${place}`} />
    </div>
  );
}

/** Points at something, last in the text; from there it can be moved like any words. */
function AddReference({ bench, place, onPick }: { bench: Workbench; place: string; onPick: (marker: string) => void }) {
  const [open, setOpen] = useState(false);
  const searchPlace = `${place}-refer`;
  if (!open)
    return (
      <button
        type="button"
        class="plain refer-key"
        onClick={() => {
          setOpen(true);
          bench.focus.value = { place: searchPlace };
        }}
      >
        <Icon name="plus" />
        {e().refer}
      </button>
    );
  const options: (Option & { kind: Reference['kind'] })[] = [
    ...cards.value.filter(card => card.id !== bench.id).map(each => ({ ...each, kind: 'card' as const, sub: c().field.cards })),
    ...contacts.value.map(each => ({ ...each, kind: 'call' as const, sub: c().field.call })),
    ...roles.value.map(each => ({ ...each, kind: 'role' as const, sub: c().field.role })),
  ].map(each => ({ ...each, id: `${each.kind}:${each.id}` }));
  return (
    <div
      class="refer"
      onKeyDown={event => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        setOpen(false);
        bench.focus.value = { place };
      }}
    >
      <Search
        label={e().refer}
        placeholder={e().searchAny}
        options={options}
        place={searchPlace}
        onPick={id => {
          onPick(`[[${id}]]`);
          setOpen(false);
          bench.focus.value = { place };
        }}
      />
    </div>
  );
}
