/* About one incident: its name, its cards, who opened it, close it, take it out. One rule: closing is undone as easily as it is done. */
import { useState } from 'preact/hooks';
import { exportIncident, incidentOf, nameOf, rename, setStatus } from '../state';
import { Notices } from '../parts/cardparts';
import { attempt } from '../parts/deed';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { MissingIncident } from '../parts/missing';
import { to } from '../parts/route';
import { saveFile } from '../parts/share';
import { onPhone, when } from '../parts/stamp';
import { w } from '../parts/words';

export function AboutScreen({ inc }: { inc: string }) {
  const incident = incidentOf(inc);
  const [title, setTitle] = useState(incident?.title ?? '');
  const [why, setWhy] = useState('');
  if (incident === undefined) return <MissingIncident />;
  const { opened } = incident;
  return (
    <Frame title={incident.title} sub={w().aboutIncident} up={to('handelse', inc)} incident={incident}>
      <Notices incident={incident} card={undefined} />
      <section class="box">
        <dl class="facts-list">
          <div><dt>{w().kind}</dt><dd>{incident.exercise ? w().exercise : w().forReal}</dd></div>
          {opened !== null && <div><dt>{w().openedBy}</dt><dd>{nameOf(opened.member, opened.dev) || w().somebody} {when(opened)} {onPhone([opened])}</dd></div>}
          {incident.place !== '' && <div><dt>{w().where}</dt><dd>{incident.place}</dd></div>}
          <div><dt>{w().entries}</dt><dd>{incident.count}</dd></div>
        </dl>
        <form class="quick" onSubmit={(event) => { event.preventDefault(); if (title.trim() !== '') void attempt(rename(inc, title.trim())); }}>
          <label><span>{w().title}</span><input value={title} maxLength={200} onInput={(event) => setTitle(event.currentTarget.value)} /></label>
          <button type="submit" disabled={title.trim() === '' || title.trim() === incident.title}>{w().save}</button>
        </form>
      </section>
      <a class="button" href={to('handelse', inc, 'nytt-kort')}><Icon name="binder" />{w().addCard}</a>
      <button onClick={() => print()}><Icon name="print" />{w().print}</button>
      <button onClick={() => saveFile(exportIncident(inc), `stormlykta-${inc}.ndjson`)}><Icon name="share" />{w().exportIncident}</button>
      {incident.status === 'open' && (
        <section class="box">
          <h2>{w().closeIncident}</h2>
          <p class="small">{w().closeWhat}</p>
          <label><span>{w().why} <small>({w().optional})</small></span><input value={why} maxLength={500} onInput={(event) => setWhy(event.currentTarget.value)} /></label>
          <button class="danger" onClick={() => void attempt(setStatus(inc, 'closed', why.trim() === '' ? undefined : why.trim()))}>{w().closeNow}</button>
        </section>
      )}
    </Frame>
  );
}
