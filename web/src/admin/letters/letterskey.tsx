/* The way to letters from the contacts: the answers, or a letter to somebody. One rule: a letter is made on its own page, never by passing. */
import { signal } from '@preact/signals';
import { deskTo } from '../desk';
import { DeskIcon } from '../drawings';
import { l } from '../text/letters';

export interface Addressee {
  function: string;
  person: string;
  /** What to call them until the server has told. */
  name?: string;
}

/** Whom letters are to be written to, one by one: these, or all who have not been confirmed for long. null: nobody has said, so no letter is made. */
export const addressees = signal<readonly Addressee[] | 'overdue' | null>(null);

/** Without persons: to the answers. With: letters to them. */
export function LettersKey({ persons, plain = false }: { persons?: readonly Addressee[]; plain?: boolean }) {
  const [only] = persons ?? [];
  const named = persons?.length === 1 ? only?.name : undefined;
  return (
    <a
      class={plain ? 'button plain' : 'button'}
      href={persons === undefined ? deskTo('kontakter', 'svar') : writeTo()}
      aria-label={named === undefined ? undefined : l().writeTo(named)}
      onClick={() => {
        if (persons !== undefined) addressees.value = persons;
      }}
    >
      <DeskIcon name="mail" />
      {persons === undefined ? l().key : l().write}
    </a>
  );
}

export function writeTo(): string {
  return deskTo('kontakter', 'svar', 'skriv');
}
