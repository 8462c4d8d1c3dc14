/* What is typed on the way to a new checklist, and how a file becomes text. Pure but for reading the file. One rule: a file that is not text in UTF-8 is refused, never guessed at. */
import type { ChecklistDocument } from '../../core/checklist';
import type { Typed } from '../keeping';

export const WAYS = ['starter', 'text', 'copy', 'blank', 'markdown'] as const;
export type Way = (typeof WAYS)[number];

/** '' where nothing is typed; `names` of the files that were opened. */
export interface Beginning {
  way: Way;
  title: string;
  kind: ChecklistDocument['kind'];
  text: string;
  sv: string;
  en: string;
  names: { sv: string; en: string };
}
export const NOTHING: Beginning = { way: 'starter', title: '', kind: 'action-card', text: '', sv: '', en: '', names: { sv: '', en: '' } };

export interface LineFinding {
  language: 'sv' | 'en';
  line: number;
  message: string;
  severity: 'error' | 'advice';
  code: string;
}
/** What the page gives to the way that is chosen: what is typed, what was wrong with what was sent last, and sending. */
export interface Making {
  typed: Typed<Beginning>;
  busy: boolean;
  fields: Record<string, string>;
  findings: LineFinding[] | null;
  send: (body: unknown) => void;
}

const MOST_BYTES = 512 * 1024;

/** Lines that begin as our own files do. */
export function looksLikeMarkdown(text: string): boolean {
  return /^\s*---\r?\n(?:[a-z_]+:.*\r?\n)+---\s*$/m.test(text.slice(0, 4_000));
}

export async function readText(file: File): Promise<{ text: string } | { wrong: 'notText' | 'tooLarge' }> {
  if (file.size > MOST_BYTES) return { wrong: 'tooLarge' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? { wrong: 'notText' } : { text };
  } catch {
    return { wrong: 'notText' };
  }
}
