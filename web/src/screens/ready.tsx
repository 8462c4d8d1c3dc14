/* Redo: the proof that this phone works alone. One rule: the big word stands there only when every point under it is true. */
import { library, organisation } from '../state';
import { Frame } from '../parts/frame';
import { Icon } from '../parts/icon';
import { InstallHelp } from '../parts/installhelp';
import { lacking } from '../parts/ready';
import { ReadyPoints } from '../parts/readypoints';
import { to } from '../parts/route';
import { later } from '../parts/laterwords';
import { w } from '../parts/words';

export function ReadyScreen() {
  const ready = lacking().length === 0;
  const name = organisation.value?.member.name.split(' ')[0] ?? '';
  return (
    <Frame
      title={later().readiness}
      sub={organisation.value?.name}
      up={to()}
      foot={
        <a class="button main-deed" href={to()}>
          {w().toStart}
        </a>
      }
    >
      <div class="stack narrow">
        <section class="stack tight middle" role="status">
          <Icon name="lantern" class={ready ? 'lantern lit' : 'lantern'} />
          <h2 class="big">{ready ? w().ready : library.value === null ? later().fetchingLibrary : later().notReadyYet}</h2>
          <p>{ready ? later().readyWhat(name) : later().notReadyWhat}</p>
        </section>
        <ReadyPoints testing />
        <InstallHelp />
      </div>
    </Frame>
  );
}
