/* The frame round every screen: where I am, the sync line, the rooms. One rule: it never moves and never covers a deed. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Incident } from '../core/shapes';
import { trouble } from './deed';
import { Icon, type Drawing } from './icon';
import { goBack, path, to } from './route';
import { SyncLine } from './syncline';
import { w } from './words';

interface FrameProps {
  title: string;
  sub?: string | undefined;
  /** Shown left of the title; a screen with `up` has a way back instead. */
  icon?: Drawing;
  up?: string | undefined;
  /** The incident this screen is about: its rooms, and its band when it is an exercise. */
  incident?: Incident | undefined;
  progress?: { done: number; total: number } | undefined;
  aside?: ComponentChildren;
  /** The one main deed, under the page and never over it. */
  foot?: ComponentChildren;
  /** panes, work or grid: how the desk lays it out. */
  layout?: string;
  children: ComponentChildren;
}

export function Frame({ title, sub, icon, up, incident, progress, aside, foot, layout, children }: FrameProps) {
  const drill = incident?.exercise === true;
  useEffect(() => {
    document.title = `${drill ? `${w().exerciseBand}: ` : ''}${title} · Stormlykta`;
  }, [title, drill]);
  return (
    <div class="frame">
      <button class="skip" onClick={() => document.querySelector('main')?.focus()}>
        {w().skipToContent}
      </button>
      <header class="top">
        {drill && (
          <div class="band" role="note">
            {w().exerciseBand} · {w().exerciseBand} · {w().exerciseBand}
          </div>
        )}
        <div class="head">
          {up === undefined ? (
            icon !== undefined && <Icon name={icon} />
          ) : (
            <button class="back" aria-label={w().back} onClick={() => goBack(up)}>
              <Icon name="left" />
            </button>
          )}
          <div class="titles">
            <h1 tabIndex={-1}>
              {drill && <span class="hidden">{w().exercise}: </span>}
              {title}
            </h1>
            {sub !== undefined && <small>{sub}</small>}
          </div>
          {aside}
        </div>
        <SyncLine />
        {trouble.value !== '' && (
          <p class="sync trouble" role="alert">
            <Icon name="warn" />
            <span>{trouble.value}</span>
          </p>
        )}
        {progress !== undefined && progress.total > 0 && (
          <progress value={progress.done} max={progress.total} aria-label={w().progressOf(progress.done, progress.total)} />
        )}
      </header>
      <main tabIndex={-1} class={layout}>
        {children}
      </main>
      {foot !== undefined && <footer class="foot">{foot}</footer>}
      {incident === undefined ? <Rooms /> : <IncidentRooms inc={incident.inc} />}
    </div>
  );
}

function Rooms() {
  const room = path.value[0] ?? '';
  return (
    <nav class="rooms" aria-label={w().mainMenu}>
      <Room href={to()} icon="lantern" here={room === '' || room === 'starta'}>
        {w().start}
      </Room>
      <Room href={to('krisparm')} icon="binder" here={['krisparm', 'kort', 'budskap'].includes(room)}>
        {w().library}
      </Room>
      <Room href={to('kontakter')} icon="phone" here={room.startsWith('kontakt')}>
        {w().contacts}
      </Room>
      <Room href={to('mer')} icon="more" here={['mer', 'redo', 'gamed'].includes(room)}>
        {w().more}
      </Room>
    </nav>
  );
}

function IncidentRooms({ inc }: { inc: string }) {
  const room = path.value[2] ?? '';
  return (
    <nav class="rooms" aria-label={w().incidentMenu}>
      <Room href={to('handelse', inc)} icon="steps" here={['', 'kort', 'nytt-kort', 'om'].includes(room)}>
        {w().steps}
      </Room>
      <Room href={to('handelse', inc, 'logg')} icon="pen" here={room === 'logg'}>
        {w().log}
      </Room>
      <Room href={to('handelse', inc, 'budskap')} icon="speech" here={room === 'budskap'}>
        {w().messages}
      </Room>
      <Room href={to('handelse', inc, 'kontakter')} icon="phone" here={room.startsWith('kontakt')}>
        {w().contacts}
      </Room>
    </nav>
  );
}

function Room({ href, icon, here, children }: { href: string; icon: Drawing; here: boolean; children: string }) {
  return (
    <a href={href} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      {children}
    </a>
  );
}
