/* Loggbok: one incident's log on a page of its own. One rule: the line to write on is the first thing on it. */
import { useEffect } from 'preact/hooks';
import { incidentOf, lookAt } from '../state';
import { Frame } from '../parts/frame';
import { LogBook } from '../parts/logbook';
import { MissingIncident } from '../parts/missing';
import { to } from '../parts/route';
import { w } from '../parts/words';

export function LogScreen({ inc }: { inc: string }) {
  const incident = incidentOf(inc);
  useEffect(() => {
    lookAt(inc);
    return () => lookAt(null);
  }, [inc]);
  if (incident === undefined) return <MissingIncident />;
  return (
    <Frame title={incident.title} sub={w().log} up={to('handelse', inc)} incident={incident}>
      <LogBook incident={incident} />
    </Frame>
  );
}
