/** What an adapter knows of the device that it started, beyond its one line: said by `kindling devices`, and by a page. */
export interface DeviceFacts {
  /** The hardware or library that computes, as it names itself: a graphics card, `SwiftShader`, `TensorFlow 2.21.0`. */
  readonly adapter?: string;
  /** Threads that a kernel is spread over. */
  readonly threads?: number;
  /** Whether several numbers are computed by one instruction. */
  readonly simd?: boolean;
  /** Whether a graphics card really computes. */
  readonly gpu?: boolean;
  /** What it cannot exceed, by the name that its own documentation has: `{ maxBufferSize: 268435456 }`. */
  readonly limits?: Readonly<Record<string, number>>;
}
