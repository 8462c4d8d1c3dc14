/* One step in the editor: a handle, its words, what it is besides, and what is said about it. One rule: the words come first; all else is one Tab away. */
import type { StepDefinition } from '../../core/checklist';
import { Icon } from '../../parts/icon';
import { grip } from './dragging';
import { DeskIcon } from '../drawings';
import { said, setStep } from '../drafts/editing';
import { StepDetails } from './editordetails';
import { Remarks } from './editornotes';
import { aboutStep, Findings } from './findings';
import { Line } from './lines';
import { factsOf } from '../drafts/saying';
import { firstDetail, onStepKey, onStepPaste, stepPlace } from './stepkeys';
import { e } from '../text/editor';
import type { Workbench } from './workbench';

export function EditorStep({ bench, step, number, english }: { bench: Workbench; step: StepDefinition; number: number; english: boolean }) {
  const { id, text } = step;
  const open = bench.open.value === id;
  const findings = aboutStep(bench, id);
  const facts = factsOf(step);
  const held = bench.dragged.value?.id === id;
  const place = stepPlace(id);
  return (
    <li class={`edit-step${open ? ' opened' : ''}${held ? ' held' : ''}`} data-step={id} onFocusIn={() => (bench.here.value = id)}>
      <button type="button" class="grip" tabIndex={-1} aria-label={e().dragStep(number)} onPointerDown={event => grip(bench, id, event)}>
        <DeskIcon name="grip" />
      </button>
      <div class="edit-words">
        <Line
          place={place}
          class="step-line"
          label={e().step(number)}
          value={text.sv}
          placeholder={e().stepExample}
          describedBy={findings.length > 0 ? `said-${id}` : undefined}
          most={500}
          onType={words => bench.type(setStep(bench.document.value, id, 'text', said(text, 'sv', words)), place)}
          onKey={event => onStepKey(bench, id, event)}
          onPaste={event => onStepPaste(bench, id, event)}
        />
        {english && (
          <Line
            place={`english:${id}`}
            class="english-line"
            lang="en"
            label={e().stepEnglish(number)}
            value={text.en ?? ''}
            placeholder={e().inEnglish}
            most={500}
            onType={words => bench.type(setStep(bench.document.value, id, 'text', said(text, 'en', words)), `english:${id}`)}
          />
        )}
        {!open && facts.length > 0 && <p class="edit-facts">{facts.join(' · ')}</p>}
        <Findings of={findings} id={`said-${id}`} />
        <Remarks bench={bench} step={id} />
      </div>
      <button
        type="button"
        class="plain more-key"
        tabIndex={-1}
        aria-expanded={open}
        onClick={() => {
          bench.open.value = open ? null : id;
          if (!open) bench.focus.value = { place: firstDetail(id) };
        }}
      >
        <span class="hidden">{e().details(number)}</span>
        <span class="tab-hint">{e().tabForMore}</span>
        <Icon name="down" class="turn" />
      </button>
      {open && <StepDetails bench={bench} step={step} number={number} english={english} />}
    </li>
  );
}
