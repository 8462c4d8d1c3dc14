/* The codes that were made: printed, or sent one by one. One rule: they are told once, and the page says so until somebody says that they are dealt with. */
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon';
import { Chips } from '../../parts/note';
import { spaced, type Sheet } from '../phones/people';
import { PrintedSheets, SheetDeeds, type Layout } from './sheets';
import { v } from '../text/inviting';
import { m } from '../text/members';

const PAGE = 100;

export function InvitedSheets({ sheets, onDone }: { sheets: readonly Sheet[]; onDone: () => void }) {
  const [layout, setLayout] = useState<Layout>('four');
  const [drawn, setDrawn] = useState(PAGE);
  return (
    <>
      <div class="stack">
        <h2>{v().sheets(sheets.length)}</h2>
        <p class="note warn">
          <Icon name="warn" />
          {v().sheetsOnce}
        </p>
        <Chips
          label={v().layout}
          chosen={layout}
          of={[
            ['four', v().perPage.four],
            ['one', v().perPage.one],
          ]}
          onChoose={setLayout}
        />
        <div class="deeds">
          <button type="button" class="main-deed" onClick={() => print()}>
            <Icon name="print" />
            {v().print}
          </button>
          <button type="button" onClick={onDone}>
            {v().done}
          </button>
        </div>
        <ul class="list">
          {sheets.slice(0, drawn).map(sheet => (
            <li key={sheet.code} class="row wrap">
              <div class="grow">
                <h3>{sheet.name}</h3>
                <p class="sheet-code small-code">{spaced(sheet.code)}</p>
              </div>
              <div class="deeds" role="group" aria-label={sheet.name}>
                <SheetDeeds sheet={sheet} />
              </div>
            </li>
          ))}
        </ul>
        {sheets.length > drawn && (
          <div>
            <button type="button" onClick={() => setDrawn(drawn + PAGE)}>
              {m().more(Math.min(PAGE, sheets.length - drawn))}
            </button>
          </div>
        )}
      </div>
      <PrintedSheets sheets={sheets} layout={layout} />
    </>
  );
}
