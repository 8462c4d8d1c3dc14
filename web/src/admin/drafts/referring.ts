/* References inside a text, as people read and write them: "(Kort: Teleavbrott)" on the screen, [[card:teleavbrott]] in the document. Pure.
   One rule: nothing is guessed: what names nothing that exists stays the words that were written. */
import type { Language, Reference, Text } from '../../core/checklist';

export type ReferenceKind = Reference['kind'];
/** Names by id, for each kind of thing that a text can point at. */
export type Names = Readonly<Record<ReferenceKind, ReadonlyMap<string, string>>>;

const WORDS: Record<Language, Record<ReferenceKind, string>> = {
  sv: { call: 'Ring', card: 'Kort', role: 'Roll' },
  en: { call: 'Call', card: 'Card', role: 'Role' },
};

/** "(Kort: Teleavbrott)"; by its id when the name is another thing's too, or cannot stand in brackets. */
export function readable(text: string, names: Names, language: Language): string {
  return text.replace(/\[\[(call|card|role):([^\]\s]+)\]\]/g, (marker, kind: ReferenceKind, id: string) => {
    const name = nameFor(kind, id, names);
    return idFor(kind, name, names) === id ? `(${WORDS[language][kind]}: ${name})` : marker;
  });
}

/** The way back. */
export function marked(words: string, names: Names, language: Language): string {
  return words.replace(/\(([\p{L}]+): ([^()[\]]+)\)/gu, (bracket, word: string, name: string) => {
    const kind = (['call', 'card', 'role'] as const).find(each => WORDS[language][each].toLowerCase() === word.toLowerCase());
    const id = kind === undefined ? null : idFor(kind, name.trim(), names);
    return kind === undefined || id === null ? bracket : `[[${kind}:${id}]]`;
  });
}

/** The text with one more reference, last: in both languages, when there are words in both. A translation points at what the Swedish text points at. */
export function pointing(text: Text | undefined, marker: string): Text {
  const put = (words: string): string => `${words.trim()} ${marker}`.trim();
  return { sv: put(text?.sv ?? ''), ...(text?.en !== undefined && text.en !== '' && { en: put(text.en) }) };
}

function nameFor(kind: ReferenceKind, id: string, names: Names): string {
  const name = names[kind].get(id);
  return name === undefined || /[()[\]]/.test(name) || name !== name.trim() || idFor(kind, name, names) !== id ? id : name;
}

/** An id before a name: whoever writes an id means it. What has no name here may be an id that will come. */
function idFor(kind: ReferenceKind, name: string, names: Names): string | null {
  if (names[kind].has(name)) return name;
  const found = [...names[kind]].filter(([, each]) => each === name);
  if (found.length === 1) return found[0]?.[0] ?? null;
  return found.length === 0 && /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/.test(name) && !names[kind].has(name) ? name : null;
}
