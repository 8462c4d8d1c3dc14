/* Händelse: the steps, by phase, with one lit. One rule: no dialogs here; everything is marked, undone and explained in its own place. */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Card, Incident } from '../core/shapes';
import { progressOf, type Progress, type ProgressPhase, type ProgressStep } from '../core/progress';
import { documentOf, incidentOf, lookAt, now, organisation } from '../state';
import { AddStep, hasNotices, Notices, Pause, PlainSteps } from '../parts/cardparts';
import { clock, elapsed } from '../parts/clock';
import { deedKey, undoable } from '../parts/deed';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { LogBook } from '../parts/logbook';
import { MissingIncident } from '../parts/missing';
import { Chips } from '../parts/note';
import { printing } from '../parts/print';
import { scroller, to } from '../parts/route';
import { StepItem } from '../parts/step';
import { wide } from '../parts/wide';
import { t, w } from '../parts/words';

type Filter = 'mine' | 'left' | 'all';
const filter = signal<Filter>('all');
/** Which card is on the screen, by incident; which steps a person has opened or closed by hand, by incident and step. */
const shownCard = signal<ReadonlyMap<string, string>>(new Map());
const opened = signal<ReadonlyMap<string, boolean>>(new Map());

export function IncidentScreen({ inc }: { inc: string }) {
  const incident = incidentOf(inc);
  useEffect(() => {
    lookAt(inc);
    return () => lookAt(null);
  }, [inc]);
  if (incident === undefined) return <MissingIncident />;
  const progresses = incident.cards.map(card => progressOf(incident, card, documentOf(card.hash), now.value));
  const index = Math.max(
    0,
    incident.cards.findIndex(card => card.id === shownCard.value.get(inc)),
  );
  const card = incident.cards[index];
  const progress = progresses[index];
  return (
    <Frame
      title={incident.title}
      sub={subOf(incident, progresses)}
      up={to()}
      incident={incident}
      progress={sum(progresses)}
      layout="work"
      aside={
        <a href={to('handelse', inc, 'om')} aria-label={w().aboutIncident}>
          <Icon name="more" />
          {wide.value && w().aboutIncident}
        </a>
      }
    >
      <div class="content stack">
        <Notices incident={incident} card={card} />
        {incident.cards.length > 1 && <Deck incident={incident} progresses={progresses} shown={index} />}
        {card !== undefined && progress !== undefined ? (
          <Steps key={card.id} incident={incident} card={card} progress={progress} />
        ) : (
          <>
            <div class="box">
              <h2>{w().noCardYet}</h2>
              <p>{w().noCardYetWhat}</p>
            </div>
            <AddStep inc={inc} card={null} phase="" />
          </>
        )}
        <a class="button add" href={to('handelse', inc, 'nytt-kort')}>
          <Icon name="binder" />
          {w().addCard}
        </a>
      </div>
      {wide.value && (
        <aside class="side stack" aria-label={w().log}>
          <h2 class="label-line">{w().log}</h2>
          <LogBook incident={incident} />
        </aside>
      )}
    </Frame>
  );
}

function Steps({ incident, card, progress }: { incident: Incident; card: Card; progress: Progress }) {
  const { inc } = incident;
  const document = documentOf(card.hash);
  const mine = progress.phases.flatMap(({ steps }) => steps.filter(step => isMine(incident, step)));
  const chosen = filter.value === 'mine' && mine.length === 0 ? 'left' : filter.value;
  const shows = (step: ProgressStep): boolean =>
    chosen === 'all' ||
    printing.value ||
    undoable.value.has(deedKey(inc, step.key)) ||
    (chosen === 'mine' ? isMine(incident, step) : !step.finished || step.step?.differs === true);
  const chips = [
    ...(mine.length > 0 ? [['mine', `${w().mine} ${mine.filter(step => !step.finished).length}`] as const] : []),
    ['left', `${w().left} ${progress.left}`] as const,
    ['all', `${w().all} ${progress.total}`] as const,
  ];
  // What was finished when one came here is folded; what is finished under one's eyes stays where it is.
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => new Set(progress.phases.filter(isFolded).map(({ phase }) => phase)));
  useEffect(() => {
    if (incident.cards.length === 1 && !hasNotices(incident, card)) scrollToLit();
  }, [card.id]);
  return (
    <>
      <div class="row wrap spread">
        <h2 class="grow card-name">
          {cardName(card)} {document !== undefined && <small>{w().version(card.version)}</small>}
        </h2>
        <Chips label={w().show} chosen={chosen} of={chips} onChoose={key => (filter.value = key)} />
      </div>
      {document === undefined && card.checklist !== '' && <PlainSteps card={card} />}
      {progress.phases.map(phase => {
        const steps = phase.steps.filter(shows);
        if (folded.has(phase.phase) && chosen === 'all' && !printing.value) {
          return (
            <button key={phase.phase} class="folded" aria-expanded={false} onClick={() => setFolded(new Set([...folded].filter(each => each !== phase.phase)))}>
              <Icon name="check" class="good" />
              <span class="grow">{t(phase.title)}</span>
              <small>{w().of(phase.done, phase.total)}</small>
              <Icon name="down" />
            </button>
          );
        }
        return (
          <section key={phase.phase} aria-labelledby={`phase-${phase.phase}`}>
            <div class="phase">
              <h3 id={`phase-${phase.phase}`}>{t(phase.title) || w().ownSteps}</h3>
              <small>{phase.steps.length === 0 ? '' : `${w().mode[phase.mode]} · ${w().of(phase.done, phase.total)}`}</small>
            </div>
            {steps.length > 0 && (
              <ul class="steps">
                {steps.map(step => (
                  <StepItem
                    key={step.key}
                    inc={inc}
                    item={step}
                    lit={step.key === progress.next}
                    open={isOpen(inc, step, progress)}
                    brief={!wide.value && !opened.value.has(deedKey(inc, step.key))}
                    onOpen={open => setOpen(inc, step.key, open)}
                  />
                ))}
              </ul>
            )}
            {steps.length === 0 && phase.total > 0 && (
              <p class="small quiet-line">
                <Icon name="check" class="good" /> {chosen === 'mine' ? w().nothingMine : w().phaseDone}
              </p>
            )}
            <AddStep inc={inc} card={card.id} phase={phase.phase} />
            {phase.pause !== null && <Pause incident={incident} card={card} phase={phase} />}
          </section>
        );
      })}
      {progress.phases.length === 0 && <AddStep inc={inc} card={card.id} phase="" />}
    </>
  );
}

