/* What a person needs to join: the code, its square, three lines. One rule: on paper there is nothing but sheets, and each can be cut out and handed over. */
import { date } from '../../parts/clock';
import { CopyKey } from '../../parts/copykey';
import { Icon } from '../../parts/icon';
import { DeskIcon } from '../drawings';
import { spaced, type Sheet } from '../phones/people';
import { me } from '../state';
import { v } from '../text/inviting';

export type Layout = 'one' | 'four';

function organisation(): string {
  return me.value?.organisation.name ?? '';
}

export function SheetView({ sheet }: { sheet: Sheet }) {
  return (
    <div class="sheet-view">
      <Square sheet={sheet} />
      <div>
        <p class="label-line">{v().code}</p>
        <p class="sheet-code">{spaced(sheet.code)}</p>
        <p class="small">{v().goodUntil(date(sheet.expires))}</p>
      </div>
    </div>
  );
}

function Square({ sheet: { name, qr } }: { sheet: Sheet }) {
  const [size, path] = qr;
  return (
    <svg class="square" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={v().qrLabel(name)} shape-rendering="crispEdges">
      <rect width={size} height={size} />
      <path d={path} />
    </svg>
  );
}

/** The ways out of here for one code. */
export function SheetDeeds({ sheet }: { sheet: Sheet }) {
  const words = letterFor(sheet);
  const subject = encodeURIComponent(v().subject(organisation()));
  return (
    <>
      <CopyKey words={words} />
      <a
        class="button"
        href={`mailto:${encodeURIComponent(sheet.email).replace('%40', '@')}?subject=${subject}&body=${encodeURIComponent(words.replaceAll('\n', '\r\n'))}`}
      >
        <DeskIcon name="mail" />
        {v().mail}
      </a>
      <a class="button" href={`sms:?body=${encodeURIComponent(words)}`}>
        <Icon name="text" />
        {v().sms}
      </a>
    </>
  );
}

export function letterFor({ name, link, code, expires }: Sheet): string {
  const [first = name] = name.split(' ');
  return v().letter(first, organisation(), link, spaced(code), date(expires), me.value?.member.name ?? '');
}

/** Drawn on paper only. */
export function PrintedSheets({ sheets, layout }: { sheets: readonly Sheet[]; layout: Layout }) {
  return (
    <div class={`sheets ${layout}`} aria-hidden="true">
      {sheets.map(sheet => (
        <article key={sheet.code}>
          <p class="sheet-head">
            <Icon name="lantern" />
            {v().sheetTitle}
          </p>
          <p class="sheet-name">{sheet.name}</p>
          <p>{v().sheetFor(organisation())}</p>
          <div class="sheet-way">
            <Square sheet={sheet} />
            <div>
              <p>{v().code}</p>
              <p class="sheet-code">{spaced(sheet.code)}</p>
              <p>{v().goodUntil(date(sheet.expires))}</p>
            </div>
          </div>
          <ol>
            {v()
              .how(siteOf(sheet))
              .map(line => (
                <li key={line}>{line}</li>
              ))}
          </ol>
        </article>
      ))}
    </div>
  );
}

function siteOf({ link }: Sheet): string {
  return link.split('/#')[0]?.replace(/^https:\/\//, '') ?? link;
}
