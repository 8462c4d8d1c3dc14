/* Krispärm: everything that is published, found by the words of a stressed person. One rule: reading starts nothing. */
import { signal } from '@preact/signals';
import { cardOf, incidentOf, library, organisation } from '../state';
import { CardList, findCards, findMessages, MessageList, NoCards } from '../parts/cardlist';
import { clock } from '../parts/clock';
import { Frame } from '../parts/frame';
import { lazily } from '../parts/lazily';
import { Chips, SearchBox } from '../parts/note';
import { to, toHere } from '../parts/route';
import { wide } from '../parts/wide';
import { t, w } from '../parts/words';
import { CardText, StartKey } from '../parts/cardtext';

const MessageText = lazily(async () => (await import('../parts/messagetext')).MessageText);

type Kind = 'all' | 'action-card' | 'role-card' | 'messages';
/** What is searched for: outside incidents, and inside them. */
const shelves = { outside: { query: signal(''), kind: signal<Kind>('all') }, inside: { query: signal(''), kind: signal<Kind>('all') } };
type Shelf = (typeof shelves)['outside'];

/** `shown`: the card or message beside the list on a desk. */
export function LibraryScreen({ shown, inc }: { shown?: { card?: string; message?: string }; inc?: string | undefined }) {
  const incident = inc === undefined ? undefined : incidentOf(inc);
  const shelf = inc === undefined ? shelves.outside : shelves.inside;
  const trials = inc === undefined || incident?.exercise === true;
  const first = shown === undefined && wide.value ? found(shelf, trials) : undefined;
  const card = shown?.card ?? first?.cards[0]?.entry.id;
  const message = shown?.message ?? (card === undefined ? first?.messages[0]?.id : undefined);
  const entry = card === undefined ? undefined : cardOf(card)?.entry;
  const content = card !== undefined ? <CardText id={card} /> : message !== undefined ? <MessageText id={message} /> : null;
  const foot = card === undefined || entry === undefined ? undefined : <StartKey id={card} />;
  if (!wide.value && shown !== undefined) {
    const sub =
      card === undefined
        ? w().messageTemplate
        : entry === undefined
          ? undefined
          : `${entry.kind === 'role-card' ? w().roleCard : w().actionCard} · ${w().version(entry.version)}`;
    return (
      <Frame title={titleOf(shown)} sub={sub} up={inc === undefined ? to('krisparm') : to('handelse', inc)} incident={incident} foot={foot}>
        <div class="stack">{content}</div>
      </Frame>
    );
  }
  if (!wide.value)
    return (
      <Frame title={w().library} sub={organisation.value?.name} icon="binder">
        <LibraryList shelf={shelf} trials={trials} />
      </Frame>
    );
  return (
    <Frame
      title={incident?.title ?? w().library}
      sub={incident === undefined ? organisation.value?.name : undefined}
      icon="binder"
      up={inc === undefined ? undefined : to('handelse', inc)}
      incident={incident}
      layout="panes"
      foot={foot}
    >
      <div class="side stack">
        <LibraryList shelf={shelf} trials={trials} card={card} message={message} />
      </div>
      <div class="content stack">
        {content === null ? (
          <div class="box">
            <h2>{w().chooseCard}</h2>
            <p>{w().chooseCardWhat}</p>
          </div>
        ) : (
          <>
            <h2 class="big">{titleOf({ card, message })}</h2>
            {content}
          </>
        )}
      </div>
    </Frame>
  );
}

/** Beside a message the list is of messages, until something else is asked for. */
function found({ query, kind }: Shelf, trials: boolean, beside?: string) {
  const asked = query.value.trim() !== '';
  const chosen = beside !== undefined && kind.value === 'all' && !asked ? 'messages' : kind.value;
  const cards = chosen === 'messages' ? [] : findCards(query.value, chosen === 'all' ? undefined : chosen, trials);
  const messages = chosen === 'messages' || (chosen === 'all' && asked) ? findMessages(query.value) : [];
  return { chosen, cards, messages };
}

function LibraryList({ shelf, trials, card, message }: { shelf: Shelf; trials: boolean; card?: string | undefined; message?: string | undefined }) {
  const view = library.value;
  const { query, kind } = shelf;
  const { chosen, cards, messages } = found(shelf, trials, message);
  return (
    <div class="stack">
      <SearchBox value={query.value} label={w().searchLibrary} onInput={value => (query.value = value)} />
      <Chips
        label={w().show}
        chosen={chosen}
        of={[
          ['all', w().all],
          ['action-card', w().actionCards],
          ['role-card', w().roleCards],
          ['messages', w().messages],
        ]}
        onChoose={key => (kind.value = key)}
      />
      {cards.length > 0 && <CardList cards={cards} shown={card} link={id => toHere('kort', id)} />}
      {messages.length > 0 && (
        <>
          {chosen === 'all' && <h2>{w().messages}</h2>}
          <MessageList messages={messages} shown={message} link={id => toHere('budskap', id)} />
        </>
      )}
      {cards.length + messages.length === 0 && <NoCards query={query.value} />}
      {view !== null && <p class="small">{w().libraryFrom(clock(view.fetched), view.checklists.size)}</p>}
    </div>
  );
}

function titleOf({ card, message }: { card?: string | undefined; message?: string | undefined }): string {
  const view = library.value;
  const title = card !== undefined ? cardOf(card)?.document.title : view?.messages?.messages.find(each => each.id === message)?.title;
  return title === undefined ? w().notFound : t(title);
}
