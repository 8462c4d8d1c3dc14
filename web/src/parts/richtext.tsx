/* A published text with its references in place: cards and roles by name, calls as buttons after it. One rule: a reference that is not on the phone is said, never dropped. */
import { pieces, type Text } from '../core/checklist';
import { shown } from '../state';
import { CallKey } from './call';
import { toHere } from './route';
import { t, w } from './words';

export function RichText({ text }: { text: Text }) {
  const parts = pieces(t(text));
  return (
    <>
      {parts.map(part =>
        typeof part === 'string' ? part : part.kind === 'card' ? <CardLink id={part.id} /> : part.kind === 'role' ? roleName(part.id) : null,
      )}
    </>
  );
}

/** The calls of a text, as keys to put under it. */
export function CallsIn({ text }: { text: Text }) {
  const calls = pieces(t(text)).flatMap(part => (typeof part === 'string' || part.kind !== 'call' ? [] : [part.id]));
  return (
    <>
      {calls.map(id => (
        <CallKey key={id} id={id} />
      ))}
    </>
  );
}

export function CardLink({ id }: { id: string }) {
  const found = shown.value?.checklists.get(id);
  return found === undefined ? (
    <em>{w().cardMissing(id)}</em>
  ) : (
    <a class="inline-link" href={toHere('kort', id)}>
      {t(found.document.title)}
    </a>
  );
}

export function roleName(id: string): string {
  const role = shown.value?.vocabulary?.roles.find(each => each.id === id);
  return role === undefined ? id : t(role.title);
}