/** Each card of the incident with how far it has come; the one that is shown is marked. */
function Deck({ incident, progresses, shown }: { incident: Incident; progresses: Progress[]; shown: number }) {
  return (
    <nav class="deck" aria-label={w().cardsInIncident}>
      {incident.cards.map((card, i) => {
        const progress = progresses[i];
        return (
          <button
            key={card.id}
            aria-current={i === shown ? 'true' : undefined}
            onClick={() => (shownCard.value = new Map(shownCard.value).set(incident.inc, card.id))}
          >
            <span class="row">
              <span class="grow">{cardName(card)}</span>
              {progress !== undefined && progress.late > 0 && <span class="tag late">{w().late(progress.late)}</span>}
              <small>{progress === undefined ? '' : w().of(progress.done, progress.total)}</small>
            </span>
            {progress !== undefined && progress.total > 0 && <progress value={progress.done} max={progress.total} aria-hidden="true" />}
          </button>
        );
      })}
    </nav>
  );
}

function cardName(card: Card): string {
  const document = documentOf(card.hash);
  return document !== undefined ? t(document.title) : card.checklist === '' ? w().ownSteps : w().cardOnItsWay;
}

function subOf(incident: Incident, progresses: Progress[]): string {
  const { done, total, late } = sum(progresses);
  const began = incident.zero ?? incident.opened?.time;
  const age =
    incident.status === 'closed' && incident.statusBy !== null
      ? w().closedAt(clock(incident.statusBy.time))
      : began === undefined
        ? ''
        : w().into(elapsed(began));
  const [card, more] = incident.cards;
  // With one card its name stands here; with several they stand in a list of their own.
  const name = card === undefined || more !== undefined || card.checklist === '' ? '' : `${cardName(card)} ${w().version(card.version)}`;
  return [age, late > 0 && incident.status === 'open' ? w().late(late) : '', total > 0 ? w().of(done, total) : '', name].filter(Boolean).join(' · ');
}

function sum(progresses: Progress[]): { done: number; total: number; late: number } {
  const add = (what: 'done' | 'total' | 'late'): number => progresses.reduce((all, each) => all + each[what], 0);
  return { done: add('done'), total: add('total'), late: add('late') };
}

/** Given to me, or to a role that I hold in this incident. */
function isMine(incident: Incident, { step, definition }: ProgressStep): boolean {
  const me = organisation.value?.member.id ?? '';
  const given = step?.assign.value;
  if (given?.member !== undefined && given.member !== '') return given.member === me;
  const role = given?.role ?? definition?.role;
  return role !== undefined && incident.roles.get(role)?.value === me;
}

/** All done, and all agree. */
function isFolded({ steps, done, total }: ProgressPhase): boolean {
  return total > 0 && done === total && !steps.some(step => step.step?.differs);
}

function isOpen(inc: string, step: ProgressStep, progress: Progress): boolean {
  return opened.value.get(deedKey(inc, step.key)) ?? step.key === progress.next;
}

function setOpen(inc: string, key: string, open: boolean | null): void {
  const map = new Map(opened.value);
  if (open === null) map.delete(deedKey(inc, key));
  else map.set(deedKey(inc, key), open);
  opened.value = map;
}

/** Coming to a card that is half done, the next step is brought into sight; a screen that fits is left alone. */
function scrollToLit(): void {
  requestAnimationFrame(() => {
    const lit = window.document.querySelector('.step.now');
    const page = scroller();
    if (lit === null || page === null || page.scrollTop > 0) return;
    // Not scrollIntoView: that would move the frame too.
    const below = lit.getBoundingClientRect().top - page.getBoundingClientRect().top;
    if (below > page.clientHeight * 0.7) page.scrollTo(0, below - 48);
  });
}
