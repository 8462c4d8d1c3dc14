/* Is this phone ready to be alone? One rule: a point is ticked only when it is true on this phone now. */
import { useEffect, useState } from 'preact/hooks';
import { askPersistence, library, readiness, testOffline } from '../state';
import { announce } from './announce';
import { clock, daysSince, date } from './clock';
import { Icon } from './icon';
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
    announce(passed ? w().testPassed : w().testFailed);
  };
  useEffect(() => {
    if (testing && worker && whole && offlineTested === null && !busy) void test();
  }, [testing, worker, whole, offlineTested]);
  const view = library.value;
  return (
    <ul class="list points">
      <Point good={whole && view !== null} title={w().library} what={view === null ? w().libraryMissing : w().libraryCount(view.checklists.size, view.messages?.messages.length ?? 0)} />
      <Point good={whole && (view?.contacts?.functions.length ?? 0) > 0} title={w().contacts} what={contactWords()} />
      <Point good={stored} title={w().pointStored} what={stored ? w().storedWell : w().storedBadly} />
      <Point good={worker && offlineTested !== null && !failed} title={w().pointOffline}
        what={busy ? w().testing : failed ? w().testFailed : offlineTested !== null ? w().tested(clock(offlineTested)) : worker ? w().notTested : w().workerMissing}>
        <button disabled={busy} onClick={() => void test()}>{w().testNow}</button>
      </Point>
      <Point good={persisted === true} wish title={w().pointLasting} what={persisted === true ? w().lasting : refused ? w().lastingRefused : persisted === null ? w().lastingUnknown : w().notLasting}>
        {persisted === false && <button onClick={() => void askPersistence().then((given) => setRefused(!given))}>{w().askLasting}</button>}
      </Point>
    </ul>
  );
}

function Point({ good, wish = false, title, what, children }: { good: boolean; wish?: boolean; title: string; what: string; children?: preact.ComponentChildren }) {
  return (
    <li>
      <Icon name={good ? 'check' : wish ? 'minus' : 'cross'} class={good ? 'good' : wish ? 'light' : 'bad'} />
      <div class="grow stack tight"><div><h2>{title}<span class="hidden">: {good ? w().yes : w().notYet}</span></h2><small>{what}</small></div>{children !== undefined && children !== false && <div>{children}</div>}</div>
    </li>
  );
}

function contactWords(): string {
  const functions = library.value?.contacts?.functions ?? [];
  if (functions.length === 0) return w().noContacts;
  const persons = functions.flatMap((fn) => fn.persons);
  const numbers = persons.reduce((sum, person) => sum + person.numbers.length, 0);
  const oldest = persons.flatMap((person) => person.verified ?? []).sort((a, b) => daysSince(b) - daysSince(a))[0];
  return w().contactCount(numbers, oldest === undefined ? '' : date(oldest));
}
