/* Letters one by one: the text to send, its mail, and on to the next. One rule: a letter is made when its turn comes, so none is made that nobody sends. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language, Text } from '../../core/checklist';
import { language } from '../../state';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { Chips } from '../../parts/note';
import { copy } from '../../parts/share';
import { t } from '../../parts/words';
import { post, remove, type Refused } from '../ask';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { DeskIcon } from '../drawings';
import { addressees, type Addressee } from './letterskey';
import { f, why } from '../text/frame';
import { l } from '../text/letters';

type Words = [subject: string, text: string, mailto: string];
interface Made {
  id: string;
  name: string;
  title: Text;
  email: string;
  link: string;
  sv: Words;
  en: Words;
}

/** `to` as it was when the writing began: it does not shrink while letters are made. */
export function LetterWriter({ to, onDone }: { to: readonly Addressee[]; onDone: () => void }) {
  const queue = useRef(to).current;
  const [at, setAt] = useState(0);
  const [made, setMade] = useState<Made | null>(null);
  const [count, setCount] = useState(0);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [spoken, setSpoken] = useState<Language>(language.value);
  const turn = useRef(-1);
  const whose = queue[at];
  const make = async (): Promise<void> => {
    if (whose === undefined) return;
    setRefused(null);
    const got = await post<{ letters: Made[] }>('letters', { persons: [{ function: whose.function, person: whose.person }] });
    if (!got.ok) return setRefused(got);
    setMade(got.value.letters[0] ?? null);
    setCount(n => n + 1);
  };
  useEffect(() => {
    if (turn.current === at) return;
    turn.current = at; // once for each turn: making one more would recall the first
    void make();
    document.querySelector('h1')?.focus();
  }, [at]);
  // Who comes back here by the browser's own key has not asked for a letter.
  useEffect(() => () => void (addressees.value = null), []);
  const next = (): void => {
    setMade(null);
    setAt(at + 1);
    if (at + 1 >= queue.length) onDone();
  };
  const skip = async (): Promise<void> => {
    if (made !== null && (await remove(`letters/${made.id}`)).ok) setCount(n => n - 1);
    next();
  };
  const back = (
    <a class="button" href={deskTo('kontakter', 'svar')} onClick={onDone}>
      {l().toAnswers}
    </a>
  );
  if (whose === undefined)
    return (
      <Desk room="kontakter" title={queue.length === 0 ? l().nobody : l().allWritten}>
        <p>{queue.length === 0 ? l().nobodyWhat : l().allWrittenWhat(count)}</p>
        <div>{back}</div>
      </Desk>
    );
  const following = queue[at + 1];
  return (
    <Desk
      room="kontakter"
      title={l().writing(made?.name ?? whose.name ?? '')}
      sub={made === null ? undefined : t(made.title)}
      aside={
        <a class="button" href={deskTo('kontakter', 'svar')} onClick={onDone}>
          {queue.length > 1 ? l().stop : l().toAnswers}
        </a>
      }
    >
      {queue.length > 1 && (
        <div class="stack tight">
          <p class="small" role="status">
            {l().progress(at + 1, queue.length)}
          </p>
          <progress max={queue.length} value={at} aria-label={l().progress(at + 1, queue.length)} />
        </div>
      )}
      {refused !== null ? (
        <div class="note wrong" role="alert">
          <Icon name="warn" />
          <div>
            <p>{why(refused, l().refused)}</p>
            <button onClick={() => void make()}>{f().tryAgain}</button>
          </div>
        </div>
      ) : made === null ? (
        <p class="small" role="status">
          {f().oneMoment}
        </p>
      ) : (
        <Letter key={made.id} made={made} words={made[spoken]} spoken={spoken} onSpoken={setSpoken} />
      )}
      <div class="deeds">
        {following === undefined ? (
          <button class="main-deed" disabled={made === null} onClick={next}>
            {l().finish}
          </button>
        ) : (
          <button class="main-deed" disabled={made === null} onClick={next}>
            {l().next(following.name ?? '')}
            <Icon name="right" />
          </button>
        )}
        {queue.length > 1 && <button onClick={() => void skip()}>{l().skip}</button>}
      </div>
    </Desk>
  );
}

interface LetterProps {
  made: Made;
  words: Words;
  spoken: Language;
  onSpoken: (language: Language) => void;
}

function Letter({ made, words: [subject, text, mailto], spoken, onSpoken }: LetterProps) {
  return (
    <section class="box">
      <Chips
        label={l().language}
        chosen={spoken}
        of={[
          ['sv', 'Svenska'],
          ['en', 'English'],
        ]}
        onChoose={onSpoken}
      />
      <div>
        <p class="label">{l().subject}</p>
        <p>{subject}</p>
      </div>
      <div>
        <label class="label" for="letter-text">
          {l().text}
        </label>
        <textarea id="letter-text" class="letter-text" readOnly rows={15} value={text} onFocus={event => event.currentTarget.select()} />
      </div>
      {made.email === '' && <p class="small">{l().withoutAddress}</p>}
      <div class="deeds">
        {made.email !== '' && (
          <a class="button call" href={mailto}>
            <DeskIcon name="mail" />
            {l().mail}
          </a>
        )}
        <Copy label={l().copyText} words={text} />
        <Copy label={l().copySubject} words={subject} />
        <Copy label={l().copyLink} words={made.link} />
      </div>
      <p class="small">{l().onlyNow}</p>
    </section>
  );
}

function Copy({ label, words }: { label: string; words: string }) {
  const [told, setTold] = useState('');
  const tell = async (): Promise<void> => {
    const answer = (await copy(words)) ? l().copied : l().copyFailed;
    setTold(answer);
    announce(answer);
  };
  return (
    <button onClick={() => void tell()}>
      <Icon name={told === l().copied ? 'check' : 'copy'} />
      {told === '' ? label : `${label}: ${told.toLowerCase()}`}
    </button>
  );
}
