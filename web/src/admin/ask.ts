/* Every request of the desk: one door over the phone's own. One rule: it never throws; a refusal is a code that the screen has words for. */
import { Api, type Reply } from '../device/api';
import { me, reach, seatEnded } from './state';

export type Refused = { ok: false; code: string; message: string; status: number; body: Record<string, unknown> };
export type Got<T> = { ok: true; value: T } | Refused;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const api = new Api();
const encoder = new TextEncoder();

/** `path` is under /api/o/{org}/admin/. Codes beside the server's own: `network` (not reached), `strange` (something else answered). */
export async function ask<T>(method: Method, path: string, body?: unknown, organisation = here()): Promise<Got<T>> {
  const bytes = body === undefined ? undefined : encoder.encode(JSON.stringify(body));
  const headers: Record<string, string> = bytes === undefined ? {} : { 'content-type': 'application/json' };
  return read<T>(await api.request(address(organisation, path), { method, headers, ...(bytes && { body: bytes }) }, bytes?.length ?? 0));
}

export const get = <T>(path: string): Promise<Got<T>> => ask<T>('GET', path);
export const post = <T>(path: string, body: unknown = {}): Promise<Got<T>> => ask<T>('POST', path, body);
export const put = <T>(path: string, body: unknown): Promise<Got<T>> => ask<T>('PUT', path, body);
export const remove = <T>(path: string): Promise<Got<T>> => ask<T>('DELETE', path);

/** The raw bytes of a file, as they are. */
export async function upload<T>(method: 'POST' | 'PUT', path: string, file: Blob): Promise<Got<T>> {
  const headers = { 'content-type': file.type || 'application/octet-stream' };
  return read<T>(await api.request(address(here(), path), { method, headers, body: file }, file.size));
}

/** A file from the server, to be saved. */
export async function download(path: string, type: string): Promise<Got<Blob>> {
  const reply = await api.request(address(here(), path), { method: 'GET' }, 0, true);
  return reply.kind === 'bytes' ? { ok: true, value: new Blob([reply.bytes], { type }) } : read<Blob>(reply);
}

function here(): string {
  return me.value?.organisation.id ?? '';
}

function address(organisation: string, path: string): string {
  return `/api/o/${encodeURIComponent(organisation)}/admin/${path}`;
}

function read<T>(reply: Reply): Got<T> {
  reach.value = reply.kind === 'answer' ? 'reached' : 'lost';
  if (reply.kind === 'unreachable') return refused('network', 0);
  if (reply.kind !== 'answer') return refused('strange', reply.status);
  if (reply.status < 400) return { ok: true, value: reply.body as T };
  const body = typeof reply.body === 'object' && reply.body !== null ? (reply.body as Record<string, unknown>) : {};
  const error = typeof body['error'] === 'object' && body['error'] !== null ? (body['error'] as Record<string, unknown>) : {};
  const code = typeof error['code'] === 'string' ? error['code'] : reply.status >= 500 ? 'server' : 'strange';
  if (code === 'session' && me.value !== null) seatEnded.value = true;
  return { ok: false, code, status: reply.status, message: typeof error['message'] === 'string' ? error['message'] : '', body };
}

function refused(code: string, status: number): Refused {
  return { ok: false, code, status, message: '', body: {} };
}
