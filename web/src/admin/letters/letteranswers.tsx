/* Corrections that wait: before and after side by side, accepted one by one or all at once. One rule: what has changed is marked by words, not by colour alone. */
import { useState } from 'preact/hooks';
import { clock } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { post, type Refused } from '../ask';
import { deskTo } from '../desk';
import type { ChangeRow, Sent } from './letterviews';
import { why } from '../text/frame';
import { l } from '../text/letters';

interface LetterAnswersProps {
  corrections: readonly Sent[];
  onSettled: (words: string) => void;
  again: () => Promise<void>;
}

export function LetterAnswers({ corrections, onSettled, again }: LetterAnswersProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const open = corrections.filter(each => !each.gone && each.changes.length > 0);
  const ids = open.filter(each => chosen.has(each.id)).map(each => each.id);
  const wanted = ids.length > 0 ? ids : open.map(each => each.id);
  const acceptMany = async (): Promise<void> => {
    setBusy(true);
    const got = await post<{ refused: { id: string; code: string }[] }>('letters/accept', { letters: wanted });
    setBusy(false);
    if (!got.ok) return setRefused(why(got, l().refused));
    setRefused(got.value.refused.length === 0 ? '' : l().someRefused(got.value.refused.length));
    setChosen(new Set());
    onSettled(l().accepted(wanted.length - got.value.refused.length));
    await again();
  };
  return (
    <section class="stack">
      <div class="row wrap">
        <div class="grow">
          <h2>
            {l().read} {corrections.length}
          </h2>
          <p class="small">{l().readWhat}</p>
        </div>
        {open.length > 1 && (
          <button disabled={busy} onClick={() => void acceptMany()}>
            {ids.length > 0 ? l().acceptChosen(ids.length) : l().acceptAll(open.length)}
          </button>
        )}
      </div>
      {refused !== '' && (
        <p class="bad" role="alert">
          {refused}
        </p>
      )}
      {corrections.map(letter => (
        <Correction
          key={letter.id}
          letter={letter}
          chosen={open.length > 1 && open.includes(letter) ? chosen.has(letter.id) : null}
          onChoose={wish => setChosen(new Set([...[...chosen].filter(id => id !== letter.id), ...(wish ? [letter.id] : [])]))}
          onSettled={onSettled}
          again={again}
        />
      ))}
    </section>
  );
}

interface CorrectionProps {
  letter: Sent;
  /** null: nothing to choose between. */
  chosen: boolean | null;
  onChoose: (wish: boolean) => void;
  onSettled: (words: string) => void;
  again: () => Promise<void>;
}

function Correction({ letter, chosen, onChoose, onSettled, again }: CorrectionProps) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const settle = async (how: 'accept' | 'decline', words: string): Promise<void> => {
    setBusy(true);
    const got = await post<null>(`letters/${letter.id}/${how}`);
    setBusy(false);
    if (!got.ok) return setRefused(got);
    onSettled(words);
    await again();
  };
  const told = letter.changes.length === 0;
  return (
    <article class="box lit">
      <div class="row wrap">
        {chosen !== null && (
          <input type="checkbox" checked={chosen} aria-label={l().choose(letter.name)} onChange={event => onChoose(event.currentTarget.checked)} />
        )}
        <div class="grow">
          <h3>{letter.name}</h3>
          <small>
            {letter.title}. {l().answeredOn(clock(letter.answered ?? letter.sent))}
          </small>
        </div>
      </div>
      {letter.left && (
        <p class="strong">
          <Icon name="warn" /> {l().left}
        </p>
      )}
      {letter.note !== '' && (
        <p>
          <span class="small">{l().note}</span> ”{letter.note}”
        </p>
      )}
      {letter.changes.length > 0 && <Changes changes={letter.changes} />}
      {letter.gone && <p class="bad strong">{l().gone}</p>}
      {refused !== null && (
        <p class="bad" role="alert">
          {why(refused, l().refused)}
        </p>
      )}
      {asked ? (
        <div class="row wrap" role="group" aria-label={l().declineSure}>
          <span class="grow">{l().declineSure}</span>
          <button class="danger" disabled={busy} onClick={() => void settle('decline', l().declined(letter.name))}>
            {l().decline}
          </button>
          <button onClick={() => setAsked(false)}>{l().keep}</button>
        </div>
      ) : (
        <div class="deeds">
          {!told && !letter.gone && (
            <button class="main-deed" disabled={busy} aria-label={l().acceptWhom(letter.name)} onClick={() => void settle('accept', l().accepted(1))}>
              <Icon name="check" />
              {l().accept}
            </button>
          )}
          {told && !letter.gone && (
            <a class="button main-deed" href={deskTo('kontakter', letter.function)}>
              {l().toContact}
            </a>
          )}
          {told ? (
            <button disabled={busy} onClick={() => void settle(letter.gone ? 'decline' : 'accept', l().marked)}>
              {l().done}
            </button>
          ) : (
            <button aria-label={l().declineWhom(letter.name)} onClick={() => setAsked(true)}>
              {l().decline}
            </button>
          )}
        </div>
      )}
    </article>
  );
}

function Changes({ changes }: { changes: readonly ChangeRow[] }) {
  return (
    <dl class="letter-changes">
      {changes.map(([field, before, after, hidden, since], at) => (
        <div key={at}>
          <dt>{l().field[field] ?? field}</dt>
          {hidden ? (
            <dd>
              <span class="tag due">{l().hidden}</span>
            </dd>
          ) : (
            <>
              <dd>
                <small>{l().before}</small>
                {before === '' ? <span class="letter-none">{l().nothing}</span> : <del>{before}</del>}
              </dd>
              <dd>
                <small>{l().after}</small>
                {after === '' ? <span class="letter-none">{l().nothing}</span> : <ins>{after}</ins>}
              </dd>
            </>
          )}
          {since !== '' && <dd class="letter-since">{l().since(since)}</dd>}
        </div>
      ))}
    </dl>
  );
}
