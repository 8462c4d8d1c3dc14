/* Fetching what is published: the manifest, then the documents that are lacking, then the swap.
   One rule: never half a library: the old manifest stands until every document of the new one is here and its hash is right. */

import { hashesOf } from '../core/checklist';
import { documentHash } from '../core/chain';
import { readManifest } from './answer';
import type { Api } from './api';
import type { Store } from './store';

export type Progress = (done: number, of: number, what: string) => void;
export type Fetched = 'fetched' | 'unchanged' | 'unreachable' | 'strange';

const atOnce = 4;

export class Librarian {
  private underWay: Promise<Fetched> | null = null;

  /** `used`: hashes of versions that incidents use, which are never forgotten. */
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly used: () => ReadonlySet<string>,
  ) {}

  /** One at a time: who asks while it goes on gets the same answer. */
  refresh(progress?: Progress): Promise<Fetched> {
    this.underWay ??= this.fetchAll(progress).finally(() => (this.underWay = null));
    return this.underWay;
  }

  /** Versions that an incident uses and that this phone lacks. */
  async fetchDocuments(hashes: readonly string[]): Promise<void> {
    const held = new Set(await this.store.heldDocuments());
    for (const hash of hashes) if (!held.has(hash)) await this.fetchDocument(hash, true);
  }

  private async fetchAll(progress?: Progress): Promise<Fetched> {
    const shelf = await this.store.shelf();
    const reply = await this.api.get(this.path('library'), shelf?.etag ? { 'if-none-match': shelf.etag } : {});
    if (reply.kind === 'unreachable') return 'unreachable';
    if (reply.kind !== 'answer' || (reply.status !== 200 && reply.status !== 304)) return 'strange';
    if (reply.status === 304) return 'unchanged';
    const manifest = readManifest(reply.body);
    if (manifest === null) return 'strange';
    const needed = hashesOf(manifest);
    const held = new Set(await this.store.heldDocuments());
    const lacking = needed.filter(hash => !held.has(hash));
    const titles = new Map(manifest.checklists.map(entry => [entry.hash, entry.title]));
    let done = needed.length - lacking.length;
    let failed: Fetched | null = null;
    progress?.(done, needed.length, '');
    const queue = [...lacking];
    const worker = async (): Promise<void> => {
      for (let hash = queue.shift(); hash !== undefined && failed === null; hash = queue.shift()) {
        const got = await this.fetchDocument(hash, false);
        if (got !== 'fetched') failed = got;
        else progress?.(++done, needed.length, titles.get(hash) ?? '');
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    if (failed !== null) return failed;
    const swapped = await this.store.swapLibrary({ manifest, etag: reply.etag, fetched: this.api.clock.now() }, needed, this.used());
    return swapped ? 'fetched' : 'strange';
  }

  private async fetchDocument(hash: string, announce: boolean): Promise<Fetched> {
    const reply = await this.api.bytes(this.path(`documents/${hash}`));
    if (reply.kind === 'unreachable') return 'unreachable';
    if (reply.kind !== 'bytes' || documentHash(reply.bytes) !== hash) return 'strange';
    await this.store.putDocument({ hash, text: new TextDecoder().decode(reply.bytes) }, announce);
    return 'fetched';
  }

  private path(name: string): string {
    return `/api/o/${this.store.organisation}/${name}`;
  }
}
