/* The log of an incident: the line to write on first, then what happened, newest first. One rule: nothing is rewritten; a correction stands beside what it corrects. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Incident, LogEntry } from '../core/shapes';
import { correctLog, documentOf, nameOf, writeLog } from '../state';
import { announce } from './announce';
import { dayOf, hour } from './clock';
import { attempt } from './deed';
import { Icon } from './icon';
import { Chips } from './note';
import { onPhone } from './stamp';
import { t, w } from './words';

type Kind = 'event' | 'decision' | 'contact';
type Filter = 'all' | 'decision' | 'contact' | 'message';
/** A line half written is still there when one comes back to it. */
const drafts = signal<ReadonlyMap<string, string>>(new Map());
const filter = signal<Filter>('all');

export function LogBook({ incident }: { incident: Incident }) {
  const roots = incident.log.filter(entry => !entry.corrects.some(id => incident.log.some(other => other.stamp.id === id)));
  const count = (type: string): number => roots.filter(entry => entry.type === type).length;
  const chips = (
    [
      ['all', w().everything],
      ['decision', `${w().decisions} ${count('decision')}`],
      ['contact', `${w().callsMade} ${count('contact')}`],
      ['message', `${w().messages} ${count('message')}`],
    ] as const
  ).filter(([key]) => key === 'all' || count(key) > 0);
  const chosen = roots.length > 5 && chips.some(([key]) => key === filter.value) ? filter.value : 'all';
  const shown = roots.filter(entry => chosen === 'all' || entry.type === chosen).reverse();
  return (
    <>
      <WriteLine inc={incident.inc} />
      {chips.length > 1 && roots.length > 5 && <Chips label={w().show} chosen={chosen} of={chips} onChoose={key => (filter.value = key)} />}
      {shown.length === 0 ? (
        <p class="small">{w().logEmpty}</p>
      ) : (
        <ol class="told" reversed>
          {shown.flatMap((entry, i) => {
            const day = dayOf(entry.stamp.time);
            const before = shown[i - 1];
            const heading =
              day === (before === undefined ? '' : dayOf(before.stamp.time))
                ? []
                : [
                    <li class="day" key={`day ${entry.stamp.id}`}>
                      <b>{day || w().today}</b>
                    </li>,
                  ];
            return [...heading, <LogItem key={entry.stamp.id} incident={incident} entry={entry} />];
          })}
        </ol>
      )}
    </>
  );
}

function WriteLine({ inc }: { inc: string }) {
  const [kind, setKind] = useState<Kind>('event');
  const line = drafts.value.get(inc) ?? '';
  const setLine = (words: string): void => void (drafts.value = new Map(drafts.value).set(inc, words));
  const write = async (): Promise<void> => {
    const said = line.trim();
    if (said === '') return;
    setLine(''); // at once: who goes on writing while this is saved must not lose a letter
    if ((await attempt(writeLog(inc, { type: kind, text: said }))) === null) return setLine(`${said} ${drafts.value.get(inc) ?? ''}`.trim());
    setKind('event');
    announce(w().inTheLog);
  };
  return (
    <form
      class="write"
      onSubmit={event => {
        event.preventDefault();
        void write();
      }}
    >
      <div class="quick">
        <label>
          <span class="hidden">{w().newLogLine}</span>
          <textarea
            rows={1}
            value={line}
            placeholder={w().logPrompt[kind]}
            maxLength={4000}
            enterkeyhint="send"
            onInput={event => setLine(event.currentTarget.value)}
            onKeyDown={event => {
              if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
                event.preventDefault();
                void write();
              }
            }}
          />
        </label>
        <button type="submit" class="main-deed">
          {w().write}
        </button>
      </div>
      <Chips
        label={w().logType}
        chosen={kind}
        of={[
          ['event', w().logKind.event],
          ['decision', w().logKind.decision],
          ['contact', w().logKind.contact],
        ]}
        onChoose={setKind}
      />
    </form>
  );
}

function LogItem({ incident, entry }: { incident: Incident; entry: LogEntry }) {
  const [words, setWords] = useState<string | null>(null);
  const { stamp, type } = entry;
  const corrections = incident.log.filter(other => other.corrects.includes(stamp.id));
  const about = stepWordsOf(incident, entry.target);
  const correct = async (): Promise<void> => {
    if (words !== null && words.trim() !== '' && words.trim() !== entry.text && (await attempt(correctLog(incident.inc, stamp.id, words.trim()))) === null)
      return;
    setWords(null);
  };
  const kind = kindWords(type);
  return (
    <li>
      <time dateTime={new Date(stamp.time).toISOString()}>
        {hour(stamp.time)}
        {stamp.uncertain && <small>{w().uncertainTime}</small>}
      </time>
      <div class={type === 'decision' ? 'decision' : undefined}>
        <p class={corrections.length > 0 ? 'old' : undefined}>
          {kind !== '' && <b>{kind}: </b>}
          {entry.text}
        </p>
        {corrections.map(each => (
          <p key={each.stamp.id}>
            <b>{w().corrected}: </b>
            {each.text}{' '}
            <small>
              {nameOf(each.stamp.member, each.stamp.dev)} {hour(each.stamp.time)} {onPhone([each.stamp])}
            </small>
          </p>
        ))}
        <small>
          {[about, nameOf(stamp.member, stamp.dev) || w().somebody].filter(Boolean).join(' · ')} {onPhone([stamp])}
        </small>
      </div>
      {words === null ? (
        <button class="fix" onClick={() => setWords(entry.text)} aria-label={w().correctWhat(entry.text.slice(0, 60))} title={w().correct}>
          <Icon name="pen" />
        </button>
      ) : (
        <form
          class="stack tight"
          onSubmit={event => {
            event.preventDefault();
            void correct();
          }}
        >
          <label>
            <span>{w().correctTo}</span>
            <textarea value={words} onInput={event => setWords(event.currentTarget.value)} />
          </label>
          <div class="choice">
            <button type="submit">{w().save}</button>
            <button type="button" onClick={() => setWords(null)}>
              {w().cancel}
            </button>
          </div>
        </form>
      )}
    </li>
  );
}

function kindWords(type: string): string {
  return type === 'event' ? '' : (w().logKinds[type] ?? type);
}

function stepWordsOf(incident: Incident, target: string): string {
  const card = incident.cards.find(each => target.startsWith(`${each.id}/`));
  if (card === undefined) return '';
  const added = card.added.find(step => step.key === target);
  if (added !== undefined) return added.text;
  const id = target.slice(card.id.length + 1);
  return t(
    documentOf(card.hash)
      ?.phases.flatMap(phase => phase.steps)
      .find(step => step.id === id)?.text,
  );
}
