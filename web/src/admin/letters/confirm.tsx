/* The page of a letter, for whoever holds its link: is this right? One rule: no account, two large keys, and nothing about anybody else. */
import { useEffect, useState } from 'preact/hooks';
import type { PhoneNumber, Text } from '../../core/checklist';
import { announce } from '../../parts/announce';
import { date } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { LanguageKeys } from '../../parts/languagekeys';
import { Note } from '../../parts/note';
import { t } from '../../parts/words';
import { ask, type Refused } from '../ask';
import { ConfirmForm, type Own, type Said } from './confirmform';
import { c } from '../text/confirm';
import { forgetHalf, keptHalf } from './halfanswer';
import '../look/confirm.css';

interface Opened {
  organisation: string;
  function: Text;
  person: Own;
  private: boolean;
  verified: string | null;
  expires: number;
}
type Stage = 'coming' | 'asked' | 'form' | 'right' | 'corrected';
/** What cannot be answered any more; other refusals leave the page as it is. */
const CLOSED = ['letter-unknown', 'letter-recalled', 'letter-used', 'letter-expired', 'letter-gone'];

export function ConfirmScreen({ organisation, token }: { organisation: string; token: string }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [stage, setStage] = useState<Stage>('coming');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const open = async (): Promise<void> => {
    setRefused(null);
    const got = await ask<Opened>('POST', 'letter', { token }, organisation);
    if (!got.ok) {
      if (CLOSED.includes(got.code)) forgetHalf(token);
      return setRefused(got);
    }
    setOpened(got.value);
    setStage(keptHalf(token) === null ? 'asked' : 'form');
  };
  const answer = async (body: object, then: Stage): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setRefused(null);
    const got = await ask<null>('POST', 'letter/answer', { token, ...body }, organisation);
    setBusy(false);
    if (!got.ok) {
      if (CLOSED.includes(got.code)) forgetHalf(token);
      setRefused(got);
      return announce(got.code === 'field' ? c().look : closedWords(got)[0]);
    }
    forgetHalf(token);
    go(then);
  };
  const go = (next: Stage): void => {
    setRefused(null);
    setStage(next);
  };
  useEffect(() => void open(), [organisation, token]);
  useEffect(() => {
    document.title = `${c().title} · Stormlykta`;
    document.querySelector('h1')?.focus();
  }, [stage]);
  const closed = refused !== null && CLOSED.includes(refused.code);
  return (
    <div class="bare">
      <main tabIndex={-1} class="confirm">
        <div class="confirm-top">
          <Icon name="lantern" class="lantern" />
          <LanguageKeys />
        </div>
        {closed || (stage === 'coming' && refused !== null) ? (
          <Closed refused={refused} again={closed ? undefined : () => void open()} />
        ) : stage === 'coming' || opened === null ? (
          <p role="status">…</p>
        ) : stage === 'right' || stage === 'corrected' ? (
          <section class="box thanks middle">
            <Icon name="check" class="good" />
            <h1 tabIndex={-1} class="big">
              {stage === 'right' ? c().thanksRight : c().thanksWrong}
            </h1>
            <p>{stage === 'right' ? c().thanksRightWhat : c().thanksWrongWhat}</p>
          </section>
        ) : stage === 'form' ? (
          <ConfirmForm
            token={token}
            own={opened.person}
            secret={opened.private}
            title={t(opened.function)}
            busy={busy}
            refused={refused}
            onBack={() => go('asked')}
            onSend={(said: Said) => void answer({ right: false, ...said }, 'corrected')}
          />
        ) : (
          <>
            <section class="stack tight">
              <h1 tabIndex={-1} class="big">
                {c().title}
              </h1>
              <p>{c().lead(opened.organisation)}</p>
            </section>
            <Facts opened={opened} />
            {refused !== null && <Wrong refused={refused} />}
            <div class="stack">
              <button class="main-deed" disabled={busy} onClick={() => void answer({ right: true }, 'right')}>
                <Icon name="check" />
                {busy ? c().sending : c().yes}
              </button>
              <button class="confirm-no" disabled={busy} onClick={() => go('form')}>
                <Icon name="pen" />
                {c().no}
              </button>
            </div>
            <p class="small">{c().until(date(opened.expires))}</p>
          </>
        )}
      </main>
    </div>
  );
}

function Facts({ opened: { function: title, person, private: secret } }: { opened: Opened }) {
  return (
    <section class="box">
      <dl class="confirm-facts">
        <Fact name={c().yourDuty}>
          <b>{t(title)}</b>
        </Fact>
        <Fact name={c().name}>{person.name}</Fact>
        <Fact name={c().numbers}>
          {(person.numbers ?? []).length === 0
            ? c().nothing
            : (person.numbers ?? []).map((number: PhoneNumber, at) => (
                <span key={at} class="confirm-number">
                  <span class="number">{number.number}</span> {number.label !== undefined && <small>{number.label}</small>}
                </span>
              ))}
        </Fact>
        <Fact name={c().email}>{person.email ?? c().nothing}</Fact>
        {person.address !== undefined && person.address !== '' && <Fact name={c().address}>{person.address}</Fact>}
        {person.rakel !== undefined && person.rakel !== '' && <Fact name={c().rakel}>{person.rakel}</Fact>}
      </dl>
      {secret && <p class="small">{c().hidden}</p>}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Closed({ refused, again }: { refused: Refused; again: (() => void) | undefined }) {
  const [title, what] = closedWords(refused);
  return (
    <section class="box">
      <h1 tabIndex={-1}>{title}</h1>
      <p>{what}</p>
      {again !== undefined && (
        <div>
          <button onClick={again}>{c().tryAgain}</button>
        </div>
      )}
    </section>
  );
}

function Wrong({ refused }: { refused: Refused }) {
  const [title, what] = closedWords(refused);
  return (
    <Note kind="wrong">
      <p>
        <b>{title}</b>
      </p>
      <p>{what}</p>
    </Note>
  );
}

function closedWords(refused: Refused): [string, string] {
  return c().closed[refused.code] ?? c().closed['other'] ?? ['', ''];
}
