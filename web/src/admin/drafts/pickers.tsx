/* Choosing from what there is: search, arrows and Enter; what is chosen stands beside with a key to take it away. One rule: it works the same with keys, mouse and thumb. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { search, type Field } from '../../core/search';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { e } from '../text/editor';

export interface Option {
  id: string;
  words: string;
  sub?: string | undefined;
}
interface PickerProps {
  label: string;
  placeholder: string;
  options: readonly Option[];
  chosen: readonly string[];
  /** What cannot be chosen here. */
  without?: string;
  /** One only: what is chosen takes the place of what was. */
  single?: boolean;
  /** The label is heard, and seen as the placeholder only. */
  quiet?: boolean;
  place?: string | undefined;
  onChoose: (ids: string[]) => void;
}
const SHOWN = 8;
const FIELDS: readonly Field<Option>[] = [
  { weight: 4, of: option => option.words },
  { weight: 1, of: option => option.sub ?? '' },
];

export function Picker({ label, placeholder, options, chosen, single = false, quiet = false, without = '', place, onChoose }: PickerProps) {
  const list = useRef<HTMLUListElement>(null);
  const born = useRef(false);
  // The search has gone with the choice: the focus goes to what was chosen, not to nowhere.
  useLayoutEffect(() => {
    if (born.current) list.current?.querySelector('button')?.focus();
    born.current = false;
  }, [chosen]);
  const nameOf = (id: string): string | undefined => options.find(option => option.id === id)?.words;
  const add = (id: string): void => {
    born.current = single;
    onChoose(single ? [id] : [...chosen, id]);
    announce(e().picked(nameOf(id) ?? id));
  };
  return (
    <div class="picker">
      {(!single || chosen.length === 0) && (
        <Search label={label} placeholder={placeholder} quiet={quiet} options={options} without={[...chosen, without]} place={place} onPick={add} />
      )}
      {single && chosen.length > 0 && !quiet && <span class="label">{label}</span>}
      {chosen.length > 0 && (
        <ul class="chosen" aria-label={label} ref={list}>
          {chosen.map(id => (
            <li key={id}>
              <span>{nameOf(id) ?? <span class="advice">{e().notOnShelf(id)}</span>}</span>
              <button type="button" aria-label={e().takeAway(nameOf(id) ?? id)} onClick={() => onChoose(chosen.filter(each => each !== id))}>
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface SearchProps {
  label: string;
  placeholder: string;
  quiet?: boolean;
  options: readonly Option[];
  /** Those that have been chosen already. */
  without?: readonly string[];
  place?: string | undefined;
  onPick: (id: string) => void;
}

export function Search({ label, placeholder, quiet = false, options, without = [], place, onPick }: SearchProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const hits = open ? search(query, options, FIELDS).filter(option => !without.includes(option.id)) : [];
  const seen = hits.slice(0, SHOWN);
  const pick = (option: Option | undefined): void => {
    if (option === undefined) return;
    onPick(option.id);
    setQuery('');
    setOpen(false);
    setAt(0);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (open && seen.length > 0) setAt((at + (event.key === 'ArrowDown' ? 1 : seen.length - 1)) % seen.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (open) pick(seen[at]);
      else setOpen(true);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (open) list.current?.scrollIntoView({ block: 'nearest' });
  }, [open, seen.length]);
  return (
    <div class="combo">
      <label>
        <span class={quiet ? 'hidden' : undefined}>{label}</span>
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && seen[at] !== undefined ? `${id}-${at}` : undefined}
          data-place={place}
          value={query}
          placeholder={placeholder}
          onInput={event => {
            setQuery(event.currentTarget.value);
            setAt(0);
            setOpen(true);
          }}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={key}
        />
      </label>
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} hidden={!open || seen.length === 0}>
        {seen.map((option, index) => (
          <li
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={event => event.preventDefault()}
            onClick={() => pick(option)}
          >
            {option.words}
            {option.sub !== undefined && option.sub !== '' && <small>{option.sub}</small>}
          </li>
        ))}
      </ul>
      {open && (seen.length === 0 || hits.length > SHOWN) && (
        <p class="small combo-more" role="status">
          {seen.length === 0 ? e().noHits(query) : e().moreHits(hits.length - SHOWN)}
        </p>
      )}
    </div>
  );
}
