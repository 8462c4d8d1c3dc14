/* Is this phone ready to be alone? One rule: a point is ticked only when it is true on this phone now. */
import { useEffect, useState } from 'preact/hooks';
import { askPersistence, library, readiness, testOffline } from '../state';
import { announce } from './announce';
import { clock, daysSince, date } from './clock';
import { Icon } from './icon';
import { later } from './laterwords';
import { w } from './words';

/** `testing`: prove the start without network by itself, once, when it has not been proved before. */
export function ReadyPoints({ testing = false }: { testing?: boolean }) {
  const { worker, library: whole, persisted, stored, offlineTested } = readiness.value;
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [refused, setRefused] = useState(false);
  const test = async (): Promise<void> => {
    setBusy(true);
    const passed = await testOffline().catch(() => false);
    setBusy(false);
    setFailed(!passed);
    announce(passed ? later().testPassed : later().testFailed);
  };
  useEffect(() => {
    if (testing && worker && whole && offlineTested === null && !busy) void test();
  }, [testing, worker, whole, offlineTested]);
  const view = library.value;
  return (
    <ul class="list points">
      <Point
        good={whole && view !== null}
        title={w().library}
        what={view === null ? w().libraryMissing : later().libraryCount(view.checklists.size, view.messages?.messages.length ?? 0)}
      />
      <Point good={whole && (view?.contacts?.functions.length ?? 0) > 0} title={w().contacts} what={contactWords()} />
      <Point good={stored} title={later().pointStored} what={stored ? later().storedWell : later().storedBadly} />
      <Point
        good={worker && offlineTested !== null && !failed}
        title={later().pointOffline}
        what={
          busy
            ? later().testing
            : failed
              ? later().testFailed
              : offlineTested !== null
                ? later().tested(clock(offlineTested))
                : worker
                  ? later().notTested
                  : later().workerMissing
        }
      >
        <button disabled={busy} onClick={() => void test()}>
          {later().testNow}
        </button>
      </Point>
      <Point
        good={persisted === true}
        wish
        title={later().pointLasting}
        what={persisted === true ? later().lasting : refused ? later().lastingRefused : persisted === null ? later().lastingUnknown : later().notLasting}
      >
        {persisted === false && <button onClick={() => void askPersistence().then(given => setRefused(!given))}>{later().askLasting}</button>}
      </Point>
    </ul>
  );
}

function Point({
  good,
  wish = false,
  title,
  what,
  children,
}: {
  good: boolean;
  wish?: boolean;
  title: string;
  what: string;
  children?: preact.ComponentChildren;
}) {
  return (
    <li>
      <Icon name={good ? 'check' : wish ? 'minus' : 'cross'} class={good ? 'good' : wish ? 'light' : 'bad'} />
      <div class="grow stack tight">
        <div>
          <h2>
            {title}
            <span class="hidden">: {good ? later().yes : later().notYet}</span>
          </h2>
          <small>{what}</small>
        </div>
        {children !== undefined && children !== false && <div>{children}</div>}
      </div>
    </li>
  );
}

function contactWords(): string {
  const functions = library.value?.contacts?.functions ?? [];
  if (functions.length === 0) return w().noContacts;
  const persons = functions.flatMap(fn => fn.persons);
  const numbers = persons.reduce((sum, person) => sum + person.numbers.length, 0);
  const oldest = persons.flatMap(person => person.verified ?? []).sort((a, b) => daysSince(b) - daysSince(a))[0];
  return later().contactCount(numbers, oldest === undefined ? '' : date(oldest));
}
