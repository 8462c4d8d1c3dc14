/* Letters as the server tells them. One rule: what a caller may not see is not here, only that it is hidden. */
import type { Text } from '../../core/checklist';

/** field, before, after, hidden, and what it has become here since. */
export type ChangeRow = [field: string, before: string, after: string, hidden: boolean, since: string];
export interface Sent {
  id: string;
  function: string;
  person: string;
  name: string;
  title: string;
  sent: number;
  sent_by: string;
  expires: number;
  opened: number | null;
  answered: number | null;
  settled: number | null;
  settled_by: string | null;
  state: 'waiting' | 'expired' | 'confirmed' | 'corrected' | 'accepted' | 'declined' | 'recalled';
  gone: boolean;
  changes: ChangeRow[];
  note: string;
  left: boolean;
}
export interface OverdueRow {
  function: string;
  person: string;
  name: string;
  title: Text;
  verified: string | null;
  email: boolean;
}
export interface LettersView {
  letters: Sent[];
  overdue: OverdueRow[];
  overdue_count: number;
}
