/* One more card in an incident that goes on. One rule: the most likely ones first, and reading one before adding it is one tap. */
import { signal } from '@preact/signals';
import { incidentOf } from '../state';
import { CardList, findCards, NoCards } from '../parts/cardlist';
import { Frame } from '../parts/frame';
import { MissingIncident } from '../parts/missing';
import { SearchBox } from '../parts/note';
import { to, toHere } from '../parts/route';
import { w } from '../parts/words';

const query = signal('');

export function AddCardScreen({ inc }: { inc: string }) {
  const incident = incidentOf(inc);
  if (incident === undefined) return <MissingIncident />;
  const used = new Set(incident.cards.map(card => card.checklist));
  const cards = findCards(query.value, undefined, incident.exercise).filter(({ entry }) => !used.has(entry.id));
  return (
    <Frame title={incident.title} sub={w().addCard} up={to('handelse', inc)} incident={incident}>
      <SearchBox value={query.value} label={w().searchLibrary} onInput={value => (query.value = value)} />
      {cards.length > 0 ? <CardList cards={cards} link={id => toHere('kort', id)} /> : <NoCards query={query.value} />}
    </Frame>
  );
}
