/* A new checklist from nothing, or from a list that somebody has already written elsewhere. One rule: a form that was not taken keeps what was typed, and says at the field why. */
import { useRef, useState } from 'preact/hooks';
import { Note } from '../../parts/note';
import { useWrongField } from '../arriving';
import { looksLikeMarkdown, type Making } from '../drafts/beginning';
import { LinedText } from '../drafts/linefindings';
import { n } from '../text/newchecklist';

export function BlankWay({ of }: { of: Making }) {
  const [attempt, setAttempt] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useWrongField(form, attempt);
  const { title, kind } = of.typed.value;
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (title.trim() !== '') of.send({ blank: { kind, title } });
      }}
    >
      <KindChoice of={of} />
      <TitleField of={of} label={n().checklistTitle} wrong={attempt > 0 && title.trim() === '' ? n().empty.title : undefined} />
      <BeginKey of={of} />
    </form>
  );
}

export function TextWay({ of }: { of: Making }) {
  const [attempt, setAttempt] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useWrongField(form, attempt);
  const { text, title, kind } = of.typed.value;
  const markdown = looksLikeMarkdown(text);
  const findings = of.findings ?? [];
  const empty = attempt > 0 && text.trim() === '';
  const begin = (): void => {
    setAttempt(attempt + 1);
    if (text.trim() === '') return;
    of.send(markdown ? { markdown: { sv: text } } : { text, kind, ...(title.trim() !== '' && { title }) });
  };
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={event => {
        event.preventDefault();
        begin();
      }}
    >
      {findings.length > 0 || markdown ? (
        <>
          <Note>
            <p>{findings.length > 0 ? n().unreadable : n().asMarkdown}</p>
          </Note>
          <LinedText label={n().theText} value={text} lang="sv" findings={findings} onInput={value => of.typed.set({ text: value })} />
        </>
      ) : (
        <label class="field">
          <span>{n().theText}</span>
          <textarea
            class="pasted"
            value={text}
            placeholder={n().textExample}
            aria-invalid={empty}
            aria-describedby="text-help"
            onInput={event => of.typed.set({ text: event.currentTarget.value })}
          />
          <small id="text-help" class={empty ? 'wrong-words' : undefined}>
            {empty ? n().empty.text : n().textHint}
          </small>
        </label>
      )}
      {!markdown && (
        <>
          <TitleField of={of} label={n().titleMaybe} />
          <KindChoice of={of} />
        </>
      )}
      <BeginKey of={of} />
    </form>
  );
}

export function KindChoice({ of }: { of: Making }) {
  return (
    <fieldset class="bare-set two-picks">
      <legend class="label">{n().kind}</legend>
      {(['action-card', 'role-card'] as const).map(each => (
        <label key={each} class="pick">
          <input type="radio" name="kind" checked={of.typed.value.kind === each} onChange={() => of.typed.set({ kind: each })} />
          <div>
            <b>{n().kinds[each].name}</b>
            <small class="under">{n().kinds[each].what}</small>
          </div>
        </label>
      ))}
    </fieldset>
  );
}

/** `wrong`: known here before it is sent. */
export function TitleField({ of, label, wrong }: { of: Making; label: string; wrong?: string | undefined }) {
  const code = of.fields['title'];
  const said = wrong ?? (code === undefined ? undefined : (n().fieldWrong[code] ?? code));
  return (
    <label class="field">
      <span>{label}</span>
      <input
        value={of.typed.value.title}
        maxLength={200}
        aria-invalid={said !== undefined}
        aria-describedby="title-help"
        onInput={event => of.typed.set({ title: event.currentTarget.value })}
      />
      <small id="title-help" class={said === undefined ? undefined : 'wrong-words'}>
        {said ?? n().titleHint}
      </small>
    </label>
  );
}

export function BeginKey({ of }: { of: Making }) {
  return (
    <div class="deeds">
      <button type="submit" class="main-deed" disabled={of.busy}>
        {of.busy ? n().making : n().begin}
      </button>
    </div>
  );
}
