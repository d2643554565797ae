export type { RandomTransform, Transform, TransformLike } from "./transform.ts";
