/* The numbers on the first screen: three at most, in order. One rule: who may not see a secret number may choose it, and does not see it. */
import { useEffect, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { SearchBox } from '../../parts/note';
import { t } from '../../parts/words';
import { get } from '../ask';
import { MoveKeys } from '../movekeys';
import { Section, usePart, type Held } from './section';
import { shifted, type CallNumber } from './settingsview';
import { s } from '../text/settings';

const MOST = 3;
const pauseMs = 200;

export function CallsPart(held: Held) {
  const part = usePart(
    'calls',
    held,
    view => view.settings.emergency,
    emergency => ({ settings: { emergency } }),
  );
  const [found, setFound] = useState<CallNumber[]>([]);
  const { value: chosen, change } = part;
  const known = new Map([...found, ...held.view.numbers].map(each => [each.id, each]));
  const nameOf = (id: string): string => {
    const number = known.get(id);
    return number === undefined ? id : t(number.title);
  };
  return (
    <Section title={s().calls} what={s().callsWhat} part={part} told={ids => ids.map(nameOf).join(', ')}>
      {chosen.length === 0 && <p>{s().callsNone}</p>}
      <ol class="rows">
        {chosen.map((id, at) => (
          <li key={id} class="call-row">
            <NumberWords number={known.get(id)} id={id} />
            <MoveKeys
              {...{ at, of: chosen.length, what: nameOf(id) }}
              onMove={by => change(shifted(chosen, at, by))}
              onTake={() => change(chosen.filter(each => each !== id))}
            />
          </li>
        ))}
      </ol>
      {part.faults['emergency'] !== undefined && <p class="wrong-words">{part.faults['emergency']}</p>}
      {chosen.length >= MOST ? (
        <p class="small">{s().callsFull}</p>
      ) : (
        <Finder
          chosen={chosen}
          onChoose={number => {
            setFound([...found, number]);
            change([...chosen, number.id]);
            announce(s().callsAdded(t(number.title)));
          }}
        />
      )}
    </Section>
  );
}

function NumberWords({ number, id }: { number: CallNumber | undefined; id: string }) {
  if (number === undefined) return <p class="light strong">{s().callsMissing(id)}</p>;
  return (
    <p>
      <b>{t(number.title)}</b>
      <small class="under">
        {[number.who === t(number.title) ? '' : number.who, number.number ?? (number.private ? s().secret : s().noNumber)].filter(Boolean).join(' · ')}
      </small>
    </p>
  );
}

function Finder({ chosen, onChoose }: { chosen: string[]; onChoose: (number: CallNumber) => void }) {
  const [words, setWords] = useState('');
  const [found, setFound] = useState<CallNumber[] | null>(null);
  useEffect(() => {
    if (words.trim() === '') return setFound(null);
    const wait = setTimeout(() => {
      void get<CallNumber[]>(`settings/numbers?q=${encodeURIComponent(words)}`).then(got => got.ok && setFound(got.value));
    }, pauseMs);
    return () => clearTimeout(wait);
  }, [words]);
  return (
    <div class="stack tight" onKeyDown={event => event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()}>
      <SearchBox value={words} label={s().callsSearch} onInput={setWords} />
      {found?.length === 0 && <p role="status">{s().callsNothing}</p>}
      {found !== null && found.length > 0 && (
        <ul class="rows finds">
          {found.slice(0, 8).map(number => (
            <li key={number.id} class="call-row">
              <NumberWords number={number} id={number.id} />
              {chosen.includes(number.id) ? (
                <small>{s().callsThere}</small>
              ) : (
                <button
                  type="button"
                  aria-label={s().callsAdd(t(number.title))}
                  onClick={() => {
                    onChoose(number);
                    setWords('');
                  }}
                >
                  <Icon name="plus" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
