/* The phases that checklists are made of: their names and their order. One rule: a phase that a card uses is renamed and moved, never taken away. */
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { Note } from '../../parts/note';
import { t } from '../../parts/words';
import { TextField } from '../field';
import { deskTo } from '../desk';
import { MoveKeys } from '../movekeys';
import { Section, usePart, type Held } from './section';
import { reworded, shifted, type PhaseWords } from './settingsview';
import { s } from '../text/settings';

export function PhasesPart(held: Held) {
  const part = usePart<PhaseWords[]>(
    'phases',
    held,
    view => view.words.phases,
    phases => ({ words: { phases } }),
  );
  const { value: phases, faults, change } = part;
  const { phase_uses: uses, disordered } = held.view.words;
  const english = held.view.settings.languages.includes('en');
  const reword = (at: number, language: 'sv' | 'en', words: string): void =>
    change(phases.map((phase, place) => (place === at ? { ...phase, title: reworded(phase.title, language, words) } : phase)));
  const take = (at: number, what: string): void => {
    change(phases.filter((_, place) => place !== at));
    announce(s().roleTaken(what));
  };
  return (
    <Section title={s().phases} what={s().phasesWhat} part={part} told={list => list.map(phase => phase.title.sv).join(', ')}>
      {disordered.length > 0 && (
        <Note kind="warn">
          <p class="strong">{s().disordered}</p>
          <ul class="bullets">
            {disordered.slice(0, 8).map(card => (
              <li key={card.id}>
                <a href={deskTo('checklistor', card.id)}>{t(card.title)}</a>
              </li>
            ))}
            {disordered.length > 8 && <li>{s().andMore(disordered.length - 8)}</li>}
          </ul>
          <p>{s().disorderedWhat}</p>
        </Note>
      )}
      <ol class="rows">
        {phases.map((phase, at) => {
          const used = uses[phase.id ?? '']?.length ?? 0;
          const what = phase.title.sv || s().untitled;
          return (
            <li key={phase.id ?? `new-${at}`} class="named-row">
              <TextField
                {...{ place: `phases.${at}.title`, label: s().phaseLabel(at + 1), value: phase.title.sv, faults, hint: s().usedIn(used) }}
                onType={words => reword(at, 'sv', words)}
              />
              {english && (
                <TextField
                  {...{ place: `phases.${at}.title.en`, label: s().inEnglish(s().phaseLabel(at + 1)), value: phase.title.en ?? '', faults, lang: 'en' }}
                  onType={words => reword(at, 'en', words)}
                />
              )}
              <MoveKeys
                {...{ at, of: phases.length, what }}
                onMove={by => change(shifted(phases, at, by))}
                {...(used === 0 && { onTake: () => take(at, what) })}
              />
            </li>
          );
        })}
      </ol>
      <button type="button" class="self-start" onClick={() => change([...phases, { title: { sv: '' } }])}>
        <Icon name="plus" />
        {s().phaseAdd}
      </button>
    </Section>
  );
}
