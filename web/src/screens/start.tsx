/* Start (Läge): what goes on, start something, whom to ring, is this phone ready. One rule: the one main deed is to open what is on fire, or to start. */
import type { Incident } from '../core/shapes';
import { progressOf } from '../core/progress';
import { applyUpdate, documentOf, incidents, library, now, organisation, updateReady } from '../state';
import { whoAnswers, Dial } from '../parts/call';
import { findCards } from '../parts/cardlist';
import { clock, date, elapsed } from '../parts/clock';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { Note } from '../parts/note';
import { lacking } from '../parts/ready';
import { to } from '../parts/route';
import { stepWords } from '../parts/step';
import { wide } from '../parts/wide';
import { t, w } from '../parts/words';

export function StartScreen() {
  const open = incidents.value.filter(incident => incident.status === 'open');
  const closed = incidents.value.filter(incident => incident.status === 'closed');
  // The one lit deed: to open what is real; when nothing real goes on, to start.
  const logo = library.value?.logo;
  const burning = open.find(incident => !incident.exercise);
  return (
    <Frame title={w().start} sub={organisation.value?.name} icon="lantern" layout="grid" aside={logo && <img class="logo" src={logo} alt="" />}>
      <div class="stack">
        {updateReady.value && (
          <Note kind="warn" icon="down">
            <p>{w().updateReady}</p>
            <button onClick={applyUpdate}>{w().updateNow}</button>
          </Note>
        )}
        {open.map(incident => (
          <OpenIncident key={incident.inc} incident={incident} first={incident === burning} />
        ))}
        {burning === undefined ? (
          <section class="box">
            {open.length === 0 && (
              <div>
                <h2>{w().nothingOpen}</h2>
                <p class="small">{w().startWhat}</p>
              </div>
            )}
            <a class="button main-deed" href={to('starta', 'skarp')}>
              <Icon name="lantern" />
              {w().startIncident}
            </a>
            <a class="button exercise-deed wide" href={to('starta', 'ovning')}>
              {w().startExercise}
            </a>
          </section>
        ) : (
          <div class="choice deeds">
            <a class="button" href={to('starta', 'skarp')}>
              {w().startIncident}
            </a>
            <a class="button exercise-deed" href={to('starta', 'ovning')}>
              {w().startExercise}
            </a>
          </div>
        )}
      </div>
      <div class="stack">
        <Emergency />
        <ReadyLine />
        {closed.length > 0 && (
          <section class="stack tight">
            <h2>{w().closedIncidents}</h2>
            <ul class="list">
              {closed.map(incident => (
                <li key={incident.inc}>
                  <a class="row" href={to('handelse', incident.inc)}>
                    <div class="grow">
                      <h3>{incident.title}</h3>
                      <small>
                        {incident.exercise ? `${w().exercise} · ` : ''}
                        {incident.statusBy === null ? '' : w().closedAt(clock(incident.statusBy.time))}
                      </small>
                    </div>
                    <Icon name="right" />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {wide.value && <QuickCards />}
    </Frame>
  );
}

/** On a desk there is room for every action card: what has happened is one press away. */
function QuickCards() {
  const cards = findCards('', 'action-card');
  if (cards.length === 0) return null;
  return (
    <section class="stack tight across">
      <h2>{w().startFromCard}</h2>
      <ul class="quick-cards">
        {cards.map(({ entry, document }) => (
          <li key={entry.id}>
            <a class="button" href={to('starta', 'skarp', entry.id)}>
              {t(document.title)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OpenIncident({ incident, first }: { incident: Incident; first: boolean }) {
  const cards = incident.cards.map(card => ({ card, document: documentOf(card.hash), progress: progressOf(incident, card, documentOf(card.hash), now.value) }));
  const done = cards.reduce((sum, { progress }) => sum + progress.done, 0);
  const total = cards.reduce((sum, { progress }) => sum + progress.total, 0);
  const late = cards.reduce((sum, { progress }) => sum + progress.late, 0);
  const names = cards.map(({ document }) => (document === undefined ? '' : t(document.title))).filter(name => name !== '' && name !== incident.title);
  const next = cards.flatMap(({ progress }) => progress.phases.flatMap(phase => phase.steps).filter(step => step.key === progress.next))[0];
  const about = [incident.place, ...names].filter(Boolean).join(' · ');
  const began = incident.zero ?? incident.opened?.time ?? null;
  return (
    <section class={`box ${incident.exercise ? 'drill' : 'lit'}`}>
      {incident.exercise && (
        <p class="row">
          <span class="tag drill">{w().exerciseBand}</span>
        </p>
      )}
      <div class="row wrap head-line">
        <div class="grow">
          <h2>{incident.title}</h2>
          {began !== null && (
            <small class="under">
              {w().ongoingSince(clock(began))} ({elapsed(began)})
            </small>
          )}
          {about !== '' && <small class="clip">{about}</small>}
        </div>
        {late > 0 && <span class="tag late">{w().late(late)}</span>}
      </div>
      {total > 0 && <progress value={done} max={total} aria-label={w().progressOf(done, total)} />}
      <div class="stack tight">
        <small>{total > 0 ? w().doneOf(done, total) : w().noStepsYet}</small>
        {next !== undefined && (
          <p class="clip">
            <small class="inline">{w().nextStep}: </small>
            {stepWords(next)}
          </p>
        )}
      </div>
      <div>
        <a class={first ? 'button main-deed' : 'button wide'} href={to('handelse', incident.inc)} aria-label={w().openWhat(incident.title)}>
          {w().open}
        </a>
      </div>
    </section>
  );
}

function Emergency() {
  const ids = library.value?.manifest.organisation.emergency ?? [];
  const found = ids
    .flatMap(id => {
      const who = whoAnswers(id);
      const number = who?.person?.numbers[0];
      return who === null || number === undefined ? [] : [{ id, title: t(who.fn.title), number }];
    })
    .slice(0, 3);
  return (
    <section class="box">
      <h2>{w().call}</h2>
      {found.length === 0 ? (
        <p class="small">
          {w().noEmergency} <a href={to('kontakter')}>{w().contacts}</a>
        </p>
      ) : (
        <div class="calls">
          {found.map(({ id, title, number }) => (
            <Dial key={id} dial={number.dial} who={title} contact={id}>
              <Icon name="phone" />
              <span class="hidden">{w().call} </span>
              <span>{shortName(id, title)}</span>
              {shortName(id, title) !== title && <span class="hidden">, {title}</span>}
            </Dial>
          ))}
        </div>
      )}
    </section>
  );
}

/** What fits on a third of a phone: the number when that is its name (112), what stands in brackets (TiB), or the first word, cut as people cut words: "Länsst." */
function shortName(id: string, title: string): string {
  if (/^\d+$/.test(id)) return id;
  const [word = title] = title.split(/[\s,(–/]/);
  return (
    /\(([^)]{2,6})\)/.exec(title)?.[1] ??
    (word.length < 10 ? word : `${/^.{3,6}?[^aeiouyåäö](?=[aeiouyåäö])/i.exec(word.slice(0, 8))?.[0] ?? word.slice(0, 7)}.`)
  );
}

function ReadyLine() {
  const missing = lacking();
  const ready = missing.length === 0;
  const view = library.value;
  return (
    <section class="list">
      <a class="row" href={to('redo')}>
        <Icon name={ready ? 'check' : 'warn'} class={ready ? 'good' : 'light'} />
        <div class="grow">
          <h2>{ready ? w().ready : w().notReady}</h2>
          <small>
            {ready && view !== null ? w().readyLine(date(view.fetched), view.checklists.size) : missing.map(code => w().missing[code] ?? code).join(' ')}
          </small>
        </div>
        <Icon name="right" />
      </a>
    </section>
  );
}
