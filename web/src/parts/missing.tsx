/* An incident that this phone does not hold. One rule: say why it may be, and where to go. */
import { Frame } from './frame';
import { to } from './route';
import { w } from './words';

export function MissingIncident() {
  return (
    <Frame title={w().incident} up={to()}>
      <div class="box">
        <h2>{w().incidentMissing}</h2>
        <p>{w().incidentMissingWhat}</p>
        <a class="button" href={to()}>
          {w().toStart}
        </a>
      </div>
    </Frame>
  );
}
