/* A deed that can not be undone: it is asked about in the page itself, and says exactly what happens. One rule: nothing covers anything, and the focus goes where the question is. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import type { Got } from './ask';
import { why } from './text/frame';
import { m } from './text/members';

interface AskFirstProps {
  /** On the key that asks. */
  deed: string;
  title: string;
  what: readonly string[];
  /** On the key that does it. */
  confirm: string;
  own?: Record<string, string>;
  act: () => Promise<Got<unknown>>;
}

export function AskFirst({ deed, title, what, confirm, own, act }: AskFirstProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const key = useRef<HTMLButtonElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (asking) heading.current?.focus();
  }, [asking]);
  const leave = (): void => {
    setAsking(false);
    setRefused('');
    setTimeout(() => key.current?.focus());
  };
  const go = async (): Promise<void> => {
    setBusy(true);
    const got = await act();
    setBusy(false);
    if (got.ok) setAsking(false);
    else setRefused(why(got, own));
  };
  if (!asking)
    return (
      <button ref={key} type="button" class="danger self-start" onClick={() => setAsking(true)}>
        {deed}
      </button>
    );
  return (
    <div class="note wrong-deed" onKeyDown={event => event.key === 'Escape' && leave()}>
      <Icon name="warn" class="bad" />
      <div>
        <h3 ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <ul class="bullets">
          {what.map(each => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        {refused !== '' && (
          <p class="wrong-words" role="alert">
            {refused}
          </p>
        )}
        <div class="deeds">
          <button type="button" class="danger" disabled={busy} onClick={() => void go()}>
            {confirm}
          </button>
          <button type="button" disabled={busy} onClick={leave}>
            {m().cancel}
          </button>
        </div>
      </div>
    </div>
  );
}
