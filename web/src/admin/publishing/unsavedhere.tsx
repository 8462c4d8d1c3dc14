/* On this computer lies a text of the draft that never reached the server. One rule: nobody publishes without knowing that their last words are not in it. */
import { useEffect, useState } from 'preact/hooks';
import { Note } from '../../parts/note';
import { sameValue } from '../drafts/comparing';
import { deskTo } from '../desk';
import type { DraftView } from '../drafts/drafts';
import { kept } from '../kept';
import { p } from '../text/publishing';
import { keyOf } from '../editor/workbench';

export function UnsavedHere({ view: { checklist, document } }: { view: DraftView }) {
  const [unsaved, setUnsaved] = useState(false);
  useEffect(() => {
    let wanted = true;
    const told = (left: { document: DraftView['document'] } | null): void => {
      if (wanted) setUnsaved(left !== null && !sameValue(left.document, document));
    };
    void kept<{ document: DraftView['document'] }>(keyOf(checklist)).then(told, () => told(null));
    return () => void (wanted = false);
  }, [checklist, document]);
  if (!unsaved) return null;
  return (
    <Note kind="warn">
      <p>{p().unsavedHere}</p>
      <a class="button" href={deskTo('checklistor', checklist, 'skriv')}>
        {p().goOnWriting}
      </a>
    </Note>
  );
}
