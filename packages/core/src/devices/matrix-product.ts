/** Elements in single or in double precision. */
export type Floats = Float32Array | Float64Array;

/** Zeros in the precision of `like`. */
export function floatsLike(like: Floats, length: number): Floats {
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}

/** A matrix as it lies in memory, or read transposed. */
export interface Matrix {
  readonly data: Floats;
  /** Where it begins in `data`. */
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/** `source` as rows that follow each other: itself, or a transposed copy. */
export function rowsOf(source: Matrix, transposed: boolean): Matrix {
  if (!transposed) return source;
  const { data, offset, rows, columns } = source;
  const turned = floatsLike(data, rows * columns);
  for (let i = 0; i < rows; i++) {
    const start = offset + i * columns;
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[start + j] as number;
  }
  return { data: turned, offset: 0, rows: columns, columns: rows };
}

/**
 * `out[i][j] = Σ a[i][k] b[j][k]`: rows of `a` times rows of `b`, added up in double precision. Two rows of each at a time, so that what is
 * loaded is used twice.
 */
export function rowProducts(a: Matrix, b: Matrix, out: Floats, offset: number): void {
  const depth = a.columns;
  const width = b.rows;
  let i = 0;
  for (; i + 1 < a.rows; i += 2) {
    let j = 0;
    for (; j + 3 < width; j += 4)
      block(a.data, a.offset + i * depth, b.data, b.offset + j * depth, depth, out, offset + i * width + j, width);
    for (; j < width; j++) {
      out[offset + i * width + j] = dot(a.data, a.offset + i * depth, b.data, b.offset + j * depth, depth);
      out[offset + (i + 1) * width + j] = dot(a.data, a.offset + (i + 1) * depth, b.data, b.offset + j * depth, depth);
    }
  }
  for (; i < a.rows; i++) {
    for (let j = 0; j < width; j++) {
      out[offset + i * width + j] = dot(a.data, a.offset + i * depth, b.data, b.offset + j * depth, depth);
    }
  }
}

function dot(a: Floats, at: number, b: Floats, bt: number, depth: number): number {
  let sum = 0;
  for (let k = 0; k < depth; k++) sum += (a[at + k] as number) * (b[bt + k] as number);
  return sum;
}

/** Two rows of `a` times four of `b`: eight sums at once. */
function block(
  a: Floats,
  at: number,
  b: Floats,
  bt: number,
  depth: number,
  out: Floats,
  ot: number,
  width: number,
): void {
  let [s0, s1, s2, s3, t0, t1, t2, t3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < depth; k++) {
    const x = a[at + k] as number;
    const y = a[at + depth + k] as number;
    const p = b[bt + k] as number;
    const q = b[bt + depth + k] as number;
    const r = b[bt + 2 * depth + k] as number;
    const s = b[bt + 3 * depth + k] as number;
    s0 += x * p;
    s1 += x * q;
    s2 += x * r;
    s3 += x * s;
    t0 += y * p;
    t1 += y * q;
    t2 += y * r;
    t3 += y * s;
  }
  out[ot] = s0;
  out[ot + 1] = s1;
  out[ot + 2] = s2;
  out[ot + 3] = s3;
  out[ot + width] = t0;
  out[ot + width + 1] = t1;
  out[ot + width + 2] = t2;
  out[ot + width + 3] = t3;
}
