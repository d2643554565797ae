export { GraphBuilder, type Input, type Names, type Value } from "./graph-builder.ts";
export { type Call, lowerCall } from "./lowering/lower-call.ts";
export type { AnyLowering, Lowering, Lowerings, Values } from "./lowering/lowering.ts";
export { lowerings } from "./lowering/table.ts";
export type { ElementType } from "./model/element-type.ts";
export { encode } from "./model/encode.ts";
export {
  type AttributeValue,
  type GraphModel,
  type Model,
  type NodeAttributes,
  type NodeModel,
  OPSET,
  type Size,
  type TensorModel,
  type ValueModel,
} from "./model/model.ts";
