/* What the sync loop tells of itself, and what it has to be told. One rule: plain values; the loop knows no screen. */

export type Problem = 'storage-full' | 'server' | 'portal' | 'session';
export interface Status {
  sending: boolean;
  /** Of the last exchange that came through, ms. */
  reached: number | null;
  /** Nothing has come through since, ms; null: all is well. */
  since: number | null;
  problem: Problem | null;
  progress: { have: number; of: number } | null;
  revoked: boolean;
}
export interface Surroundings {
  build: string;
  /** What this phone can say of itself; what is left out stays as it was last said. `tested`: when it last proved that it starts without network, ms, 0 never. */
  readiness(): { offline_ok?: boolean; persisted: boolean; tested: number };
  status(status: Status): void;
  /** The server's library is another one than ours. */
  library(hash: string): void;
  /** The live stream is up, so the heartbeat may be slow. */
  live(): boolean;
}
