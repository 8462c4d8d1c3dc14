/* Who has been asked to confirm their numbers, and what they answered. One rule: a correction changes nothing until somebody here has read it. */
import { useEffect, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { clock, date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { path } from '../../parts/route';
import { t } from '../../parts/words';
import { remove, type Got } from '../ask';
import { deskTo, useFetched } from '../desk';
import { Coming, Desk } from '../deskframe';
import { LetterAnswers } from './letteranswers';
import { addressees, writeTo, type Addressee } from './letterskey';
import type { LettersView, OverdueRow, Sent } from './letterviews';
import { LetterWriter } from './letterwriter';
import { why } from '../text/frame';
import { l } from '../text/letters';
import '../look/letters.css';

const STEP = 100;
const LOOK_MS = 20_000;

export function LettersScreen() {
  const view = useFetched<LettersView>('letters');
  const [told, setTold] = useState('');
  const known = view.value;
  const to = path.value[4] === 'skriv' ? addressees.value : null;
  const writing = to !== null && (to !== 'overdue' || known !== null);
  // Somebody may have answered: when one comes back from writing, and now and then while one looks.
  useEffect(() => {
    if (writing) return;
    if (known !== null) void view.again();
    const timer = setInterval(() => document.visibilityState === 'visible' && void view.again(), LOOK_MS);
    return () => clearInterval(timer);
  }, [writing]);
  if (writing) {
    const overdue = (known?.overdue ?? []).map(({ function: fn, person, name }): Addressee => ({ function: fn, person, name }));
    return <LetterWriter to={to === 'overdue' ? overdue : to} onDone={() => void view.again()} />;
  }
  if (known === null)
    return (
      <Desk room="kontakter" title={l().title}>
        <Coming of={view} />
      </Desk>
    );
  const say = (words: string): void => {
    setTold(words);
    announce(words);
  };
  const of = (...states: Sent['state'][]): Sent[] => known.letters.filter(each => states.includes(each.state));
  const corrections = of('corrected');
  const waiting = of('waiting', 'expired');
  const answered = of('confirmed', 'accepted', 'declined', 'recalled');
  return (
    <Desk
      room="kontakter"
      title={l().title}
      sub={l().sub}
      aside={
        <a class="button" href={deskTo('kontakter')}>
          <Icon name="left" />
          {l().toContacts}
        </a>
      }
    >
      <div class="figures letter-figures">
        <Figure words={l().figures.read} count={corrections.length} lit={corrections.length > 0} />
        <Figure words={l().figures.waiting} count={waiting.length} />
        <Figure words={l().figures.answered} count={of('confirmed', 'accepted').length} />
        <Figure words={l().figures.overdue} count={known.overdue_count} />
      </div>
      {told !== '' && (
        <p class="note letter-told">
          <Icon name="check" class="good" />
          <span>{told}</span>
        </p>
      )}
      {known.overdue_count > 0 ? (
        <div>
          <a class={corrections.length > 0 ? 'button' : 'button main-deed'} href={writeTo()} onClick={() => (addressees.value = 'overdue')}>
            {l().writeAll(known.overdue.length)}
          </a>
        </div>
      ) : (
        <p class="good">
          <Icon name="check" /> {l().allTrue}
        </p>
      )}
      {known.letters.length === 0 && (
        <section class="box">
          <h2>{l().none}</h2>
          <p>{l().noneWhat}</p>
        </section>
      )}
      {corrections.length > 0 && <LetterAnswers corrections={corrections} onSettled={say} again={view.again} />}
      <Rows title={l().waiting} rows={waiting} draw={letter => <Waiting key={letter.id} letter={letter} onRecalled={say} again={view.again} />} />
      <Rows title={l().answered} rows={answered} draw={letter => <Answered key={letter.id} letter={letter} />} />
      <Rows title={l().overdue} rows={known.overdue} draw={row => <Late key={`${row.function}/${row.person}`} row={row} />} />
    </Desk>
  );
}

function Figure({ words, count, lit = false }: { words: string; count: number; lit?: boolean }) {
  return (
    <div class={lit ? 'box lit' : 'box'}>
      <small>{words}</small>
      <b>{count}</b>
    </div>
  );
}

/** A section of rows, a hundred at a time. */
function Rows<T>({ title, rows, draw }: { title: string; rows: readonly T[]; draw: (row: T) => preact.ComponentChildren }) {
  const [drawn, setDrawn] = useState(STEP);
  if (rows.length === 0) return null;
  return (
    <section class="stack tight">
      <h2 class="label-line">
        {title} {rows.length}
      </h2>
      <ul class="list letter-list">{rows.slice(0, drawn).map(draw)}</ul>
      {rows.length > drawn && (
        <div>
          <button onClick={() => setDrawn(drawn + STEP)}>{l().more(Math.min(STEP, rows.length - drawn))}</button>
        </div>
      )}
    </section>
  );
}

function Who({ name, title, children }: { name: string; title: string; children?: preact.ComponentChildren }) {
  return (
    <div class="grow">
      <b>{name}</b> <span class="letter-title">{title}</span>
      <small class="letter-facts">{children}</small>
    </div>
  );
}

function Waiting({ letter, onRecalled, again }: { letter: Sent; onRecalled: (words: string) => void; again: () => Promise<void> }) {
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState('');
  const recall = async (): Promise<void> => {
    const got: Got<null> = await remove(`letters/${letter.id}`);
    setAsked(false);
    if (!got.ok) setRefused(why(got, l().refused));
    else onRecalled(l().recalled(letter.name));
    await again();
  };
  return (
    <li class="row wrap">
      <Who name={letter.name} title={letter.title}>
        {l().sentOn(clock(letter.sent), letter.sent_by)}, {letter.opened === null ? l().notOpened : l().openedOn(clock(letter.opened))}
        {letter.state === 'expired' && <span class="tag due">{l().expired}</span>}
        {letter.gone && <span class="tag due">{l().gone}</span>}
        {refused !== '' && <span class="bad">{refused}</span>}
      </Who>
      {asked ? (
        <div class="row wrap" role="group" aria-label={l().recallSure}>
          <span>{l().recallSure}</span>
          <button class="danger" onClick={() => void recall()}>
            {l().recall}
          </button>
          <button onClick={() => setAsked(false)}>{l().keep}</button>
        </div>
      ) : (
        <div class="row wrap">
          {!letter.gone && <Again letter={letter} />}
          {letter.state === 'waiting' && (
            <button aria-label={l().recallWhom(letter.name)} onClick={() => setAsked(true)}>
              {l().recall}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function Again({ letter: { function: fn, person, name } }: { letter: Addressee }) {
  return (
    <a
      class="button"
      href={writeTo()}
      aria-label={l().againTo(name ?? '')}
      onClick={() => (addressees.value = [{ function: fn, person, ...(name && { name }) }])}
    >
      {l().again}
    </a>
  );
}

function Answered({ letter }: { letter: Sent }) {
  const good = letter.state === 'confirmed' || letter.state === 'accepted';
  return (
    <li class="row wrap">
      <Who name={letter.name} title={letter.title}>
        {letter.answered === null ? l().sentOn(clock(letter.sent), letter.sent_by) : l().answeredOn(clock(letter.answered))}
        {letter.settled !== null && letter.settled_by !== null && `, ${letter.settled_by} ${date(letter.settled)}`}
      </Who>
      <span class={good ? 'good strong' : 'strong'}>
        <Icon name={good ? 'check' : 'minus'} /> {l().state[letter.state]}
      </span>
      {!good && !letter.gone && <Again letter={letter} />}
    </li>
  );
}

function Late({ row }: { row: OverdueRow }) {
  return (
    <li class="row wrap">
      <Who name={row.name} title={t(row.title)}>
        {row.verified === null ? l().never : l().lastOn(date(row.verified))}
        {!row.email && `, ${l().noEmail}`}
      </Who>
      <a
        class="button"
        href={writeTo()}
        aria-label={l().writeTo(row.name)}
        onClick={() => (addressees.value = [{ function: row.function, person: row.person, name: row.name }])}
      >
        {l().write}
      </a>
    </li>
  );
}
