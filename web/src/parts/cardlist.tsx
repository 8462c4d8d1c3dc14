/* The cards of the library, searched and narrowed. One rule: whatever is typed there is either a card to open or words about what to do instead. */
import { search, type Field } from '../core/search';
import type { ChecklistDocument, ManifestEntry, MessageTemplate } from '../core/checklist';
import { language, library } from '../state';
import { date, isPast } from './clock';
import { Icon } from './icon';
import { capital, t, w } from './words';

export interface Listed {
  entry: ManifestEntry;
  document: ChecklistDocument;
}

const FIELDS: readonly Field<Listed>[] = [
  { weight: 8, of: ({ document }) => [document.title.sv, document.title.en ?? ''] },
  { weight: 6, of: ({ document }) => [...document.tags.sv, ...(document.tags.en ?? [])] },
  { weight: 3, of: ({ document }) => [document.trigger.sv, document.trigger.en ?? '', document.goal.sv] },
  { weight: 1, of: ({ document }) => document.phases.flatMap(phase => phase.steps.flatMap(step => [step.text[language.value] ?? step.text.sv])) },
];

const MESSAGE_FIELDS: readonly Field<MessageTemplate>[] = [
  { weight: 5, of: ({ title }) => [title.sv, title.en ?? ''] },
  { weight: 2, of: ({ channels }) => channels },
  { weight: 1, of: ({ text }) => [text.sv, text.en ?? ''] },
];

/** A draft on trial: it may be read, and practised with, never used for real. */
export function isTrial(id: string): boolean {
  return id.startsWith('~');
}

/** `trials`: with the drafts that are tried on this phone, which stand first. */
export function findCards(query: string, kind?: string, trials = false): Listed[] {
  const view = library.value;
  const all = [...(view?.checklists.values() ?? [])].filter(({ entry }) => kind === undefined || entry.kind === kind);
  all.sort((a, b) => (a.entry.kind === b.entry.kind ? order(a, b) : a.entry.kind < b.entry.kind ? -1 : 1));
  return search(query, trials ? [...(view?.trials.values() ?? []), ...all] : all, FIELDS);
}

export function findMessages(query: string): MessageTemplate[] {
  return search(query, library.value?.messages?.messages ?? [], MESSAGE_FIELDS);
}

export function CardList({ cards, shown, link }: { cards: Listed[]; shown?: string | undefined; link: (id: string) => string }) {
  return (
    <ul class="list">
      {cards.map(({ entry, document }) => (
        <li key={entry.id}>
          <a class="row" href={link(entry.id)} aria-current={entry.id === shown ? 'true' : undefined}>
            <div class="grow">
              <h2>{t(document.title)}</h2>
              <small class="clip">
                {t(document.kind === 'role-card' ? (document.mission ?? document.trigger) : document.trigger).replace(/\[\[[^\]]*\]\]/g, '')}
              </small>
              {isTrial(entry.id) ? (
                <span class="tag draft">{w().version(0)}</span>
              ) : (
                <small>
                  {w().version(entry.version)} · {w().publishedOn(date(entry.published))}
                </small>
              )}
              {isPast(entry.review_by) && <span class="tag due">{w().overdue}</span>}
            </div>
            <Icon name="right" />
          </a>
        </li>
      ))}
    </ul>
  );
}

export function MessageList({ messages, shown, link }: { messages: MessageTemplate[]; shown?: string | undefined; link: (id: string) => string }) {
  return (
    <ul class="list">
      {messages.map(message => (
        <li key={message.id}>
          <a class="row" href={link(message.id)} aria-current={message.id === shown ? 'true' : undefined}>
            <div class="grow">
              <h2>{t(message.title)}</h2>
              <small>{capital(message.channels.map(channelName).join(', '))}</small>
            </div>
            <Icon name="right" />
          </a>
        </li>
      ))}
    </ul>
  );
}

/** "p4" and "sms" are written as people write them. */
export function channelName(channel: string): string {
  return channel.length <= 3 ? channel.toUpperCase() : channel;
}

/** Why there is nothing to show, and what to do: an empty library and a search without hits are different things. */
export function NoCards({ query }: { query: string }) {
  if (library.value === null)
    return (
      <div class="box">
        <h2>{w().libraryMissing}</h2>
        <p>{w().libraryMissingWhat}</p>
      </div>
    );
  return (
    <div class="box">
      <h2>{w().noHits(query)}</h2>
      <p>{w().noHitsWhat}</p>
    </div>
  );
}

function order(a: Listed, b: Listed): number {
  return a.entry.order === b.entry.order ? (a.entry.id < b.entry.id ? -1 : 1) : a.entry.order < b.entry.order ? -1 : 1;
}
