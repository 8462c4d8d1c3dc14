/* A new checklist: from the starter library, from pasted text, as a copy, blank, or from a Markdown file. One rule: what somebody pasted or opened is kept until it has become a draft. */
import { useState } from 'preact/hooks';
import { Note } from '../../parts/note';
import { go } from '../../parts/route';
import { language } from '../../state';
import { post } from '../ask';
import { NOTHING, WAYS, type LineFinding, type Making } from '../drafts/beginning';
import { deskTo } from '../desk';
import { Desk } from '../deskframe';
import type { DraftView } from '../drafts/drafts';
import { useTyped } from '../keeping';
import { CopyWay, StarterWay } from './newchosen';
import { MarkdownWay } from './newmarkdown';
import { BlankWay, TextWay } from './newwritten';
import { k } from '../text/checklists';
import { why } from '../text/frame';
import { n } from '../text/newchecklist';
import '../look/checklists.css';
import '../look/editor.css';

const FORMS = { starter: StarterWay, text: TextWay, copy: CopyWay, blank: BlankWay, markdown: MarkdownWay };

export function NewChecklistScreen() {
  const typed = useTyped('new-checklist', NOTHING);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const [fields, setFields] = useState<Record<string, string>>({});
  const [findings, setFindings] = useState<LineFinding[] | null>(null);
  const send = async (body: unknown): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const got = await post<DraftView>(`checklists?language=${language.value}`, body);
    setBusy(false);
    setFields(got.ok ? {} : ((got.body['fields'] as Record<string, string> | undefined) ?? {}));
    setFindings(got.ok ? null : ((got.body['findings'] as LineFinding[] | undefined) ?? null));
    setRefused(got.ok || got.code === 'field' ? '' : why(got, n().wrong));
    if (!got.ok) return;
    typed?.drop();
    go(deskTo('checklistor', got.value.checklist, 'skriv'));
  };
  const way = typed?.value.way ?? NOTHING.way;
  const Form = FORMS[way];
  return (
    <Desk
      room="checklistor"
      title={n().title}
      sub={n().what}
      aside={
        <a class="button" href={deskTo('checklistor')}>
          {k().toList}
        </a>
      }
    >
      {typed !== null && (
        <div class="beginning">
          <fieldset class="bare-set stack tight">
            <legend class="label">{n().how}</legend>
            {WAYS.map(each => (
              <label key={each} class="pick">
                <input
                  type="radio"
                  name="way"
                  checked={way === each}
                  onChange={() => {
                    typed.set({ way: each });
                    setRefused('');
                    setFields({});
                    setFindings(null);
                  }}
                />
                <div>
                  <b>{n().way[each].name}</b>
                  <small class="under">{n().way[each].what}</small>
                </div>
              </label>
            ))}
          </fieldset>
          <section class="box" aria-label={n().way[way].name}>
            <h2>{n().way[way].name}</h2>
            <Form key={way} of={{ typed, busy, fields, findings, send: body => void send(body) } satisfies Making} />
            {refused !== '' && (
              <Note kind="wrong">
                <p>{refused}</p>
              </Note>
            )}
          </section>
        </div>
      )}
    </Desk>
  );
}
