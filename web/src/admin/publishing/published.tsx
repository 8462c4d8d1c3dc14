/* A version has just been published. One rule: it says which, and how far it has come. */
import { useEffect, useState } from 'preact/hooks';
import { toHeading } from '../arriving';
import { get } from '../ask';
import type { Board } from '../phones/board';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { k } from '../text/checklists';
import { p } from '../text/publishing';

const LOOK_MS = 3_000;
/** After that the page has been left lying. */
const LOOKS = 40;

export function Published({ id, title, version }: { id: string; title: string; version: number }) {
  const [count, setCount] = useState<{ have: number; of: number } | null>(null);
  useEffect(() => {
    toHeading();
    let looks = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        const got = await get<Board>('readiness');
        if (stopped) return;
        const next = got.ok ? countPhones(got.value) : null;
        if (next !== null) setCount(next);
        if (next !== null && next.have === next.of) return;
      }
      if (++looks < LOOKS) timer = setTimeout(() => void look(), LOOK_MS);
    };
    let stopped = false;
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, []);
  return (
    <Desk room="checklistor" title={p().done(version)} sub={title}>
      <section class="box">
        <p>{p().doneWhat}</p>
        {count !== null && count.of > 0 && (
          <>
            <p role="status">{p().arrived(count.have, count.of)}</p>
            <progress value={count.have} max={count.of} aria-label={p().arrived(count.have, count.of)} />
          </>
        )}
        <div class="deeds">
          <a class="button main-deed" href={deskTo('checklistor', id)}>
            {p().toChecklist}
          </a>
          <a class="button" href={deskTo('checklistor')}>
            {k().toList}
          </a>
          <a class="button" href={deskTo('beredskap')}>
            {p().toReadiness}
          </a>
        </div>
      </section>
    </Desk>
  );
}

/** Leaders' phones, and how many of them hold what is published now. */
export function countPhones({ leaders }: Board): { have: number; of: number } {
  const phones = leaders.flatMap(leader => leader.phones);
  return { have: phones.filter(phone => phone.library?.current === true).length, of: phones.length };
}
