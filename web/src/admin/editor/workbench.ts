/* The draft that lies open in the editor: its text and what has been done to it, whether it is saved, and where the caret goes next.
   One rule: every change of the text goes through `act` or `type`, so it can be undone, is kept here and reaches the server. */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ChecklistDocument } from '../../core/checklist';
import { wallClock } from '../../device/api';
import { language } from '../../state';
import { get, post, put, type Got } from '../ask';
import { compare, sameValue, type Counts } from '../drafts/comparing';
import type { DraftView, Finding, SavedDraft } from '../drafts/drafts';
import { mintId, stepsOf, type Spot } from '../drafts/editing';
import { forget, keep, kept } from '../kept';
import { Saver, type Kept, type SaveState } from './saving';
import { begin, done, redone, typed, undone, type Editing } from '../drafts/undoing';

/** Another text than the one that lies open: one of the two is to be chosen. */
export interface Rival {
  /** conflict: somebody saved meanwhile. kept: this computer has a text that never reached the server. */
  why: 'conflict' | 'kept';
  mine: ChecklistDocument;
  /** The one that mine was written on. */
  revision: number;
  at: number;
  theirs: DraftView;
}
/** The card as text, in both languages. */
export interface Written {
  sv: string;
  en: string | null;
}
/** Where the caret is to be when the screen has been drawn. `caret` undefined: at the end. */
export interface Focus {
  place: string;
  caret?: number | undefined;
}

/** Places that are seen only when their step is open. */
const DETAIL = /^(?:critical|decision|everyone|time|role|call|message|cards|sources|why|why-en|up|down):(.+)$/;

export class Workbench {
  readonly editing;
  readonly draft;
  readonly saved;
  readonly findings;
  readonly rival = signal<Rival | null>(null);
  /** Text that could not be read as a card yet: it waits until it is mended. */
  readonly unread = signal<Written | null>(null);
  readonly focus = signal<Focus | null>(null);
  /** The step that is being written in. */
  readonly here = signal<string | null>(null);
  /** The step whose details are open. */
  readonly open = signal<string | null>(null);
  /** Escape was pressed in a step: the next Tab only goes on. */
  passing = false;
  /** The other texts have become more: ask for them when this one is saved. */
  private stale = false;
  readonly dragged = signal<{ id: string; spot: Spot } | null>(null);
  readonly document: ReadonlySignal<ChecklistDocument>;
  readonly counts: ReadonlySignal<Counts>;
  readonly saver: Saver<ChecklistDocument, SavedDraft>;

  private constructor(
    readonly id: string,
    view: DraftView,
  ) {
    this.editing = signal<Editing<ChecklistDocument>>(begin(view.document));
    this.draft = signal(view);
    this.saved = signal<SaveState>({ what: 'saved', at: view.saved });
    this.findings = signal<Finding[]>(view.findings);
    this.document = computed(() => this.editing.value.document);
    this.counts = computed(() => compare(this.draft.value.published, this.document.value).counts);
    this.saver = new Saver<ChecklistDocument, SavedDraft>(
      {
        put: (revision, document, force) => put<SavedDraft>(`drafts/${id}?language=${language.value}`, { revision, document, ...(force && { force }) }),
        keep: value => keep(keyOf(id), value),
        forget: () => forget(keyOf(id)),
        clock: wallClock,
        told: state => (this.saved.value = state),
        saved: answer => this.arrived(answer),
        conflict: body => this.collide(body),
      },
      view.document,
      view.revision,
      view.saved,
    );
  }

  /** With what this computer kept, if that never reached the server. */
  static async lay(id: string, view: DraftView): Promise<Workbench> {
    const bench = new Workbench(id, view);
    const left = await kept<Kept<ChecklistDocument>>(keyOf(id)).catch(() => null);
    bench.unread.value = await kept<Written>(`${keyOf(id)}/text`).catch(() => null);
    if (left === null) return bench;
    if (sameValue(left.document, view.document)) await forget(keyOf(id)).catch(() => undefined);
    else bench.rival.value = { why: 'kept', mine: left.document, revision: left.revision, at: left.at, theirs: view };
    return bench;
  }

  /** A deed of its own; then the caret goes to `focus`. */
  act(document: ChecklistDocument, place: string, focus?: Focus): void {
    this.put(done(this.editing.value, document, place), focus);
  }

  /** Letters in one place. */
  type(document: ChecklistDocument, place: string): void {
    this.put(typed(this.editing.value, document, place, Date.now()));
  }

