/** `storage.local`, as the background uses it: JSON values, nothing secret. */
export interface KeyValueStore {
  /** Undefined where nothing was set. */
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}
