/* The desk's frame: whose desk, the rooms at the left, the page. One rule: it never moves, and it says when the server is not there. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon, type Drawing } from '../parts/icon';
import { to } from '../parts/route';
import { deskTo } from './desk';
import { DeskIcon, type DeskDrawing } from './drawings';
import { may, me, reach } from './state';
import { f, why } from './text/frame';

export type RoomName = 'beredskap' | 'checklistor' | 'kontakter' | 'jour' | 'medlemmar' | 'installningar' | 'logg' | 'konto';

/** In the order of the list; `admin`: only they see it. */
const ROOMS: { name: RoomName; icon: Drawing | DeskDrawing; admin?: true }[] = [
  { name: 'beredskap', icon: 'eye' },
  { name: 'checklistor', icon: 'steps' },
  { name: 'kontakter', icon: 'phone' },
  { name: 'jour', icon: 'calendar' },
  { name: 'medlemmar', icon: 'people', admin: true },
  { name: 'installningar', icon: 'sliders', admin: true },
  { name: 'logg', icon: 'scroll', admin: true },
  { name: 'konto', icon: 'key' },
];
const PHONE_ICONS: readonly string[] = ['steps', 'phone'];

export function reserved(room: RoomName): boolean {
  return ROOMS.some(each => each.name === room && each.admin === true);
}

interface DeskProps {
  title: string;
  /** Under the title, in small. */
  sub?: ComponentChildren;
  room: RoomName;
  /** The page's deeds, at the right of the title. */
  aside?: ComponentChildren;
  /** wide: the page uses the whole width (an editor beside its phone, a calendar). */
  wide?: boolean;
  children: ComponentChildren;
}

export function Desk({ title, sub, room, aside, wide = false, children }: DeskProps) {
  const who = me.value;
  useEffect(() => {
    document.title = `${title} · Stormlykta`;
  }, [title]);
  // On a narrow screen the rooms are a row that scrolls: the one that is open must be in sight.
  useEffect(() => document.querySelector('.desk-rooms [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [room]);
  return (
    <div class="desk">
      <button class="skip" onClick={() => document.querySelector('main')?.focus()}>
        {f().skip}
      </button>
      <header class="top">
        <div class="head">
          <Icon name="lantern" />
          <p class="grow">
            <b>{who?.organisation.name}</b> <span class="desk-word">{f().desk}</span>
          </p>
          <a class="desk-who" href={deskTo('konto')}>
            <DeskIcon name="people" />
            {who?.member.name}
          </a>
        </div>
        {reach.value === 'lost' && (
          <p class="sync trouble" role="status">
            <Icon name="warn" />
            <span>{f().lost}</span>
          </p>
        )}
      </header>
      <nav class="desk-rooms" aria-label={f().rooms}>
        {ROOMS.filter(each => each.admin !== true || may('admin')).map(({ name, icon }) => (
          <a key={name} href={deskTo(name)} aria-current={name === room ? 'page' : undefined}>
            {PHONE_ICONS.includes(icon) ? <Icon name={icon as Drawing} /> : <DeskIcon name={icon as DeskDrawing} />}
            {f().room[name]}
          </a>
        ))}
        <a href={to()}>
          <Icon name="lantern" />
          {f().toApp}
        </a>
      </nav>
      <main tabIndex={-1} class={wide ? 'wide' : undefined}>
        <div class="desk-title">
          <div class="grow">
            <h1 tabIndex={-1}>{title}</h1>
            {sub !== undefined && <p class="small">{sub}</p>}
          </div>
          {aside !== undefined && <div class="desk-deeds">{aside}</div>}
        </div>
        {children}
      </main>
    </div>
  );
}

/** While a page's content has not come, or could not. */
export function Coming({ of, own }: { of: { refused: { code: string; message: string } | null; again: () => Promise<void> }; own?: Record<string, string> }) {
  if (of.refused === null)
    return (
      <p class="small" role="status">
        {f().oneMoment}
      </p>
    );
  return (
    <div class="note wrong" role="alert">
      <Icon name="warn" />
      <div>
        <p>{why(of.refused, own)}</p>
        <button onClick={() => void of.again()}>{f().tryAgain}</button>
      </div>
    </div>
  );
}
