/* What stands in a field, in words: roles, contacts and cards by their names. One rule: what is not on the shelf is called by its id, never left out. */
import { computed } from '@preact/signals';
import type { Language, StepDefinition, Text } from '../../core/checklist';
import { shown } from '../../state';
import { date, minutes } from '../../parts/clock';
import { roleName } from '../../parts/richtext';
import { t, w } from '../../parts/words';
import type { Field, Time, Value } from './comparing';
import { readable, type Names } from './referring';
import { c } from '../text/comparison';

/** The names that texts refer by; made once for each shelf, however many contacts there are. */
export function names(language: Language): Names {
  return known[language].value;
}

const known = { sv: computed(() => namesIn('sv')), en: computed(() => namesIn('en')) };

function namesIn(language: Language): Names {
  const view = shown.value;
  const inIt = (text: Text): string => (language === 'en' ? (text.en ?? text.sv) : text.sv);
  return {
    call: new Map([...(view?.functions ?? [])].map(([id, { fn, person }]) => [id, person === null ? inIt(fn.title) : person.name])),
    card: new Map([...(view?.checklists ?? [])].map(([id, { document }]) => [id, inIt(document.title)])),
    role: new Map(view?.vocabulary?.roles.map(role => [role.id, inIt(role.title)])),
  };
}

export function timeWords({ within, every, when }: Time): string {
  if (when !== undefined) return when === 'ongoing' ? w().ongoing : w().before('').trim();
  if (every !== undefined) return w().every(minutes(every));
  if (within === undefined) return '';
  return within < 0 ? w().before(minutes(within)) : w().within(minutes(within));
}

export function contactName(id: string): string {
  const found = shown.value?.functions.get(id);
  return found === undefined ? id : (found.person?.name ?? t(found.fn.title));
}

export function cardName(id: string): string {
  const found = shown.value?.checklists.get(id);
  return found === undefined ? id : t(found.document.title);
}

export function messageName(id: string): string {
  const found = shown.value?.messages?.messages.find(each => each.id === id);
  return found === undefined ? id : t(found.title);
}

export function sourceName(id: string): string {
  return shown.value?.vocabulary?.sources.find(each => each.id === id)?.title ?? id;
}

/** What a step is besides its words, in one line. */
export function factsOf(step: StepDefinition): string[] {
  return [
    step.critical === true ? w().critical : '',
    timeWords(step),
    step.decision === true ? w().decision : '',
    step.everyone === true ? w().everyone : '',
    step.role === undefined ? '' : roleName(step.role),
    ...(step.call ?? []).map(id => c().calls(contactName(id))),
    step.message === undefined ? '' : messageName(step.message),
    ...(step.cards ?? []).map(cardName),
  ].filter(each => each !== '');
}

/** A field's lines in one language; none: it is empty, or has nothing in that language. */
export function linesOf(field: Field, value: Value | undefined, language: Language): string[] {
  if (value === undefined) return [];
  if (typeof value === 'object' && 'sv' in value && !Array.isArray(value.sv)) return textIn(value as Text, language);
  if (field === 'immediate') return (value as readonly Text[]).flatMap(each => textIn(each, language));
  if (field === 'tags') return [((value as { sv: string[]; en?: string[] })[language] ?? []).join(', ')].filter(Boolean);
  if (language === 'en') return [];
  switch (field) {
    case 'time':
      return [timeWords(value as Time)];
    case 'kind':
      return [value === 'role-card' ? w().roleCard : w().actionCard];
    case 'mode':
      return [w().mode[value as 'read-do']];
    case 'role':
      return [roleName(value as string)];
    case 'message':
      return [messageName(value as string)];
    case 'review_by':
      return [date(value as string)];
    case 'call':
      return [(value as string[]).map(contactName).join(', ')];
    case 'cards':
      return [(value as string[]).map(cardName).join(', ')];
    case 'sources':
      return [(value as string[]).map(sourceName).join(', ')];
    case 'audience':
      return [(value as string[]).map(roleName).join(', ')];
    default:
      return typeof value === 'boolean' ? [value ? c().yes : c().no] : [String(value as string)].filter(Boolean);
  }
}

function textIn(text: Text, language: Language): string[] {
  const words = text[language] ?? '';
  return words === '' ? [] : [readable(words, names(language), language)];
}
