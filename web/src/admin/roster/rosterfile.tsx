/* A roster read in from a file. One rule: what would change is seen before anything is written, and a faulty row says which and why. */
import { useEffect, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { replace } from '../../parts/route';
import { t } from '../../parts/words';
import { upload, type Refused } from '../ask';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { RosterPlan } from './rosterplan';
import type { DutyFunction, PlanView } from './rosterviews';
import { why } from '../text/frame';
import { r } from '../text/roster';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export function RosterFile({ functions, onDone }: { functions: readonly DutyFunction[]; onDone: (words: string) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [day, setDay] = useState('mon');
  const [time, setTime] = useState('08:00');
  const [about, setAbout] = useState('');
  const [keep, setKeep] = useState(true);
  const [plan, setPlan] = useState<PlanView | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const path = (more: Record<string, string>): string =>
    `roster/import?${new URLSearchParams({ changes: `${day}-${time}`, swaps: keep ? 'keep' : 'drop', ...(about !== '' && { function: about }), ...more }).toString()}`;
  useEffect(() => {
    if (file === null || !/^\d\d:\d\d$/.test(time)) return;
    let wanted = true;
    setBusy(true);
    void upload<PlanView>('POST', path({ dry: '1' }), file).then(got => {
      if (!wanted) return; // another file, or another choice, is being read
      setBusy(false);
      setRefused(got.ok ? null : got);
      setPlan(got.ok ? got.value : null);
    });
    return () => void (wanted = false);
  }, [file, day, time, about, keep]);
  const readIn = async (): Promise<void> => {
    if (file === null || plan === null) return;
    setBusy(true);
    const got = await upload<PlanView>('POST', path({ mark: plan.mark, ...(plan.counts.faulty > 0 && { rest: '1' }) }), file);
    if (got.ok) {
      const { new: fresh, changed, removed, faulty } = got.value.counts;
      const words = r().done(fresh, changed, removed, faulty);
      announce(words);
      onDone(words);
      return replace(deskTo('jour'));
    }
    setRefused(got);
    if (got.code === 'conflict') {
      const again = await upload<PlanView>('POST', path({ dry: '1' }), file);
      if (again.ok) setPlan(again.value);
    }
    setBusy(false);
  };
  return (
    <Desk
      room="jour"
      title={r().fileTitle}
      sub={r().fileSub}
      wide
      aside={
        <a class="button" href={deskTo('jour')}>
          <Icon name="left" />
          {r().toRoster}
        </a>
      }
    >
      <section class="box">
        <label class="button roster-file">
          <input
            type="file"
            accept=".csv,.txt,.ics,text/csv,text/calendar"
            onChange={event => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen !== undefined) setFile(chosen);
              event.currentTarget.value = ''; // the same file, corrected, can be chosen again
            }}
          />
          <span>{file === null ? r().chooseFile : r().anotherFile}</span>
        </label>
        <small>{file === null ? r().formats : file.name}</small>
        <details class="roster-options">
          <summary>{r().options}</summary>
          <div class="fields">
            <label class="field">
              <span>{r().changes}</span>
              <select value={day} onChange={event => setDay(event.currentTarget.value)}>
                {DAYS.map((each, at) => (
                  <option key={each} value={each}>
                    {r().weekdays[at]}
                  </option>
                ))}
              </select>
            </label>
            <label class="field">
              <span>{r().clock}</span>
              <input type="time" value={time} onInput={event => setTime(event.currentTarget.value)} />
            </label>
            <label class="field">
              <span>{r().about}</span>
              <select value={about} onChange={event => setAbout(event.currentTarget.value)}>
                <option value="">{r().aboutFile}</option>
                {functions.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {t(title)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <label class="tick">
            <input type="checkbox" checked={keep} onChange={event => setKeep(event.currentTarget.checked)} />
            <span>{r().keepSwaps}</span>
          </label>
        </details>
      </section>
      {busy && plan === null && (
        <div role="status" class="stack tight">
          <p class="small">{r().reading}</p>
          <progress aria-label={r().reading} />
        </div>
      )}
      {refused !== null && (
        <p class="note wrong" role="alert">
          <Icon name="warn" />
          <span>{why(refused, r().refused)}</span>
        </p>
      )}
      {plan === null ? <How /> : <RosterPlan plan={plan} functions={functions} busy={busy} onReadIn={() => void readIn()} />}
    </Desk>
  );
}

function How() {
  return (
    <section class="box">
      <h2>{r().howTitle}</h2>
      <p>{r().howWeeks}</p>
      <pre class="roster-sample">{`${r().headWeeks}\n2026-v49;VA-jour;Karin Exempelsson\n2026-v50;VA-jour;Bo Provlund`}</pre>
      <p>{r().howTimes}</p>
      <pre class="roster-sample">{`${r().headTimes}\nVA-jour;Karin Exempelsson;2026-11-30 08:00;2026-12-07 08:00`}</pre>
      <p>{r().howCalendar}</p>
    </section>
  );
}
