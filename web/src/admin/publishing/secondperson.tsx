/* The second person: handing a draft over, waiting for it, and judging it. One rule: each side sees in words where the draft is and whose turn it is. */
import { useRef, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { clock } from '../../parts/clock';
import { CopyKey } from '../../parts/copykey';
import { Icon } from '../../parts/icon';
import { language } from '../../state';
import { post, type Got, type Refused } from '../ask';
import type { DraftView, Shelf } from '../drafts/drafts';
import { hasWritten } from '../drafts/standing';
import { useTyped, type Typed } from '../keeping';
import { mineLeft, type Said } from './remarks';
import { me } from '../state';
import { why } from '../text/frame';
import { p } from '../text/publishing';
import { r } from '../text/review';

interface Turn {
  view: DraftView;
  /** It is known how the draft stands now. */
  told: (got: Got<DraftView>) => void;
  again: () => Promise<void>;
}

/** `must`: the organisation's rule. */
export function HandOver({ view, told, again, must, members }: Turn & { must: boolean; members: Shelf['members'] }) {
  const typed = useTyped(`hand/${view.checklist}`, { to: '', note: '' });
  const deed = useDeed(view, told, again);
  const readers = members.filter(
    ({ id, roles }) => id !== me.value?.member.id && !hasWritten(view, id) && (roles.includes('editor') || roles.includes('admin')),
  );
  if (typed === null) return null;
  // Who returned it has done theirs: it is for those who wrote to go on.
  if (view.stage === 'returned' && view.verdict?.by.id === me.value?.member.id)
    return (
      <section class="box">
        <h2>{r().second}</h2>
        <p>{r().youReturned(listed(view.writers.map(each => each.name)))}</p>
      </section>
    );
  if (readers.length === 0) return must ? <p>{r().nobody}</p> : null;
  const { to, note } = typed.value;
  const chosen = readers.find(each => each.id === to);
  const form = (
    <form
      class="stack"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        void deed.send('hand', { note, ...(chosen !== undefined && { to }) }).then(done => done && typed.drop());
      }}
    >
      <p>{must ? r().secondMust : r().secondMay}</p>
      <label class="field">
        <span>{r().who}</span>
        <select value={chosen?.id ?? ''} aria-invalid={deed.wrong('to') !== ''} onChange={event => typed.set({ to: event.currentTarget.value })}>
          <option value="">{r().anybody}</option>
          {readers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <Wrong words={deed.wrong('to')} />
      </label>
      <label class="field">
        <span>{r().greeting}</span>
        <textarea value={note} aria-invalid={deed.wrong('note') !== ''} onInput={event => typed.set({ note: event.currentTarget.value })} />
        <Wrong words={deed.wrong('note')} />
      </label>
      <Wrong words={deed.refused} />
      <button type="submit" class={must ? 'main-deed' : undefined} disabled={deed.busy}>
        {r().handTo(chosen?.name ?? '')}
      </button>
    </form>
  );
  if (must)
    return (
      <section class="box">
        <h2>{r().second}</h2>
        {form}
      </section>
    );
  return (
    <details class="box">
      <summary>
        <h2 class="grow">{r().second}</h2>
        <Icon name="down" class="turn" />
      </summary>
      {form}
    </details>
  );
}

export function Waiting({ view, told, again }: Turn) {
  const deed = useDeed(view, told, again);
  const { handed } = view;
  return (
    <section class="box">
      <h2>{r().second}</h2>
      <p>{r().handed(handed?.to?.name ?? '', clock(handed?.at ?? view.saved))}</p>
      {handed !== null && handed.note !== '' && <p class="said">{handed.note}</p>}
      <p>{r().handedWaits}</p>
      <div class="deeds">
        <CopyKey words={location.href} />
        <button type="button" disabled={deed.busy} onClick={() => void deed.send('take-back', {})}>
          {r().takeBack}
        </button>
      </div>
      <p class="small">{r().takeBackWhat}</p>
      <Wrong words={deed.refused} />
    </section>
  );
}

export function Verdict({ view, told, again, typed }: Turn & { typed: Typed<Said> }) {
  const deed = useDeed(view, told, again);
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { handed, revision } = view;
  const { note } = typed.value;
  const mine = mineLeft(view);
  const approve = async (): Promise<void> => {
    if (await deed.send('approve', { revision, ...(note.trim() !== '' && { note }) })) typed.drop();
  };
  const giveBack = async (): Promise<void> => {
    const said = note.trim() === '' && mine > 0 ? r().seeRemarks(mine) : note;
    setEmpty(said.trim() === '');
    if (said.trim() === '') return field.current?.focus();
    if (await deed.send('return', { note: said })) typed.drop();
  };
  const wrong = empty && note.trim() === '' ? (p().fieldWrong['note']?.['empty'] ?? '') : deed.wrong('note');
  return (
    <section class="box lit">
      <h2>{r().yourWord}</h2>
      {handed !== null && <p>{r().asked(handed.by.name, clock(handed.at))}</p>}
      {handed !== null && handed.note !== '' && <p class="said">{handed.note}</p>}
      <p>{r().readIt}</p>
      <label class="field">
        <span>{r().noteToAuthor}</span>
        <textarea
          ref={field}
          value={note}
          aria-invalid={wrong !== ''}
          aria-describedby="verdict-help"
          onInput={event => typed.set({ note: event.currentTarget.value })}
        />
        <small id="verdict-help" class={wrong === '' ? undefined : 'wrong-words'}>
          {wrong === '' ? r().noteHint(mine > 0) : wrong}
        </small>
      </label>
      <Wrong words={deed.refused} />
      <div class="deeds">
        <button type="button" class="main-deed" disabled={deed.busy} onClick={() => void approve()}>
          {r().approve}
        </button>
        <button type="button" disabled={deed.busy} onClick={() => void giveBack()}>
          {r().giveBack}
        </button>
      </div>
      <p class="small">{r().approveWhat}</p>
    </section>
  );
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat(language.value).format(names);
}

function Wrong({ words }: { words: string }) {
  return words === '' ? null : (
    <small class="wrong-words" role="alert">
      {words}
    </small>
  );
}

/** One deed about the draft at a time; what was refused stays in words until the next. */
function useDeed(view: DraftView, told: (got: Got<DraftView>) => void, again: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Refused | null>(null);
  const fields = (failed?.body['fields'] as Record<string, string> | undefined) ?? {};
  return {
    busy,
    refused: failed === null || failed.code === 'field' || failed.code === 'conflict' ? '' : why(failed, p().wrong),
    wrong: (field: string): string => (fields[field] === undefined ? '' : (p().fieldWrong[field]?.[fields[field]] ?? fields[field])),
    send: async (what: string, body: unknown): Promise<boolean> => {
      setBusy(true);
      const got = await post<DraftView>(`drafts/${view.checklist}/${what}?language=${language.value}`, body);
      setBusy(false);
      setFailed(got.ok ? null : got);
      if (got.ok) told(got);
      // What stands in the way is seen once it is known how the draft stands.
      else if (['stage', 'conflict', 'not-found'].includes(got.code)) await again();
      if (got.ok) announce(stageWords(got.value));
      return got.ok;
    },
  };
}

/** Where the draft is, in words. */
export function stageWords({ stage, handed, verdict }: DraftView): string {
  if (stage === 'handed' && handed !== null) return r().handed(handed.to?.name ?? '', clock(handed.at));
  if (stage === 'approved' && verdict !== null) return r().approved(verdict.by.name, clock(verdict.at));
  if (stage === 'returned' && verdict !== null) return r().returned(verdict.by.name, clock(verdict.at));
  return '';
}
