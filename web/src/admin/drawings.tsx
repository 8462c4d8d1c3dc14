/* The desk's own line drawings, in the phone's manner. One rule: as there, a drawing never stands alone. */
const DRAWINGS = {
  eye: 'M2 12c4-7 16-7 20 0-4 7-16 7-20 0zM9 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0z',
  people: 'M5.5 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.5 2.5 3.5 5.5',
  calendar: 'M4 6h16v15H4zM4 10h16M8 3v4M16 3v4',
  sliders: 'M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0zM7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0z',
  scroll: 'M6 3h10l3 3v15H6zM9 9h7M9 13h7M9 17h4',
  key: 'M3 15a4 4 0 1 0 8 0 4 4 0 1 0-8 0zM10 12l9-9M15 7l3 3M18 4l2 2',
  undo: 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  mail: 'M3 6h18v13H3zM3 7l9 7 9-7',
  file: 'M6 3h9l4 4v14H6zM14 3v5h5',
  higher: 'M6 15l6-6 6 6',
} as const;
export type DeskDrawing = keyof typeof DRAWINGS;

export function DeskIcon({ name, class: classes }: { name: DeskDrawing; class?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={classes}>
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
