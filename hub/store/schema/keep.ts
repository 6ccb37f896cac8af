export interface KeepTable {
  key: string;
  value: Buffer;
  /** Null: without an end. */
  expires_at: Date | null;
}
