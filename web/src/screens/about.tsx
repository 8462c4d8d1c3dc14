/* About one incident: its name, its cards, who opened it, close it, take it out. One rule: closing is undone as easily as it is done. */
import { useState } from 'preact/hooks';
import { exportIncident, incidentOf, nameOf, rename, setStatus } from '../state';
import { Notices } from '../parts/cardparts';
import { announce } from '../parts/announce';
import { attempt } from '../parts/deed';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { MissingIncident } from '../parts/missing';
import { printPage } from '../parts/print';
import { to } from '../parts/route';
import { saveFile } from '../parts/share';
import { onPhone, when } from '../parts/stamp';
import { later } from '../parts/laterwords';
import { w } from '../parts/words';

export function AboutScreen({ inc }: { inc: string }) {
  const incident = incidentOf(inc);
  const [title, setTitle] = useState(incident?.title ?? '');
  const [why, setWhy] = useState('');
  if (incident === undefined) return <MissingIncident />;
  const { opened } = incident;
  const closed = incident.status === 'closed';
  // One key for both: closing is taken back with the finger still on it.
  const turn = async (): Promise<void> => {
    if (
      (await attempt(
        closed ? setStatus(inc, 'open').then(() => true) : setStatus(inc, 'closed', why.trim() === '' ? undefined : why.trim()).then(() => true),
      )) !== null
    )
      announce(closed ? w().reopened : w().incidentClosed);
  };
  return (
    <Frame title={incident.title} sub={w().aboutIncident} up={to('handelse', inc)} incident={incident}>
      <Notices incident={incident} card={undefined} />
      <section class="box">
        <dl class="facts-list">
          <div>
            <dt>{later().kind}</dt>
            <dd>{incident.exercise ? w().exercise : w().forReal}</dd>
          </div>
          {opened !== null && (
            <div>
              <dt>{later().openedBy}</dt>
              <dd>
                {nameOf(opened.member, opened.dev) || w().somebody} {when(opened)} {onPhone([opened])}
              </dd>
            </div>
          )}
          {incident.place !== '' && (
            <div>
              <dt>{w().where}</dt>
              <dd>{incident.place}</dd>
            </div>
          )}
          <div>
            <dt>{later().entries}</dt>
            <dd>{incident.count}</dd>
          </div>
        </dl>
        <form
          class="quick"
          onSubmit={event => {
            event.preventDefault();
            if (title.trim() !== '') void attempt(rename(inc, title.trim()));
          }}
        >
          <label>
            <span>{later().title}</span>
            <input value={title} maxLength={200} onInput={event => setTitle(event.currentTarget.value)} />
          </label>
          <button type="submit" disabled={title.trim() === '' || title.trim() === incident.title}>
            {w().save}
          </button>
        </form>
      </section>
      <div class="choice deeds">
        <a class="button" href={to('handelse', inc, 'nytt-kort')}>
          <Icon name="binder" />
          {w().addCard}
        </a>
        <button onClick={() => printPage(to('handelse', inc))}>
          <Icon name="print" />
          {later().print}
        </button>
        <button onClick={() => saveFile(exportIncident(inc), `stormlykta-${inc}.ndjson`)}>
          <Icon name="share" />
          {later().exportIncident}
        </button>
      </div>
      <section class="box">
        <h2>{closed ? w().incidentClosed : later().closeIncident}</h2>
        <p class="small">
          {closed && incident.statusBy !== null ? `${nameOf(incident.statusBy.member, incident.statusBy.dev)} ${when(incident.statusBy)}` : later().closeWhat}{' '}
          {closed && incident.statusBy !== null && onPhone([incident.statusBy])}
        </p>
        {!closed && (
          <label>
            <span>
              {w().why} <small>({w().optional})</small>
            </span>
            <input value={why} maxLength={500} onInput={event => setWhy(event.currentTarget.value)} />
          </label>
        )}
        <button class={closed ? undefined : 'danger'} onClick={() => void turn()}>
          {closed ? w().reopen : later().closeNow}
        </button>
      </section>
    </Frame>
  );
}
