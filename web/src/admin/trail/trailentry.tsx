/* One deed of the trail: its sentence, and on a tap what was otherwise before and from where it was done. One rule: a deed without words of its own is shown plainly. */
import { clock, hour } from '../../parts/clock';
import { Icon } from '../../parts/icon';
import { browserWords } from '../agents';
import { deeds } from '../text/deeds';
import { tr } from '../text/trail';
import { differences, isText, type Difference, type Entry } from './trailview';

const COMMAND = 'stormlykta ';
/** Told in milliseconds. */
const MOMENTS: readonly string[] = ['expires', 'revoked', 'since', 'until'];

export function sentenceOf(entry: Entry): string {
  const who = whoOf(entry);
  const sentence = deeds()[entry.deed];
  return sentence === undefined ? tr().unknownDeed(who, entry.deed, entry.title) : sentence(who, entry.title, entry);
}

export function TrailEntry({ entry }: { entry: Entry }) {
  const otherwise = differences(entry.before, entry.after);
  return (
    <li>
      <details>
        <summary>
          <time class="number" dateTime={new Date(entry.at).toISOString()}>
            {hour(entry.at)}
          </time>
          <span class="grow">{sentenceOf(entry)}</span>
          <Icon name="down" />
        </summary>
        <div class="stack tight">
          {otherwise.length === 0 ? <p class="small">{tr().noDetails}</p> : <Differences of={otherwise} />}
          <p class="small">
            {whence(entry)} · {tr().number(entry.number)}
          </p>
        </div>
      </details>
    </li>
  );
}

function Differences({ of }: { of: Difference[] }) {
  return (
    <dl class="otherwise">
      {of.map(({ path, before, after }) => (
        <div key={path.join('/')}>
          <dt>{path.map(key => tr().fields[key] ?? key).join(', ') || tr().field}</dt>
          {before !== undefined && (
            <dd>
              <small>{tr().before}</small> {wordsOf(path, before)}
            </dd>
          )}
          <dd>
            {before !== undefined && <small>{tr().after}</small>} {wordsOf(path, after)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function wordsOf(path: readonly string[], value: unknown): string {
  const key = path.at(-1) ?? '';
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value === 'boolean') return value ? tr().yes : tr().no;
  if (typeof value === 'number') return MOMENTS.includes(key) && value > 1e11 ? clock(value) : String(value);
  if (typeof value === 'string') return key === 'way' || key === 'kind' ? (tr().way[value] ?? value) : value;
  if (Array.isArray(value)) return value.length === 0 ? tr().nil : value.map(each => wordsOf(path, each)).join(', ');
  return isText(value) ? `${value.sv}${value.en === undefined ? '' : ` (${value.en})`}` : JSON.stringify(value);
}

function whoOf({ member, name }: Entry): string {
  if (member === '' && name.startsWith(COMMAND)) return tr().commandLine;
  return name || tr().somebody;
}

function whence({ member, name, agent, way, seated }: Entry): string {
  if (agent !== null && seated !== null) {
    const seat = tr().fromSeat(browserWords(agent), clock(seated));
    const means = way === null ? undefined : tr().way[way];
    return means === undefined ? seat : `${seat} ${tr().ways(means)}`;
  }
  return member === '' && name.startsWith(COMMAND) ? tr().fromCommand(name) : tr().withoutSeat;
}
