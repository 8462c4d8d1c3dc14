/* What the server tells of the settings, and sending a part of them back. One rule: a part is sent by itself, with the mark of what was seen. */
import type { LogoDocument, Text } from '../../core/checklist';
import { put, type Got } from '../ask';

export interface Choices {
  name: string;
  emergency: string[];
  review_months: number;
  contact_days: number;
  second_person: boolean;
  languages: string[];
  staff: Text | null;
  levels: Text[];
}
export interface CallNumber {
  id: string;
  title: Text;
  who: string;
  /** null: there is none, or none for you to see. */
  number: string | null;
  private: boolean;
}
export interface RoleWords {
  /** Missing: new, and gets its id from the server. */
  id?: string;
  title: Text;
  staff?: string;
  task: Text;
}
export interface PhaseWords {
  id?: string;
  title: Text;
}
export interface Use {
  sort: string;
  id: string;
  title: Text;
}
export interface WordsView {
  mark: string;
  roles: RoleWords[];
  phases: PhaseWords[];
  uses: Record<string, Use[]>;
  phase_uses: Record<string, Use[]>;
  disordered: Use[];
}
export interface SettingsView {
  mark: string;
  settings: Choices;
  numbers: CallNumber[];
  words: WordsView;
  logo: LogoDocument | null;
}

export type Wanted = { settings: Partial<Choices> } | { words: { roles?: RoleWords[]; phases?: PhaseWords[]; despite?: string[] } };

export function send(view: SettingsView, wanted: Wanted): Promise<Got<SettingsView>> {
  return 'settings' in wanted
    ? put<SettingsView>('settings', { mark: view.mark, ...wanted.settings })
    : put<SettingsView>('settings/words', { mark: view.words.mark, ...wanted.words });
}

/** The text with another wording in one language; an emptied translation is none. */
export function reworded(text: Text, language: 'sv' | 'en', words: string): Text {
  const sv = language === 'sv' ? words : text.sv;
  const en = language === 'en' ? words : text.en;
  return en === undefined || en === '' ? { sv } : { sv, en };
}

/** The list with one moved by one place. */
export function shifted<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const moved = [...list];
  const [one] = moved.splice(from, 1);
  if (one !== undefined) moved.splice(from + by, 0, one);
  return moved;
}
