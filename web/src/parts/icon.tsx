/* The app's own small set of line drawings. One rule: a drawing never stands alone, words or a label go with it. */
const DRAWINGS = {
  lantern: 'M9 3h6M12 3V1M7 21h10M8 21v-2h8v2M8 7l-1.5 3v6L8 19h8l1.5-3v-6L16 7zM12 10c2 2 2 3.5 0 5.5-2-2-2-3.5 0-5.5z',
  binder: 'M4 4h7a2 2 0 0 1 2 2v15a2 2 0 0 0-2-2H4zM20 4h-5a2 2 0 0 0-2 2v15a2 2 0 0 1 2-2h5z',
  phone: 'M6 3h4l1.5 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 1.5v4a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z',
  more: 'M5 11.5a.5.5 0 1 0 0 1 .5.5 0 1 0 0-1zM12 11.5a.5.5 0 1 0 0 1 .5.5 0 1 0 0-1zM19 11.5a.5.5 0 1 0 0 1 .5.5 0 1 0 0-1z',
  steps: 'M4 6l1.5 1.5L8 5M4 13l1.5 1.5L8 12M4 20l1.5 1.5L8 19M12 6h8M12 13h8M12 20h8',
  pen: 'M4 20l1-4L16 5l3 3L8 19z',
  speech: 'M4 5h16v11H10l-5 4v-4H4z',
  check: 'M5 13l4.5 4.5L19 7',
  checks: 'M2 13l4.5 4.5L15 8M11 16.5l1.5 1L22 8',
  cross: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
  minus: 'M6 12h12',
  up: 'M12 20V6M6 11l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  plus: 'M12 5v14M5 12h14',
  search: 'M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM16.5 16.5L21 21',
  warn: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h3v3M20 14v6h-6',
  share: 'M12 15V3M8 6.5L12 3l4 3.5M6 10H5v11h14V10h-1',
  copy: 'M9 9h11v12H9zM5 15H4V3h11v2',
  text: 'M4 5h16v12H9l-5 4zM8 9.5h8M8 13h5',
  question: 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.8M12 19h.01',
  print: 'M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z',
} as const;
export type Drawing = keyof typeof DRAWINGS;

export function Icon({ name, class: classes }: { name: Drawing; class?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={classes}>
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
