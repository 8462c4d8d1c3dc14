/* The plain parts of the settings: the name, the languages, how long things hold, the second person. One rule: what a choice leads to stands beside it. */
import { Tick, TextField } from '../field';
import { Section, usePart, type Held } from './section';
import { s } from '../text/settings';

export function NamePart(held: Held) {
  const part = usePart(
    'name',
    held,
    view => view.settings.name,
    name => ({ settings: { name } }),
  );
  return (
    <Section title={s().name} what={s().nameWhat} part={part} told={name => name}>
      <TextField place="name" label={s().nameLabel} value={part.value} faults={part.faults} onType={part.change} />
    </Section>
  );
}

export function LanguagesPart(held: Held) {
  const part = usePart(
    'languages',
    held,
    view => view.settings.languages,
    languages => ({ settings: { languages } }),
  );
  const told = (languages: string[]): string => languages.join(', ');
  return (
    <Section title={s().languages} what={s().languagesWhat} part={part} told={told}>
      <Tick label={s().english} checked={part.value.includes('en')} onTick={checked => part.change(checked ? ['sv', 'en'] : ['sv'])} />
    </Section>
  );
}

interface Review {
  review_months: string;
  contact_days: string;
}

export function ReviewPart(held: Held) {
  const part = usePart<Review>(
    'review',
    held,
    ({ settings }) => ({ review_months: String(settings.review_months), contact_days: String(settings.contact_days) }),
    value => {
      const wrong = (Object.keys(value) as (keyof Review)[]).filter(field => !/^\d{1,6}$/.test(value[field].trim()));
      if (wrong.length > 0) return Object.fromEntries(wrong.map(field => [field, s().range[field] ?? '']));
      return { settings: { review_months: Number(value.review_months), contact_days: Number(value.contact_days) } };
    },
  );
  const { value, faults, change } = part;
  return (
    <Section title={s().review} what={s().reviewWhat} part={part} told={({ review_months, contact_days }) => `${review_months}, ${contact_days}`}>
      <div class="fields">
        <TextField
          {...{ place: 'review_months', label: s().reviewLabel, hint: s().reviewHint, value: value.review_months, faults }}
          numeric
          onType={review_months => change({ ...value, review_months })}
        />
        <TextField
          {...{ place: 'contact_days', label: s().contactLabel, hint: s().contactHint, value: value.contact_days, faults }}
          numeric
          onType={contact_days => change({ ...value, contact_days })}
        />
      </div>
    </Section>
  );
}

export function SecondPart(held: Held) {
  const part = usePart(
    'second',
    held,
    view => view.settings.second_person,
    second_person => ({ settings: { second_person } }),
  );
  return (
    <Section title={s().second} what={s().secondWhat} part={part} told={on => (on ? s().secondLabel : '')}>
      <Tick label={s().secondLabel} hint={s().secondHint} checked={part.value} onTick={part.change} />
    </Section>
  );
}
