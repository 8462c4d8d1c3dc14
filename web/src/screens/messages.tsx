/* Budskap inside an incident: which ready text is needed now. One rule: the same templates as in the library, with the log one tap away. */
import { signal } from '@preact/signals';
import { incidentOf } from '../state';
import { findMessages, MessageList } from '../parts/cardlist';
import { Frame } from '../parts/frame';
import { SearchBox } from '../parts/note';
import { to, toHere } from '../parts/route';
import { later } from '../parts/laterwords';
import { w } from '../parts/words';

const query = signal('');

export function MessagesScreen({ inc }: { inc: string }) {
  const incident = incidentOf(inc);
  const messages = findMessages(query.value);
  return (
    <Frame title={incident?.title ?? w().messages} sub={w().messages} up={to('handelse', inc)} incident={incident}>
      <SearchBox value={query.value} label={later().searchMessages} onInput={value => (query.value = value)} />
      {messages.length > 0 ? (
        <MessageList messages={messages} link={id => toHere('budskap', id)} />
      ) : (
        <div class="box">
          <h2>{query.value === '' ? later().noMessages : w().noHits(query.value)}</h2>
          <p>{later().noMessagesWhat}</p>
        </div>
      )}
    </Frame>
  );
}
