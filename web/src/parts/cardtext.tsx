/* A card read through without starting anything: when, what at once, and every step. One rule: its front is readable in five seconds. */
import type { ComponentChildren } from 'preact';
import type { ChecklistDocument, PhaseDefinition, Text } from '../core/checklist';
import { addCard, cardOf, incidentOf, shown } from '../state';
import { date, isPast, minutes } from './clock';
import { Icon } from './icon';
import { CallsIn, CardLink, RichText, roleName } from './richtext';
import { here, to, toHere } from './route';
import { CallKey } from './call';
import { isTrial } from './cardlist';
import { attempt } from './deed';
import { go } from './route';
import { t, w } from './words';

export function CardText({ id }: { id: string }) {
  const found = cardOf(id);
  if (found === undefined)
    return (
      <div class="box">
        <h2>{w().cardMissing(id)}</h2>
        <p>{w().cardMissingWhat}</p>
        <a class="button" href={to('krisparm')}>
          {w().library}
        </a>
      </div>
    );
  const { document, entry } = found;
  if (entry.version === 0)
    return (
      <>
        <div class="band draft">{w().version(0)}</div>
        <p class="small">{w().trialWhat}</p>
        <CardBody document={document} />
      </>
    );
  return (
    <CardBody document={document}>
      <p class="small">
        {w().cardColophon(entry.version, date(entry.published), entry.published_by, date(entry.review_by))}{' '}
        {isPast(entry.review_by) && <span class="tag due">{w().overdue}</span>}
        {entry.changes !== undefined && entry.changes !== '' && <> {w().changed(entry.changes)}</>}
        {document.status !== undefined && <> {document.status}.</>}
      </p>
    </CardBody>
  );
}

/** Any document, published or not. `open`: every phase is unfolded. */
export function CardBody({ document, open = false, children }: { document: ChecklistDocument; open?: boolean; children?: ComponentChildren }) {
  return (
    <>
      <section class="stack tight">
        <h2 class="label-line">{w().useWhen}</h2>
        <p class="lead">
          <RichText text={document.trigger} />
        </p>
      </section>
      {document.mission !== undefined && (
        <section class="stack tight">
          <h2 class="label-line">{w().mission}</h2>
          <p>
            <RichText text={document.mission} />
          </p>
        </section>
      )}
      <section class="at-once">
        <h2>{w().doAtOnce}</h2>
        <ol>
          {document.immediate.map((line, at) => (
            <li key={at}>
              <RichText text={line} />
              <div class="call-row">
                <CallsIn text={line} />
              </div>
            </li>
          ))}
        </ol>
      </section>
      <ul class="list">
        {document.phases.map(phase => (
          <li key={phase.id}>
            <Phase phase={phase} open={open} />
          </li>
        ))}
      </ul>
      <section class="box">
        <dl class="facts-list">
          <Fact title={w().notFor} text={document.not_for} />
          <Fact title={w().goal} text={document.goal} />
          <Fact title={w().reportsTo} text={document.reports_to} />
          <Fact title={w().takesOverFrom} text={document.takes_over_from} />
          <Fact title={w().handsOverTo} text={document.hands_over_to} />
        </dl>
      </section>
      {children}
      <Sources document={document} />
    </>
  );
}

/** What one does with a card that is read: start with it, or take it into the incident that one is in. */
export function StartKey({ id }: { id: string }) {
  const inc = here();
  const trial = isTrial(id);
  if (inc === null)
    return (
      <a class={trial ? 'button main-deed drill-deed' : 'button main-deed'} href={to('starta', trial ? 'ovning' : 'skarp', id)}>
        <Icon name="lantern" />
        {trial ? w().startExercise : w().startWithCard}
      </a>
    );
  if (trial && incidentOf(inc)?.exercise !== true) return null;
  if (incidentOf(inc)?.cards.some(card => card.checklist === id) === true)
    return (
      <a class="button main-deed" href={to('handelse', inc)}>
        <Icon name="steps" />
        {w().inUseHere}
      </a>
    );
  const add = async (): Promise<void> => {
    if ((await attempt(addCard(inc, id))) !== null) go(toHere());
  };
  return (
    <button class="main-deed" onClick={() => void add()}>
      <Icon name="plus" />
      {w().addThisCard}
    </button>
  );
}

function Fact({ title, text }: { title: string; text: Text | undefined }) {
  return text === undefined ? null : (
    <div>
      <dt>{title}</dt>
      <dd>
        <RichText text={text} />
        <div class="call-row">
          <CallsIn text={text} />
        </div>
      </dd>
    </div>
  );
}

function Phase({ phase, open }: { phase: PhaseDefinition; open: boolean }) {
  return (
    <details open={open}>
      <summary>
        <div class="grow">
          <h3>{t(phase.title)}</h3>
          <small>
            {w().mode[phase.mode]} · {w().stepCount(phase.steps.length)}
          </small>
        </div>
        <Icon name="down" class="turn" />
      </summary>
      <ol class="read">
        {phase.steps.map(step => (
          <li key={step.id}>
            <p>
              <b>{t(step.text)}</b>
            </p>
            <p class="facts">
              {step.critical === true && <span class="tag critical">{w().critical}</span>}
              {step.within !== undefined && <span>{step.within < 0 ? w().before(minutes(step.within)) : w().within(minutes(step.within))}</span>}
              {step.every !== undefined && <span>{w().every(minutes(step.every))}</span>}
              {step.when === 'ongoing' && <span>{w().ongoing}</span>}
              {step.decision === true && <span>{w().decision}</span>}
              {step.role !== undefined && <span>{roleName(step.role)}</span>}
            </p>
            {step.why !== undefined && <p class="small">{t(step.why)}</p>}
            {step.call !== undefined && (
              <div class="call-row">
                {step.call.map(id => (
                  <CallKey key={id} id={id} />
                ))}
              </div>
            )}
            {step.message !== undefined && (
              <a class="button" href={toHere('budskap', step.message)}>
                <Icon name="speech" />
                {messageTitle(step.message)}
              </a>
            )}
            {step.cards?.map(id => (
              <p key={id} class="row">
                <Icon name="binder" />
                <CardLink id={id} />
              </p>
            ))}
          </li>
        ))}
        {phase.pause !== undefined && (
          <li class="pause">
            <strong>{w().pause}</strong>
            <p>{t(phase.pause)}</p>
          </li>
        )}
      </ol>
    </details>
  );
}

function messageTitle(id: string): string {
  const found = shown.value?.messages?.messages.find(message => message.id === id);
  return found === undefined ? id : t(found.title);
}

function Sources({ document }: { document: ChecklistDocument }) {
  const ids = [...new Set(document.phases.flatMap(phase => phase.steps.flatMap(step => step.sources ?? [])))];
  if (ids.length === 0) return null;
  const sources = shown.value?.vocabulary?.sources ?? [];
  return (
    <details class="box">
      <summary class="row">
        <h3 class="grow">
          {w().support} ({ids.length})
        </h3>
        <Icon name="down" class="turn" />
      </summary>
      <ul class="stack tight small">
        {ids.map(id => {
          const source = sources.find(each => each.id === id);
          return (
            <li key={id}>
              {source?.url === undefined ? (
                (source?.title ?? id)
              ) : (
                <a class="inline-link" href={source.url} rel="noreferrer" target="_blank">
                  {source.title}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
