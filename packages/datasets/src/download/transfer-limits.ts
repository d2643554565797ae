/** How long one mirror may keep a download waiting, and how slowly it may send. */
export interface TransferLimits {
  /** Milliseconds of silence, to connect and between bytes, after which the mirror has failed. */
  readonly timeout: number;
  /** Bytes per second: a mirror that sends fewer for `speedTime` has failed. 0: never. */
  readonly speedLimit: number;
  /** Milliseconds over which the speed is measured. */
  readonly speedTime: number;
}

/** As curl's `--speed-limit 1000 --speed-time 15`, and 5 s of silence. The slowest mobile networks send several times that. */
export const DEFAULT_LIMITS: TransferLimits = { timeout: 5000, speedLimit: 1000, speedTime: 15_000 };
