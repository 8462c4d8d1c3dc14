/* People from pasted lines or a file: read by the server, shown as understood, with a tick for each. One rule: a line that can not be read is shown with its reason, and the text stays to be mended. */
import { useId, useState } from 'preact/hooks';
import { announce } from '../../parts/announce';
import { DeskIcon } from '../drawings';
import { post } from '../ask';
import { InviteTicks, type Choosing, type Ticked } from './inviteticks';
import { textOf, type Understood } from '../phones/people';
import { why } from '../text/frame';
import { v } from '../text/inviting';
import { m } from '../text/members';

const MOST_BYTES = 200_000;

export function FromLines({ lines, onLines, foot }: { lines: string; onLines: (lines: string) => void } & Choosing) {
  const id = useId();
  const [understood, setUnderstood] = useState<Understood | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const read = async (text: string): Promise<void> => {
    setBusy(true);
    setSaid('');
    const got = await post<Understood>('invitations/read', { lines: text });
    setBusy(false);
    if (!got.ok) return setSaid(why(got, m().why));
    setUnderstood(got.value);
    setLeft(new Set(rowsOf(got.value).flatMap(row => (row.phones > 0 ? [row.key] : []))));
    return announce(v().lookedAt(got.value.people.length));
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    if (file.size > MOST_BYTES) return setSaid(v().fileLarge);
    const text = textOf(await file.arrayBuffer());
    onLines(text);
    return read(text);
  };
  const rows = understood === null ? [] : rowsOf(understood);
  return (
    <>
      <form
        class="box"
        onSubmit={event => {
          event.preventDefault();
          void read(lines);
        }}
      >
        <label class="label" for={`${id}-lines`}>
          {v().paste}
        </label>
        <p class="small" id={`${id}-what`}>
          {v().pasteWhat}
        </p>
        <textarea
          id={`${id}-lines`}
          class="lines-to-read"
          rows={8}
          value={lines}
          placeholder={v().pasteExample}
          aria-describedby={`${id}-what`}
          spellcheck={false}
          onInput={event => {
            setUnderstood(null);
            onLines(event.currentTarget.value);
          }}
        />
        <div class="deeds">
          <button type="submit" disabled={busy || lines.trim() === ''}>
            {v().look}
          </button>
          <label class="button file-key">
            <DeskIcon name="file" />
            {v().file}
            <input
              type="file"
              class="hidden"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={event => {
                void take(event.currentTarget.files?.[0]);
                event.currentTarget.value = '';
              }}
            />
          </label>
        </div>
        {said !== '' && (
          <p class="wrong-words" role="alert">
            {said}
          </p>
        )}
        {understood !== null && understood.faults.length > 0 && (
          <div class="note wrong" role="alert">
            <div>
              <p>{v().faults(understood.faults.length)}</p>
              <ul class="bullets">
                {understood.faults.slice(0, 50).map(([line, text, reason]) => (
                  <li key={line}>{v().fault(line, text, v().faultWhy[reason])}</li>
                ))}
              </ul>
            </div>
          </div>
        )}
      </form>
      {rows.length > 0 && (
        <>
          <InviteTicks
            title={v().lookedAt(rows.length)}
            rows={rows}
            chosen={new Set(rows.map(row => row.key).filter(key => !left.has(key)))}
            onChosen={chosen => setLeft(new Set(rows.map(row => row.key).filter(key => !chosen.has(key))))}
          />
          {foot(rows.filter(row => !left.has(row.key)))}
        </>
      )}
    </>
  );
}

function rowsOf({ people }: Understood): Ticked[] {
  return people.map(([name, email, member, phones], at) => ({ key: String(at), name, email, more: email, member, phones }));
}
