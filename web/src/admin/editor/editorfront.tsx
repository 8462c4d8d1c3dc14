/* The front of the card: when it is used, what is done at once, and all that stands round it. One rule: what is read in five seconds comes first; the rest is folded until it is wanted. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { ChecklistDocument, Text } from '../../core/checklist';
import { Icon } from '../../parts/icon';
import { w } from '../../parts/words';
import { ROLE_FIELDS, said, setFront, setKind } from '../drafts/editing';
import { Immediate } from './editorimmediate';
import { roles } from '../drafts/options';
import { FieldLine } from './editorfield';
import { withoutLoose } from './lines';
import { aboutFront, Findings, FRONT_PLACES } from './findings';
import { readable } from '../drafts/referring';
import { names } from '../drafts/saying';
import { Picker } from '../drafts/pickers';
import { c } from '../text/comparison';
import { e } from '../text/editor';
import type { Workbench } from './workbench';

type TextField = 'title' | 'trigger' | 'not_for' | 'goal' | (typeof ROLE_FIELDS)[1 | 2 | 3 | 4];

export function EditorFront({ bench, english }: { bench: Workbench; english: boolean }) {
  const document = bench.document.value;
  const role = document.kind === 'role-card';
  const found = FRONT_PLACES.flatMap(name => aboutFront(bench, name));
  const musts = found.filter(each => each.severity === 'error').length;
  const [open, setOpen] = useState(() => document.trigger.sv === '' || document.immediate.length === 0 || musts > 0);
  const [more, setMore] = useState(() => document.goal.sv === '' || document.not_for.sv === '');
  // What is undone there is seen there.
  const sought = bench.focus.value?.place.startsWith('front-') === true;
  useLayoutEffect(() => {
    if (!sought) return;
    setOpen(true);
    setMore(true);
  }, [sought]);
  const field = (name: TextField, options: { refers?: boolean; most?: number } = {}) => (
    <FieldLine
      bench={bench}
      place={`front-${name}`}
      label={c().field[name]}
      hint={e().frontHint[name]}
      value={document[name]}
      english={english}
      findings={aboutFront(bench, name)}
      onType={(language, words) => put(bench, name, said(bench.document.value[name], language, words), language)}
      onRefer={text => bench.act(setFront<TextField>(bench.document.value, name, text), `front-${name}`)}
      {...options}
    />
  );
  return (
    <details class="edit-front box" open={open || sought} onToggle={event => event.target === event.currentTarget && setOpen(event.currentTarget.open)}>
      <summary>
        <span class="grow">
          <b>{c().front}</b>
          <small class="clip">{open ? e().frontWhat : readable(document.trigger.sv, names('sv'), 'sv')}</small>
        </span>
        {found.length > 0 && !open && <span class="advice">{e().toMend(musts, found.length - musts)}</span>}
        <Icon name="down" class="turn" />
      </summary>
      <div class="stack">
        {field('title', { most: 120 })}
        {role && field('mission', { refers: true })}
        {field('trigger', { refers: true })}
        <Immediate bench={bench} english={english} />
        <details open={more || sought} onToggle={event => setMore(event.currentTarget.open)}>
          <summary class="row">
            <span class="grow strong">{e().moreAboutCard}</span>
            <Icon name="down" class="turn" />
          </summary>
          <div class="stack front-more">
            {field('goal', { refers: true })}
            {field('not_for', { refers: true })}
            {role && field('reports_to', { refers: true })}
            {role && field('takes_over_from', { refers: true })}
            {role && field('hands_over_to', { refers: true })}
            <Kind bench={bench} />
            <Tags bench={bench} english={english} />
            <div class="field">
              <Picker
                label={c().field.audience}
                placeholder={e().searchRole}
                options={roles.value}
                chosen={document.audience}
                place="front-audience"
                onChoose={ids => bench.act(setFront(bench.document.value, 'audience', ids), 'front-audience')}
              />
              <Findings of={aboutFront(bench, 'audience')} />
            </div>
            <div class="fields">
              <Plain bench={bench} name="owner" most={80} />
              <Plain bench={bench} name="order" most={8} />
            </div>
          </div>
        </details>
      </div>
    </details>
  );
}

function put(bench: Workbench, name: TextField, value: Text | undefined, language: string): void {
  bench.type(setFront<TextField>(bench.document.value, name, value), `front-${name}${language === 'en' ? '-en' : ''}`);
}

function Kind({ bench }: { bench: Workbench }) {
  const document = bench.document.value;
  const choose = (kind: ChecklistDocument['kind']): void => bench.act(setKind(bench.document.value, kind), 'front-kind');
  return (
    <div class="fields">
      <label class="field">
        <span>{c().field.kind}</span>
        <select data-place="front-kind" value={document.kind} onChange={event => choose(event.currentTarget.value as ChecklistDocument['kind'])}>
          <option value="action-card">{w().actionCard}</option>
          <option value="role-card">{w().roleCard}</option>
        </select>
        <Findings of={aboutFront(bench, 'kind')} />
      </label>
      {document.kind === 'role-card' && (
        <label class="field">
          <span>{c().field.role}</span>
          <select
            data-place="front-role"
            value={document.role ?? ''}
            onChange={event => bench.act(setFront(bench.document.value, 'role', event.currentTarget.value || undefined), 'front-role')}
          >
            <option value="">{e().chooseRole}</option>
            {roles.value.map(role => (
              <option key={role.id} value={role.id}>
                {role.words}
              </option>
            ))}
          </select>
          <Findings of={aboutFront(bench, 'role')} />
        </label>
      )}
    </div>
  );
}

/** Search words: written with commas between, kept as a list. */
function Tags({ bench, english }: { bench: Workbench; english: boolean }) {
  const { tags } = bench.document.value;
  const [own, setOwn] = useState<{ sv?: string; en?: string }>({});
  const listed = (words: string): string[] =>
    words
      .split(',')
      .map(each => each.trim())
      .filter(each => each !== '');
  const shownIn = (language: 'sv' | 'en'): string => {
    const held = tags[language] ?? [];
    const words = own[language];
    return words !== undefined && listed(words).join('|') === held.join('|') ? words : held.join(', ');
  };
  const write = (language: 'sv' | 'en', words: string): void => {
    setOwn({ ...own, [language]: words });
    const next = { ...tags, [language]: listed(words) };
    if (next.en?.length === 0) delete next.en;
    bench.type(setFront(bench.document.value, 'tags', next), `front-tags${language === 'en' ? '-en' : ''}`);
  };
  return (
    <FieldLine
      bench={bench}
      place="front-tags"
      label={c().field.tags}
      hint={e().frontHint.tags}
      value={{ sv: shownIn('sv'), en: shownIn('en') }}
      english={english}
      findings={aboutFront(bench, 'tags')}
      onType={write}
    />
  );
}

function Plain({ bench, name, most }: { bench: Workbench; name: 'owner' | 'order'; most: number }) {
  const write = (value: string): void => bench.type(setFront(bench.document.value, name, value), `front-${name}`);
  return (
    <label class="field">
      <span>{c().field[name]}</span>
      <input
        type="text"
        data-place={`front-${name}`}
        maxLength={most}
        value={bench.document.value[name]}
        onInput={event => write(event.currentTarget.value)}
        onBlur={({ currentTarget: { value } }) => value !== withoutLoose(value) && write(withoutLoose(value))}
      />
      <small>{e().frontHint[name]}</small>
      <Findings of={aboutFront(bench, name)} />
    </label>
  );
}
