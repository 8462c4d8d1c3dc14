/* What the staff and its levels of activation are called. One rule: the lowest level stands first. */
import { Icon } from '../../parts/icon';
import type { Text } from '../../core/checklist';
import { TextField } from '../field';
import { MoveKeys } from '../movekeys';
import { Section, usePart, type Held } from './section';
import { reworded, shifted } from './settingsview';
import { s } from '../text/settings';

const MOST_LEVELS = 8;

export function StaffPart(held: Held) {
  const part = usePart(
    'staff',
    held,
    view => view.settings.staff ?? { sv: '' },
    staff => ({ settings: { staff: staff.sv.trim() === '' && (staff.en ?? '').trim() === '' ? null : staff } }),
  );
  const { value, faults, change } = part;
  return (
    <Section title={s().staff} what={s().staffWhat} part={part} told={staff => staff.sv}>
      <div class="fields">
        <TextField
          place="staff"
          label={s().staffLabel}
          hint={s().staffHint}
          value={value.sv}
          faults={faults}
          onType={sv => change(reworded(value, 'sv', sv))}
        />
        {held.view.settings.languages.includes('en') && (
          <TextField
            {...{ place: 'staff.en', label: s().inEnglish(s().staffLabel), value: value.en ?? '', faults, lang: 'en' }}
            onType={en => change(reworded(value, 'en', en))}
          />
        )}
      </div>
    </Section>
  );
}

export function LevelsPart(held: Held) {
  const part = usePart<Text[]>(
    'levels',
    held,
    view => view.settings.levels,
    levels => ({ settings: { levels } }),
  );
  const { value: levels, faults, change } = part;
  const english = held.view.settings.languages.includes('en');
  const reword = (at: number, language: 'sv' | 'en', words: string): void =>
    change(levels.map((level, place) => (place === at ? reworded(level, language, words) : level)));
  return (
    <Section title={s().levels} what={s().levelsWhat} part={part} told={list => list.map(level => level.sv).join(', ')}>
      {levels.length === 0 && <p>{s().levelsNone}</p>}
      <ol class="rows">
        {levels.map((level, at) => (
          <li key={at} class="named-row">
            <TextField place={`levels.${at}`} label={s().levelLabel(at + 1)} value={level.sv} faults={faults} onType={words => reword(at, 'sv', words)} />
            {english && (
              <TextField
                {...{ place: `levels.${at}.en`, label: s().inEnglish(s().levelLabel(at + 1)), value: level.en ?? '', faults, lang: 'en' }}
                onType={words => reword(at, 'en', words)}
              />
            )}
            <MoveKeys
              {...{ at, of: levels.length, what: level.sv || s().untitled }}
              onMove={by => change(shifted(levels, at, by))}
              onTake={() => change(levels.filter((_, place) => place !== at))}
            />
          </li>
        ))}
      </ol>
      {levels.length < MOST_LEVELS && (
        <button type="button" class="self-start" onClick={() => change([...levels, { sv: '' }])}>
          <Icon name="plus" />
          {s().levelAdd}
        </button>
      )}
    </Section>
  );
}
