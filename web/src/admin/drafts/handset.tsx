/* The phone's own view of what is being written, drawn by the phone's own parts. One rule: it is a picture: nothing in it leads away from the desk or rings anybody. */
import { useEffect, useRef } from 'preact/hooks';
import type { ChecklistDocument } from '../../core/checklist';
import { announce } from '../../parts/announce';
import { CardBody } from '../../parts/cardtext';
import { t, w } from '../../parts/words';
import { e } from '../text/editor';

/** `here`: the step that is being written, which is kept in sight. */
export function Handset({ document, here = null, band = e().draftBand }: { document: ChecklistDocument; here?: string | null; band?: string }) {
  const page = useRef<HTMLDivElement>(null);
  const place =
    here === null ? '' : document.phases.flatMap((phase, at) => phase.steps.map((step, index) => (step.id === here ? `${at} ${index}` : ''))).join('');
  useEffect(() => {
    const [phase, step] = place.split(' ').map(Number);
    const item = [...(page.current?.querySelectorAll('ol.read') ?? [])][phase ?? -1]?.children[step ?? -1];
    page.current?.querySelectorAll('[data-here]').forEach(each => each.removeAttribute('data-here'));
    if (place === '' || item === undefined || page.current === null) return;
    item.setAttribute('data-here', '');
    const [frame, box] = [page.current.getBoundingClientRect(), item.getBoundingClientRect()];
    page.current.scrollTop += box.top - frame.top - frame.height / 3;
  }, [place]);
  return (
    <section class="handset-room" aria-label={e().onThePhone}>
      <p class="small">{e().onThePhone}</p>
      <div
        ref={page}
        class="handset"
        tabIndex={0}
        role="group"
        aria-label={e().picture}
        onClickCapture={event => {
          if (!(event.target instanceof Element) || event.target.closest('a, button') === null) return;
          event.preventDefault();
          event.stopPropagation();
          announce(e().onlyPicture);
        }}
      >
        <div class="handset-top">
          {band !== '' && <p class="band draft">{band}</p>}
          <p class="handset-title">{t(document.title) || e().untitled}</p>
          <small>{document.kind === 'role-card' ? w().roleCard : w().actionCard}</small>
        </div>
        <div class="handset-page stack">
          <CardBody document={document} open />
        </div>
      </div>
    </section>
  );
}
