/* What screens may know and do: signals to read, deeds to call. Screens and parts see this file and core types, never device/.
   One rule: a deed resolves when it is on disk, and nothing is shown as saved before it is. */

export type { Phase, Organisation, LibraryView, SyncView, SyncProblem, ReadinessView, InstallView, UnsentView, JoinResult } from './state/views';
export {
  phase,
  now,
  language,
  organisation,
  organisations,
  library,
  lent,
  shown,
  incidents,
  incidentOf,
  documentOf,
  cardOf,
  nameOf,
  sync,
  readiness,
  install,
  updateReady,
  unsent,
} from './state/signals';
export {
  start,
  setLanguage,
  chooseOrganisation,
  join,
  comeBack,
  forgetOrganisation,
  lookAt,
  syncNow,
  testOffline,
  askPersistence,
  promptInstall,
  applyUpdate,
} from './state/session';
export { startIncident, mark, undo, addStep, writeLog, correctLog, addCard, setStatus, rename, assign, setRole, rebaseCard, admit } from './state/deeds';
export { exportUnsent, exportIncident } from './state/exports';
export { StorageError } from './device/database';