  /** Text that is not in the card; null: all of it is. */
  leave(text: Written | null): void {
    this.unread.value = text;
    void (text === null ? forget(`${keyOf(this.id)}/text`) : keep(`${keyOf(this.id)}/text`, text)).catch(() => undefined);
  }

  undo(): void {
    const place = this.editing.value.past[this.editing.value.past.length - 1]?.place;
    this.put(undone(this.editing.value), place === undefined ? undefined : { place });
  }

  redo(): void {
    const place = this.editing.value.future[0]?.place;
    this.put(redone(this.editing.value), place === undefined ? undefined : { place });
  }

  /** An id that no step here has, nor had in what can be undone. */
  mint = (): string => {
    const { document, past, future } = this.editing.value;
    const taken = new Set([document, ...past.map(each => each.document), ...future.map(each => each.document)].flatMap(stepsOf).map(step => step.id));
    let id = mintId(Math.random);
    while (taken.has(id)) id = mintId(Math.random);
    return id;
  };

  /** Of two texts this one goes on. The other can be had again with undo. `mixed`: made from both, so that the other's writer has written in it too. */
  choose(document: ChecklistDocument, mixed = false): void {
    const rival = this.rival.value;
    if (rival === null) return;
    const { theirs, revision } = rival;
    batch(() => {
      this.editing.value = done(done(this.editing.value, theirs.document, 'front-title'), document, 'front-title');
      this.draft.value = theirs;
      this.findings.value = theirs.findings;
      this.rival.value = null;
    });
    if (document === theirs.document) this.saver.goOn(document, theirs.revision, document);
    else {
      this.stale = true;
      this.saver.goOn(document, mixed ? theirs.revision : revision, theirs.document, true);
    }
  }

  /** A deed about the draft, answered with how it stands; the text here stays as it is. */
  async tell(path: string, body: unknown, method: typeof post = post): Promise<Got<DraftView>> {
    const got = await method<DraftView>(`drafts/${this.id}/${path}?language=${language.value}`, body);
    if (got.ok) this.draft.value = got.value;
    return got;
  }

  /** The draft is gone (published or discarded): a new one with this text. */
  async beginAnew(): Promise<void> {
    const got = await post<DraftView>(`drafts/${this.id}`);
    if (!got.ok) return;
    this.draft.value = got.value;
    this.saver.goOn(this.document.value, got.value.revision, got.value.document);
  }

  /** Somebody looks at the page again: what others have written meanwhile is taken in, when nothing here waits to be saved. Whose it was, else ''. */
  async look(): Promise<string> {
    if (this.rival.value !== null) return '';
    if (!this.saver.clean) {
      this.saver.wake();
      return '';
    }
    const got = await get<DraftView>(`drafts/${this.id}?language=${language.value}`);
    if (!got.ok || !this.saver.clean || got.value.revision < this.saver.revision) return '';
    const newer = got.value.revision > this.saver.revision && !sameValue(got.value.document, this.document.value);
    batch(() => {
      this.draft.value = got.value;
      this.findings.value = got.value.findings;
      if (newer) this.editing.value = begin(got.value.document);
    });
    if (got.value.revision > this.saver.revision) this.saver.goOn(this.document.value, got.value.revision, this.document.value);
    return newer ? got.value.saved_by.name : '';
  }

  private put(editing: Editing<ChecklistDocument>, focus?: Focus): void {
    if (editing === this.editing.value) return;
    batch(() => {
      this.editing.value = editing;
      if (focus === undefined) return;
      this.focus.value = focus;
      const detail = DETAIL.exec(focus.place);
      if (detail !== null) this.open.value = detail[1] ?? null;
    });
    this.saver.change(editing.document);
  }

  private arrived({ revision, saved, findings }: SavedDraft): void {
    batch(() => {
      // A draft that was handed over or approved is its writer's again when it is written in.
      const { trial } = this.draft.value;
      this.draft.value = { ...this.draft.value, revision, saved, stage: 'writing', trial: trial && { ...trial, same: false } };
      this.findings.value = findings;
    });
    if (this.stale) void this.look();
    this.stale = false;
  }

  private collide(body: unknown): void {
    const theirs = (body as { draft?: DraftView }).draft;
    if (theirs === undefined) return;
    if (sameValue(theirs.document, this.document.value)) return this.saver.goOn(this.document.value, theirs.revision, this.document.value);
    this.rival.value = { why: 'conflict', mine: this.document.value, revision: this.saver.revision, at: Date.now(), theirs };
  }
}

export function keyOf(id: string): string {
  return `draft/${id}`;
}
