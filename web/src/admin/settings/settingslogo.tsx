/* The organisation's logo: chosen, seen as the phones will show it, taken away. One rule: what was there before can be had back at once. */
import { useId, useState } from 'preact/hooks';
import type { LogoDocument } from '../../core/checklist';
import { announce } from '../../parts/announce';
import { Icon } from '../../parts/icon';
import { remove, upload, type Refused } from '../ask';
import type { Held } from './section';
import { me } from '../state';
import { why } from '../text/frame';
import { s } from '../text/settings';

const MOST_BYTES = 1024 * 1024;
type State = { sending: boolean; said: string; wrong: string; before: LogoDocument | null };
const REST: State = { sending: false, said: '', wrong: '', before: null };

export function LogoPart({ view, set }: Held) {
  const id = useId();
  const [state, setState] = useState<State>(REST);
  const { logo } = view;
  const refuse = (got: Refused): void => {
    const code = got.code === 'image' ? String(got.body['why']) : got.code;
    setState({ ...REST, wrong: s().logoWrong[code] ?? why(got) });
  };
  const put = async (picture: Blob, said: string, before: LogoDocument | null): Promise<void> => {
    if (picture.size > MOST_BYTES) return setState({ ...REST, wrong: s().logoWrong['size'] ?? '' });
    setState({ ...REST, sending: true });
    const got = await upload<LogoDocument>('PUT', 'settings/logo', picture);
    if (!got.ok) return refuse(got);
    set({ ...view, logo: got.value });
    setState({ ...REST, said, before });
    announce(said);
  };
  const take = async (): Promise<void> => {
    setState({ ...REST, sending: true });
    const got = await remove('settings/logo');
    if (!got.ok) return refuse(got);
    set({ ...view, logo: null });
    setState({ ...REST, said: s().logoTaken, before: logo });
    announce(s().logoTaken);
  };
  return (
    <section class="box setting" aria-labelledby={id}>
      <div>
        <h2 id={id}>{s().logo}</h2>
        <p class="small">{s().logoWhat}</p>
      </div>
      <div class="stack">
        {logo === null ? (
          <p>{s().logoNone}</p>
        ) : (
          <figure class="logo-seen">
            <div class="head">
              <Icon name="lantern" />
              <b class="grow">{me.value?.organisation.name}</b>
              <img class="logo" src={addressOf(logo)} alt={s().logo} />
            </div>
            <figcaption class="small">{s().logoSeen}</figcaption>
          </figure>
        )}
        {state.wrong !== '' && (
          <p class="wrong-words" role="alert">
            {state.wrong}
          </p>
        )}
        <div class="deeds">
          <label class={`button file-key${state.sending ? ' busy' : ''}`}>
            {logo === null ? s().logoChoose : s().logoOther}
            <input
              type="file"
              accept="image/png,image/jpeg,image/webp"
              disabled={state.sending}
              onChange={event => {
                const [picture] = event.currentTarget.files ?? [];
                event.currentTarget.value = '';
                if (picture !== undefined) void put(picture, s().logoSaved, logo);
              }}
            />
          </label>
          {logo !== null && (
            <button type="button" disabled={state.sending} onClick={() => void take()}>
              {s().logoTake}
            </button>
          )}
          {state.before !== null && (
            <button
              type="button"
              class="plain"
              disabled={state.sending}
              onClick={() => state.before !== null && void put(bytesOf(state.before), s().logoSaved, null)}
            >
              {s().logoUndo}
            </button>
          )}
        </div>
        {(state.sending || state.said !== '') && (
          <p class="small" role="status">
            {state.sending ? s().logoSending : state.said}
          </p>
        )}
      </div>
    </section>
  );
}

function addressOf(logo: LogoDocument): string {
  return `data:${logo.media};base64,${logo.data.replaceAll('-', '+').replaceAll('_', '/')}`;
}

function bytesOf(logo: LogoDocument): Blob {
  const letters = atob(logo.data.replaceAll('-', '+').replaceAll('_', '/'));
  return new Blob([Uint8Array.from(letters, letter => letter.charCodeAt(0))], { type: logo.media });
}
