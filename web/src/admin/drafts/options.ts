/* What there is to choose from at the desk. One rule: made once for each shelf, however large it is. */
import { computed } from '@preact/signals';
import { channelName } from '../../parts/cardlist';
import { t } from '../../parts/words';
import { shown } from '../../state';
import type { Option } from './pickers';

/** Functions, then their people: what a step calls is a function, as a rule. */
export const contacts = computed((): Option[] => {
  const functions = shown.value?.contacts?.functions ?? [];
  return [
    ...functions.map(fn => ({ id: fn.id, words: t(fn.title), sub: fn.persons[0]?.name })),
    ...functions.flatMap(fn => fn.persons.filter(person => person.id !== fn.id).map(person => ({ id: person.id, words: person.name, sub: t(fn.title) }))),
  ];
});

export const cards = computed((): Option[] =>
  [...(shown.value?.checklists.values() ?? [])].map(({ entry, document }) => ({ id: entry.id, words: t(document.title) })),
);

export const roles = computed((): Option[] => (shown.value?.vocabulary?.roles ?? []).map(role => ({ id: role.id, words: t(role.title) })));

export const messages = computed((): Option[] =>
  (shown.value?.messages?.messages ?? []).map(each => ({ id: each.id, words: t(each.title), sub: each.channels.map(channelName).join(', ') })),
);

export const sources = computed((): Option[] =>
  (shown.value?.vocabulary?.sources ?? []).map(source => ({ id: source.id, words: source.title, sub: source.note })),
);
