/* Reading a file of contacts in: choose, see what it would do, then do it. One rule: nothing is written before it has been seen, and it can be cancelled until then. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { get, remove, upload, type Got } from '../ask';
import { ContactPlan, type Outcome } from './contactplan';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import { DeskIcon } from '../drawings';
import { cf } from '../text/contactfiles';
import { why } from '../text/frame';
import { language } from '../../state';

const POLL_MS = 250;
const MOST_BYTES = 5 * 1024 * 1024;
type Mode = 'add' | 'replace';

interface JobView {
  id: string;
  state: 'running' | 'done' | 'refused' | 'cancelled' | 'failed';
  done?: number;
  of?: number;
  result?: Outcome;
  refusal?: { error: { code: string; message: string } };
}
interface Work {
  job: string;
  dry: boolean;
  done: number;
  of: number;
  stopping: boolean;
}

export function ContactFile({ onDone }: { onDone: () => void }) {
  const [mode, setMode] = useState<Mode>('add');
  const [file, setFile] = useState<File | null>(null);
  const [work, setWork] = useState<Work | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [said, setSaid] = useState('');
  const wanted = useRef('');
  const here = useRef(true);
  const working = useRef<Work | null>(null);
  working.current = work;
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      // Whoever leaves while it is only looked through wants no answer; what is being read in goes on.
      if (working.current?.dry === true) void remove(`jobs/${working.current.job}`);
    };
  }, []);

  const follow = async (job: string, dry: boolean): Promise<void> => {
    for (;;) {
      const got: Got<JobView> = await get<JobView>(`jobs/${job}`);
      if (!here.current || wanted.current !== job) return;
      if (!got.ok && got.code !== 'network') return stop(why(got));
      if (got.ok && got.value.state !== 'running') return end(got.value, dry);
      if (got.ok) setWork(was => was && { ...was, done: got.value.done ?? 0, of: got.value.of ?? 0 });
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
      if (!here.current || wanted.current !== job) return;
    }
  };
  const stop = (words: string): void => {
    setWork(null);
    setSaid(words);
  };
  const end = ({ state, result, refusal }: JobView, dry: boolean): void => {
    setWork(null);
    if (state === 'cancelled') return stop(cf().cancelled);
    if (refusal !== undefined || result === undefined) {
      if (refusal?.error.code === 'raced') setOutcome(null);
      return stop(why(refusal?.error ?? { code: 'internal', message: '' }, { raced: cf().raced }));
    }
    setOutcome(result);
    if (result.written) onDone();
    if (dry) announce(cf().tabsLabel);
  };
  const begin = async (chosen: File, how: Mode, dry: boolean, base = ''): Promise<void> => {
    setSaid('');
    if (dry) setOutcome(null);
    if (chosen.size > MOST_BYTES) return stop(cf().tooLarge);
    setWork({ job: '', dry, done: 0, of: 0, stopping: false });
    const query = new URLSearchParams({ name: chosen.name, mode: how, dry: dry ? '1' : '0', base, language: language.value });
    const got = await upload<{ job: string }>('POST', `contacts/import?${query.toString()}`, chosen);
    if (!got.ok) {
      if (got.code === 'raced') setOutcome(null);
      return stop(why(got, { raced: cf().raced }));
    }
    if (!here.current) return void (dry && remove(`jobs/${got.value.job}`));
    wanted.current = got.value.job;
    setWork(was => was && { ...was, job: got.value.job });
    if (working.current?.stopping === true) void remove(`jobs/${got.value.job}`);
    await follow(got.value.job, dry);
  };
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined || work !== null) return;
    setFile(chosen);
    void begin(chosen, mode, true);
  };
  const cancel = (): void => {
    setWork(was => was && { ...was, stopping: true });
    if (work !== null && work.job !== '') void remove(`jobs/${work.job}`);
  };

  return (
    <Desk room="kontakter" title={cf().title} sub={outcome?.written === true ? undefined : cf().sub}>
      {outcome?.written !== true && (
        <fieldset class="kinds box" disabled={work !== null}>
          <legend class="label">{cf().mode}</legend>
          {(['add', 'replace'] as const).map(each => (
            <label key={each} class="tick">
              <input
                type="radio"
                name="mode"
                checked={mode === each}
                onChange={() => {
                  setMode(each);
                  if (file !== null) void begin(file, each, true);
                }}
              />
              <span class="tick-words">
                {cf()[each]}
                <small>{cf()[`${each}What`]}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {said !== '' && (
        <div class="note" role="alert">
          <Icon name="warn" />
          <div>
            <p>{said}</p>
            {file !== null && outcome === null && (
              <button type="button" onClick={() => void begin(file, mode, true)}>
                {cf().again}
              </button>
            )}
          </div>
        </div>
      )}
      {work !== null && (
        <section class="box" aria-live="polite">
          <h2>{work.dry ? cf().reading(file?.name ?? '') : cf().writing(file?.name ?? '')}</h2>
          <progress aria-label={cf().progress} max={work.of || 1} value={work.of === 0 ? undefined : work.done} />
          <button type="button" class="self-start" disabled={work.stopping} onClick={cancel}>
            {work.stopping ? cf().cancelling : cf().cancel}
          </button>
        </section>
      )}
      {outcome !== null && work === null && !outcome.written && file !== null && (
        <ContactPlan outcome={outcome} onApply={() => void begin(file, mode, false, outcome.base)} />
      )}
      {outcome?.written === true && work === null ? (
        <Written outcome={outcome} onAnother={() => (setOutcome(null), setFile(null))} />
      ) : (
        <Drop file={file} busy={work !== null} small={outcome !== null || work !== null} onChoose={choose} />
      )}
    </Desk>
  );
}

function Written({ outcome, onAnother }: { outcome: Outcome; onAnother: () => void }) {
  const { counts } = outcome;
  return (
    <section class="box lit" role="status">
      <h2>
        {cf().done((counts.new ?? 0) + (counts.changed ?? 0))}
        {(counts.removed ?? 0) > 0 && cf().doneRemoved(counts.removed ?? 0)}
      </h2>
      <p>{cf().doneWhat}</p>
      {counts.faults > 0 && <p>{cf().doneFaults(counts.faults)}</p>}
      <div class="deeds">
        <a class="button main-deed" href={deskTo('kontakter')}>
          {cf().toList}
        </a>
        <button type="button" onClick={onAnother}>
          {cf().another}
        </button>
      </div>
    </section>
  );
}

function Drop({ file, busy, small, onChoose }: { file: File | null; busy: boolean; small: boolean; onChoose: (file: File | undefined) => void }) {
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div
      class={`drop${over ? ' over' : ''}${small ? ' small-drop' : ''}`}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        onChoose(event.dataTransfer?.files[0]);
      }}
    >
      {!small && (
        <>
          <DeskIcon name="file" />
          <p>
            <b>{cf().drop}</b> {cf().or}
          </p>
        </>
      )}
      <button type="button" class={small ? '' : 'main-deed'} disabled={busy} onClick={() => field.current?.click()}>
        {file === null ? cf().choose : cf().chooseAnother}
      </button>
      <input
        ref={field}
        class="hidden"
        type="file"
        tabIndex={-1}
        aria-label={cf().choose}
        accept=".csv,.txt,.xlsx,.vcf,text/csv,text/vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={event => {
          onChoose(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {!small && <p class="small">{cf().what}</p>}
    </div>
  );
}
