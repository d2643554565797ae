/** A point of a stroke: x to the right, y down, the digit within 0 and 1. */
export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

/** How each digit is written; a digit may be written in several ways. */
export const GLYPHS: readonly (readonly (readonly Stroke[])[])[] = [
  [[arc(0.5, 0.5, 0.28, 0.4, -90, 270)]],
  [
    [line(0.5, 0.1, 0.5, 0.9)],
    [line(0.32, 0.28, 0.5, 0.1, 0.5, 0.9)],
    [line(0.32, 0.28, 0.5, 0.1, 0.5, 0.9), line(0.3, 0.9, 0.7, 0.9)],
  ],
  [
    [[...arc(0.5, 0.33, 0.25, 0.23, 190, 390), [0.27, 0.9], [0.78, 0.9]]],
    [[...arc(0.5, 0.33, 0.25, 0.23, 190, 410), ...arc(0.36, 0.82, 0.1, 0.08, 90, 300), [0.8, 0.9]]],
  ],
  [
    [[...arc(0.46, 0.3, 0.25, 0.2, 200, 440), ...arc(0.46, 0.7, 0.28, 0.21, -80, 150)]],
    [line(0.25, 0.1, 0.74, 0.1, 0.45, 0.42), arc(0.46, 0.67, 0.28, 0.24, -95, 150)],
  ],
  [
    [line(0.3, 0.1, 0.25, 0.55, 0.8, 0.55), line(0.68, 0.1, 0.66, 0.92)],
    [line(0.64, 0.92, 0.64, 0.1, 0.2, 0.64, 0.82, 0.64)],
    [line(0.5, 0.1, 0.22, 0.6, 0.8, 0.6), line(0.62, 0.35, 0.6, 0.92)],
  ],
  [[line(0.74, 0.1, 0.34, 0.1), [[0.34, 0.1], [0.31, 0.46], ...arc(0.48, 0.67, 0.26, 0.23, -120, 140)]]],
  [
    [[...arc(0.72, 0.6, 0.46, 0.5, 260, 185), ...arc(0.5, 0.68, 0.24, 0.22, 180, 540)]],
    [[[0.58, 0.1], [0.3, 0.55], ...arc(0.5, 0.7, 0.23, 0.2, 190, 550)]],
  ],
  [[line(0.22, 0.12, 0.78, 0.12, 0.42, 0.9)], [line(0.22, 0.12, 0.78, 0.12, 0.45, 0.9), line(0.36, 0.5, 0.72, 0.5)]],
  [
    [arc(0.5, 0.3, 0.2, 0.2, 90, 450), arc(0.5, 0.7, 0.24, 0.2, -90, 270)],
    [
      [
        ...arc(0.5, 0.3, 0.22, 0.2, -20, -270),
        ...arc(0.5, 0.7, 0.24, 0.2, -90, 270),
        ...arc(0.5, 0.3, 0.22, 0.2, 90, -20),
      ],
    ],
  ],
  [
    [arc(0.5, 0.33, 0.23, 0.22, 0, -360), line(0.73, 0.33, 0.68, 0.9)],
    [[...arc(0.5, 0.33, 0.23, 0.22, 0, -360), ...arc(0.3, 0.4, 0.43, 0.5, 0, 80)]],
  ],
];

function line(...coordinates: readonly number[]): Stroke {
  return Array.from({ length: coordinates.length / 2 }, (_, i) => [
    coordinates[2 * i] ?? 0,
    coordinates[2 * i + 1] ?? 0,
  ]);
}

/** Part of an ellipse; 0 degrees is its right end, 90 its lowest point. */
function arc(x: number, y: number, rx: number, ry: number, from: number, to: number): Stroke {
  const steps = Math.ceil(Math.abs(to - from) / 20);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });
}
