/* One step: the key to mark it with, its words, its facts; opened, what it takes to do it. One rule: state shows in glyph, words and edge, all three. */
import { useRef } from 'preact/hooks';
import type { Mark } from '../core/operation';
import type { ProgressStep } from '../core/progress';
import { nameOf } from '../state';
import { clock, minutes } from './clock';
import { deedKey, markStep, saving, undoable, undoStep } from './deed';
import { Icon, type Drawing } from './icon';
import { roleName } from './richtext';
import { onPhone, when, witnesses } from './stamp';
import { StepOpen } from './stepopen';
import { t, w } from './words';

const GLYPHS: Record<Mark, Drawing | null> = { todo: null, doing: 'clock', done: 'check', already: 'checks', na: 'minus', failed: 'cross' };

interface StepProps {
  inc: string;
  item: ProgressStep;
  lit: boolean;
  open: boolean;
  /** Opened because it is next, not by hand: only what it takes to do it. */
  brief: boolean;
  onOpen: (open: boolean | null) => void;
}

export function StepItem({ inc, item, lit, open, brief, onOpen }: StepProps) {
  const key = deedKey(inc, item.key);
  const onItsWay = saving.value.get(key);
  const undo = undoable.value.get(key);
  const state = onItsWay ?? item.state;
  // The room for the undo key stays when the key goes: nothing may move under a thumb by itself.
  const marked = useRef(false);
  if (undo !== undefined) marked.current = true;
  const differs = onItsWay === undefined && item.step?.differs === true;
  const words = stepWords(item);
  const pressed = state === 'done' || state === 'already';
  const glyph: Drawing | null = differs ? 'question' : GLYPHS[state];
  const id = `step-${item.key.replace('/', '-')}`;
  const markAs = (wanted: Mark): void => {
    onOpen(wanted === 'failed' || wanted === 'doing' ? true : null);
    void markStep(inc, item.key, words, wanted);
  };
  return (
    <li class={`step ${state}${differs ? ' differs' : ''}${onItsWay === undefined ? '' : ' saving'}${lit ? ' now' : ''}`} id={id}>
      <div class={marked.current && state !== 'todo' ? 'row undoing' : 'row'}>
        <button class="mark" aria-label={w().markDone(words)} aria-pressed={pressed} onClick={() => markAs(pressed && !differs ? 'todo' : 'done')}>
          <i>{glyph !== null && <Icon name={glyph} />}</i>
        </button>
        <button class="words" aria-expanded={open} aria-controls={`${id}-open`} onClick={() => onOpen(!open)}>
          <span>
            <b>{words}</b>
            <Facts item={item} saving={onItsWay !== undefined} state={state} />
          </span>
          <Icon name="down" class="turn" />
        </button>
        {undo !== undefined && onItsWay === undefined && (
          <button class="undo" aria-label={w().undoWhat(words)} onClick={() => void undoStep(inc, item.key, words)}>
            {w().undo}
          </button>
        )}
      </div>
      <div id={`${id}-open`} hidden={!open}>
        {open && <StepOpen brief={brief} inc={inc} item={item} words={words} state={state} onMark={markAs} />}
      </div>
    </li>
  );
}

export function stepWords(item: ProgressStep): string {
  return item.added?.text ?? (t(item.definition?.text) || item.key.slice(item.key.indexOf('/') + 1));
}

function Facts({ item, state, saving: onItsWay }: { item: ProgressStep; state: Mark; saving: boolean }) {
  const { step, definition, added } = item;
  const heads = step?.mark.heads ?? [];
  if (onItsWay)
    return (
      <span class="facts">
        <span>{w().state[state]}</span>
        <span>{w().beingSaved}</span>
      </span>
    );
  if (step?.differs === true) {
    return (
      <span class="facts">
        <strong>{w().differs}</strong>
        <span>
          {heads
            .map(
              head =>
                `${nameOf(head.member, head.dev) || w().somebody}: ${w().state[head.value.state].toLowerCase()}${head.value.reason ? ` (${head.value.reason})` : ''} ${when(head)}.`,
            )
            .join(' ')}
        </span>
        {onPhone(heads)}
      </span>
    );
  }
  const who = <span>{witnesses(heads)}</span>;
  const critical = definition?.critical === true && <span class="tag critical">{w().critical}</span>;
  if (state === 'done')
    return (
      <span class="facts">
        {who}
        {onPhone(heads)}
      </span>
    );
  if (state !== 'todo') {
    const reason = heads[0]?.value.reason;
    return (
      <span class="facts">
        {state === 'doing' && critical}
        <strong>
          {w().state[state]}
          {reason ? `: ${reason}` : ''}
        </strong>
        {who}
        {onPhone(heads)}
      </span>
    );
  }
  const within = definition?.within ?? 0;
  const byWhom =
    added === null
      ? definition?.role === undefined
        ? ''
        : roleName(definition.role)
      : `${w().ownStep} · ${nameOf(added.by.member, added.by.dev)} ${when(added.by)}`;
  return (
    <span class="facts">
      {critical}
      {within < 0 ? (
        <span>{w().before(minutes(within))}</span>
      ) : (
        item.due !== null &&
        (item.late ? (
          <span class="tag late">{w().lateSince(clock(item.due))}</span>
        ) : (
          <span class="tag due">
            {within > 0 ? `${w().within(minutes(within))} · ` : ''}
            {clock(item.due)}
          </span>
        ))
      )}
      {definition?.every !== undefined && <span>{w().every(minutes(definition.every))}</span>}
      {definition?.when === 'ongoing' && <span>{w().ongoing}</span>}
      {definition?.decision === true && <span>{w().decision}</span>}
      {definition?.everyone === true && <span>{w().everyone}</span>}
      {byWhom !== '' && <span>{byWhom}</span>}
      {onPhone(added === null ? heads : [...heads, added.by])}
    </span>
  );
}
