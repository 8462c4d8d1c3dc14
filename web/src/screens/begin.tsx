/* Starting: a card or none, a title, and for real or as an exercise. One rule: nobody can be in doubt which of the two it is. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { cardOf, startIncident } from '../state';
import { CardList, findCards, isTrial, NoCards } from '../parts/cardlist';
import { attempt } from '../parts/deed';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { SearchBox } from '../parts/note';
import { replace, to } from '../parts/route';
import { t, w } from '../parts/words';

const query = signal('');
/** In the address where a card's id would stand: start with an empty card. */
const NONE = 'utan-kort';

export function BeginScreen({ kind, card }: { kind: string; card?: string | undefined }) {
  const drill = kind === 'ovning';
  if (card === undefined) return <ChooseCard kind={kind} drill={drill} />;
  return <Settle key={card} drill={drill} card={card === NONE ? undefined : card} />;
}

function ChooseCard({ kind, drill }: { kind: string; drill: boolean }) {
  const cards = findCards(query.value, query.value.trim() === '' ? 'action-card' : undefined, drill);
  return (
    <Frame title={drill ? w().startExercise : w().startIncident} sub={w().chooseCard} up={to()}>
      {drill && (
        <div class="band" role="note">
          {w().exerciseBand}
        </div>
      )}
      <SearchBox value={query.value} label={w().whatHappened} onInput={value => (query.value = value)} />
      {cards.length > 0 ? <CardList cards={cards} link={id => to('starta', kind, id)} /> : <NoCards query={query.value} />}
      <a class="button" href={to('starta', kind, NONE)}>
        <Icon name="plus" />
        {w().withoutCard}
      </a>
    </Frame>
  );
}

function Settle({ drill, card }: { drill: boolean; card: string | undefined }) {
  const found = card === undefined ? undefined : cardOf(card);
  const trial = card !== undefined && isTrial(card);
  const cardTitle = found === undefined ? '' : t(found.document.title);
  const [title, setTitle] = useState(cardTitle);
  const [place, setPlace] = useState('');
  const [exercise, setExercise] = useState(drill || trial);
  const [busy, setBusy] = useState(false);
  const begin = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const name = title.trim() || cardTitle || w().untitled;
    const inc = await attempt(
      startIncident({
        title: name,
        exercise,
        ...(found === undefined || card === undefined ? {} : { checklist: card }),
        ...(place.trim() === '' ? {} : { place: place.trim() }),
      }),
    );
    setBusy(false);
    if (inc !== null) replace(to('handelse', inc));
  };
  return (
    <Frame title={exercise ? w().startExercise : w().startIncident} sub={cardTitle || w().withoutCard} up={to('starta', drill ? 'ovning' : 'skarp')}>
      {exercise && (
        <div class="band" role="note">
          {w().exerciseBand}
        </div>
      )}
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault();
          void begin();
        }}
      >
        <label>
          <span>{w().whatToCallIt}</span>
          <input value={title} maxLength={200} placeholder={w().titleExample} onInput={event => setTitle(event.currentTarget.value)} />
        </label>
        <label>
          <span>
            {w().where} <small>({w().optional})</small>
          </span>
          <input value={place} maxLength={200} placeholder={w().placeExample} onInput={event => setPlace(event.currentTarget.value)} />
        </label>
        <fieldset class="stack tight bare-set">
          <legend class="label">{w().realOrExercise}</legend>
          {!trial && (
            <label class="pick">
              <input type="radio" name="kind" checked={!exercise} onChange={() => setExercise(false)} />
              <div>
                <b>{w().forReal}</b>
                <small class="under">{w().forRealWhat}</small>
              </div>
            </label>
          )}
          <label class="pick drill">
            <input type="radio" name="kind" checked={exercise} onChange={() => setExercise(true)} />
            <div>
              <b>{w().exercise}</b>
              <small class="under">{trial ? w().trialWhat : w().exerciseWhat}</small>
            </div>
          </label>
        </fieldset>
        <button type="submit" class={exercise ? 'main-deed drill-deed' : 'main-deed'} disabled={busy}>
          <Icon name="lantern" />
          {exercise ? w().startExerciseNow : w().startNow}
        </button>
      </form>
    </Frame>
  );
}
