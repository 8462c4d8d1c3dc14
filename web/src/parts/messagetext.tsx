/* A message to say outward: the ready text with blanks, to copy or share, and a line in the log of what was said where. One rule: blanks left open are seen. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { MessageTemplate } from '../core/checklist';
import { incidentOf, language, library, organisation, writeLog } from '../state';
import { channelName } from './cardlist';
import { CopyKey } from './copykey';
import { date } from './clock';
import { attempt } from './deed';
import { Icon } from './icon';
import { Note } from './note';
import { roleName } from './richtext';
import { here } from './route';
import { canShare, share } from './share';
import { capital, t, w } from './words';

/** What has been filled in, by incident, template and field: leaving the screen must not empty it. */
const filled = signal<ReadonlyMap<string, string>>(new Map());

export function MessageText({ id }: { id: string }) {
  const message = library.value?.messages?.messages.find(each => each.id === id);
  if (message === undefined)
    return (
      <div class="box">
        <h2>{w().messageMissing}</h2>
        <p>{w().cardMissingWhat}</p>
      </div>
    );
  const inc = here();
  const key = (field: string): string => `${inc ?? ''} ${id} ${field}`;
  const value = (field: string): string => filled.value.get(key(field)) ?? '';
  const pieces = t(message.text).split(/\{\{\s*([\w-]+)\s*\}\}/);
  const blanks = message.fields.filter(field => value(field.id).trim() === '').length;
  const whole = pieces
    .map((piece, i) => (i % 2 === 0 ? piece : value(piece).trim() || `[${labelOf(message, piece)}]`))
    .join('')
    .replace(/\*\*/g, '');
  const drill = inc !== null && incidentOf(inc)?.exercise === true;
  const ready = drill ? `${w().exerciseBand}. ${whole}\n\n${w().exerciseBand}.` : whole;
  const tooLong = message.max_chars !== undefined && ready.length > message.max_chars;
  return (
    <>
      <p class="small">
        {[
          capital(message.channels.map(channelName).join(', ')),
          message.approve === undefined ? '' : w().approvedBy(roleName(message.approve)),
          w().reviewedOn(date(message.reviewed)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <section class="stack tight">
        <h2>{w().textSoFar}</h2>
        <div class="said">
          {pieces.map((piece, i) =>
            i % 2 === 0 ? (
              piece.replace(/\*\*/g, '')
            ) : value(piece).trim() !== '' ? (
              <b key={i}>{value(piece).trim()}</b>
            ) : (
              <mark key={i}>{labelOf(message, piece)}</mark>
            ),
          )}
        </div>
        <p class={`small ${tooLong ? 'bad strong' : ''}`}>
          {message.max_chars === undefined ? w().characters(ready.length) : w().charactersOf(ready.length, message.max_chars)}
          {blanks > 0 ? ` · ${w().blanksLeft(blanks)}` : ''}
        </p>
      </section>
      <div class="choice">
        <CopyKey words={ready} />
        {canShare() ? (
          <button onClick={() => void share(t(message.title), ready)}>
            <Icon name="share" />
            {w().share}
          </button>
        ) : (
          <a class="button" href={`mailto:?subject=${encodeURIComponent(t(message.title))}&body=${encodeURIComponent(ready)}`}>
            <Icon name="share" />
            {w().email}
          </a>
        )}
      </div>
      {message.fields.length > 0 && (
        <section class="box">
          <h2>{w().fillIn}</h2>
          {message.fields.map(field => (
            <label key={field.id}>
              <span>{capital(t(field.label))}</span>
              <input
                value={value(field.id)}
                placeholder={t(field.example) || (field.id === 'kommun' ? (organisation.value?.name ?? '') : '')}
                lang={language.value}
                onInput={event => (filled.value = new Map(filled.value).set(key(field.id), event.currentTarget.value))}
              />
            </label>
          ))}
        </section>
      )}
      {message.tips.length > 0 && (
        <section class="box">
          <h2>{w().tips}</h2>
          <ul class="stack tight">
            {message.tips.map(tip => (
              <li key={tip.sv}>{t(tip)}</li>
            ))}
          </ul>
        </section>
      )}
      {inc !== null && <LogMessage inc={inc} message={message} words={whole} blanks={blanks} />}
    </>
  );
}

/** "Said in P4 and on the web, next word at 15:00": one tap into the log. */
function LogMessage({ inc, message, words, blanks }: { inc: string; message: MessageTemplate; words: string; blanks: number }) {
  const [where, setWhere] = useState<readonly string[]>([]);
  const [next, setNext] = useState('');
  const [told, setTold] = useState(false);
  const write = async (): Promise<void> => {
    const text = `${t(message.title)}${where.length > 0 ? ` (${where.map(channelName).join(', ')})` : ''}${next === '' ? '' : `. ${w().nextWord(next)}`}\n${words}`;
    if ((await attempt(writeLog(inc, { type: 'message', text, message: message.id, channels: [...where], ...(next === '' ? {} : { next }) }))) !== null)
      setTold(true);
  };
  return (
    <section class="box">
      <h2>{w().logWhatWasSaid}</h2>
      {blanks > 0 && <p class="small">{w().blanksLeft(blanks)}</p>}
      <div class="chips" role="group" aria-label={w().saidWhere}>
        {message.channels.map(channel => (
          <button
            key={channel}
            aria-pressed={where.includes(channel)}
            onClick={() => setWhere(where.includes(channel) ? where.filter(each => each !== channel) : [...where, channel])}
          >
            {capital(channelName(channel))}
          </button>
        ))}
      </div>
      <label>
        <span>{w().nextUpdate}</span>
        <input type="time" value={next} onInput={event => setNext(event.currentTarget.value)} />
      </label>
      {told ? (
        <Note icon="check">
          <p>{w().inTheLog}</p>
        </Note>
      ) : (
        <button onClick={() => void write()}>
          <Icon name="pen" />
          {w().writeInLog}
        </button>
      )}
    </section>
  );
}

function labelOf(message: MessageTemplate, field: string): string {
  const found = message.fields.find(each => each.id === field);
  return found === undefined ? field : t(found.label);
}
