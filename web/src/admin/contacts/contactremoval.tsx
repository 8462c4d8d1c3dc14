/* Taking a function away. One rule: it can be undone, so nobody is asked; but who would be left without anybody to ring is told first. */
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { get, remove, type Got } from '../ask';
import { deskTo } from '../desk';
import type { FunctionView } from './register';
import { fm } from '../text/contactform';
import { why } from '../text/frame';

interface CardName {
  id: string;
  title: string;
}

export function ContactRemoval({ view, onRemoved }: { view: FunctionView; onRemoved: () => void }) {
  const [cards, setCards] = useState<CardName[]>([]);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const path = `contacts/${encodeURIComponent(view.function.id)}`;
  const settle = <T,>(got: Got<T>, then: (value: T) => void): void => {
    setBusy(false);
    if (got.ok) then(got.value);
    else setRefused(why(got));
  };
  const take = async (): Promise<void> => {
    setBusy(true);
    settle(await remove(`${path}?mark=${encodeURIComponent(view.mark)}`), onRemoved);
  };
  const ask = async (): Promise<void> => {
    setBusy(true);
    setRefused('');
    settle(await get<CardName[]>(`${path}/cards`), found => {
      setCards(found);
      if (found.length === 0) void take();
    });
  };
  return (
    <div class="stack tight removal">
      {cards.length === 0 ? (
        <button type="button" class="danger self-start" disabled={busy} onClick={() => void ask()}>
          {busy ? fm().removing : fm().remove}
        </button>
      ) : (
        <div class="note warn" role="alert">
          <Icon name="warn" />
          <div>
            <h2>{fm().removeNamed(cards.length)}</h2>
            <ul class="bullets">
              {cards.map(card => (
                <li key={card.id}>
                  <a href={deskTo('checklistor', card.id)}>{card.title}</a>
                </li>
              ))}
            </ul>
            <p>{fm().removeNamedWhat}</p>
            <div class="deeds">
              <button type="button" class="danger" disabled={busy} onClick={() => void take()}>
                {fm().removeAnyway}
              </button>
              <button type="button" onClick={() => setCards([])}>
                {fm().cancel}
              </button>
            </div>
          </div>
        </div>
      )}
      {refused !== '' && (
        <p class="wrong-words" role="alert">
          {refused}
        </p>
      )}
    </div>
  );
}
