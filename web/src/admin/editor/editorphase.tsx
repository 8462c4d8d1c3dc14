/* One phase in the editor: its name and way of working, its steps, its pause point. One rule: a phase is one of the vocabulary's, in its order; its name here is free. */
import type { PhaseDefinition } from '../../core/checklist';
import { shown } from '../../state';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { t, w } from '../../parts/words';
import { addPhase, removePhase, said, setPhase } from '../drafts/editing';
import { EditorStep } from './editorstep';
import { aboutPhase, Findings } from './findings';
import { Line } from './lines';
import { addLast, addPlace } from './stepkeys';
import { c } from '../text/comparison';
import { e } from '../text/editor';
import type { Workbench } from './workbench';

const ADD_PHASE = 'add-phase';

export function EditorPhase({ bench, phase, english }: { bench: Workbench; phase: PhaseDefinition; english: boolean }) {
  const { id, title, steps, pause } = phase;
  const place = (field: string): string => `phase-${field}:${id}`;
  const write = (field: 'title' | 'pause', language: 'sv' | 'en', words: string): void =>
    bench.type(setPhase(bench.document.value, id, field, said(phase[field], language, words)), place(language === 'sv' ? field : `${field}-en`));
  const spot = bench.dragged.value?.spot;
  const others = steps.filter(step => step.id !== bench.dragged.value?.id);
  const dropAt = spot?.phase !== id ? null : spot.at;
  const dropBefore = dropAt === null ? null : (others[dropAt]?.id ?? '');
  const drop = <li class="drop-here" aria-hidden="true" />;
  return (
    <section class="edit-phase" aria-label={t(title) || e().phaseName}>
      <div class="edit-phase-head">
        <Line
          place={place('title')}
          class="phase-line"
          label={e().phaseName}
          value={title.sv}
          placeholder={e().phaseName}
          most={120}
          onType={words => write('title', 'sv', words)}
          onKey={event => {
            if (event.key !== 'Enter' || event.shiftKey || steps.length > 0) return;
            event.preventDefault();
            addLast(bench, id);
          }}
        />
        <select
          aria-label={c().field.mode}
          value={phase.mode}
          onChange={event => bench.act(setPhase(bench.document.value, id, 'mode', event.currentTarget.value as PhaseDefinition['mode']), place('title'))}
        >
          {(['read-do', 'do-confirm'] as const).map(mode => (
            <option key={mode} value={mode}>
              {w().mode[mode]}
            </option>
          ))}
        </select>
        <small>{w().stepCount(steps.length)}</small>
        <button
          type="button"
          class="plain icon-key"
          aria-label={e().removePhase(t(title))}
          title={e().removePhase(t(title))}
          onClick={() => {
            const left = removePhase(bench.document.value, id);
            const near = left.phases[bench.document.value.phases.findIndex(each => each.id === id)] ?? left.phases[left.phases.length - 1];
            bench.act(left, place('title'), { place: near === undefined ? ADD_PHASE : `phase-title:${near.id}` });
            announce(e().phaseRemoved(steps.length));
          }}
        >
          <Icon name="cross" />
        </button>
      </div>
      {english && (
        <Line
          place={place('title-en')}
          class="english-line"
          lang="en"
          label={c().english(e().phaseName)}
          value={title.en ?? ''}
          placeholder={e().inEnglish}
          most={120}
          onType={words => write('title', 'en', words)}
        />
      )}
      <Findings of={aboutPhase(bench, id)} />
      <ul class="edit-steps" data-phase={id}>
        {steps.map((step, at) => [step.id === dropBefore && drop, <EditorStep key={step.id} bench={bench} step={step} number={at + 1} english={english} />])}
        {dropBefore === '' && drop}
      </ul>
      <button type="button" class="add" data-place={addPlace(id)} onClick={() => addLast(bench, id)}>
        <Icon name="plus" />
        {e().addStep}
      </button>
      <label class="field pause-field">
        <span>{c().field.pause}</span>
        <Line place={place('pause')} value={pause?.sv ?? ''} placeholder={e().pauseExample} most={300} onType={words => write('pause', 'sv', words)} />
      </label>
      {english && (
        <label class="field">
          <span>{c().english(c().field.pause)}</span>
          <Line place={place('pause-en')} lang="en" value={pause?.en ?? ''} most={300} onType={words => write('pause', 'en', words)} />
        </label>
      )}
    </section>
  );
}

/** The vocabulary's phases that the card does not have yet, in their order. */
export function AddPhase({ bench }: { bench: Workbench }) {
  const all = shown.value?.vocabulary?.phases ?? [];
  const left = all.filter(phase => !bench.document.value.phases.some(each => each.id === phase.id));
  if (left.length === 0) return null;
  return (
    <div class="add-phase">
      <h2>{e().addPhase}</h2>
      <div class="chips">
        {left.map((phase, at) => (
          <button
            key={phase.id}
            type="button"
            data-place={at === 0 ? ADD_PHASE : undefined}
            onClick={() => {
              const order = all.map(each => each.id);
              const { id, title } = phase;
              bench.act(addPhase(bench.document.value, { id, title }, order), `phase-title:${id}`, { place: addPlace(id) });
              announce(e().phaseAdded(t(title)));
            }}
          >
            <Icon name="plus" />
            {t(phase.title)}
          </button>
        ))}
      </div>
    </div>
  );
}
