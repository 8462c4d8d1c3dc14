/* Inställningar: the organisation sets itself up, part by part. One rule: each part is saved by itself and says in words how it stands. */
import { path } from '../../parts/route';
import { Coming, Desk } from '../deskframe';
import { deskTo, useFetched } from '../desk';
import { CallsPart } from './settingscalls';
import { LogoPart } from './settingslogo';
import { LevelsPart, StaffPart } from './settingslevels';
import { LanguagesPart, NamePart, ReviewPart, SecondPart } from './settingsparts';
import { PhasesPart } from './settingsphases';
import { RolesPart } from './settingsroles';
import type { Held } from './section';
import type { SettingsView } from './settingsview';
import { s } from '../text/settings';
import '../look/settings.css';

const PARTS = ['', 'regler', 'ord', 'roller', 'skeden'] as const;

export function SettingsScreen() {
  const fetched = useFetched<SettingsView>('settings');
  const [, , , part = ''] = path.value;
  const view = fetched.value;
  return (
    <Desk room="installningar" title={s().title} sub={s().sub}>
      <nav class="subrooms" aria-label={s().parts}>
        {PARTS.map(each => (
          <a key={each} href={each === '' ? deskTo('installningar') : deskTo('installningar', each)} aria-current={each === part ? 'page' : undefined}>
            {s().part[each]}
          </a>
        ))}
      </nav>
      {view === null ? <Coming of={fetched} /> : <Parts key={part} part={part} view={view} set={fetched.set} />}
    </Desk>
  );
}

function Parts({ part, ...held }: Held & { part: string }) {
  switch (part) {
    case 'regler':
      return (
        <>
          <ReviewPart {...held} />
          <SecondPart {...held} />
        </>
      );
    case 'ord':
      return (
        <>
          <StaffPart {...held} />
          <LevelsPart {...held} />
        </>
      );
    case 'roller':
      return <RolesPart {...held} />;
    case 'skeden':
      return <PhasesPart {...held} />;
    default:
      return (
        <>
          <NamePart {...held} />
          <LogoPart {...held} />
          <CallsPart {...held} />
          <LanguagesPart {...held} />
        </>
      );
  }
}
