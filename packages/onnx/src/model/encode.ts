import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { FileBytes } from "@kindling/core";
import { isList } from "@kindling/core/device";
import { ELEMENT_TYPES } from "./element-type.ts";
import {
  type AttributeValue,
  type GraphModel,
  type Model,
  type NodeModel,
  OPSET,
  type TensorModel,
  type ValueModel,
} from "./model.ts";

// The messages of ONNX files and the numbers of their fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

/** Version of the format; the one that came with operators 18. */
const IR_VERSION = 8;

const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, graph: 5, ints: 7 } as const;

/** A model as the bytes of an `.onnx` file. */
export function encode({ graph, domains = {}, metadata = {} }: Model): FileBytes {
  const out = new BinaryWriter();
  whole(out, 1, IR_VERSION);
  text(out, 2, "kindling");
  message(out, 7, () => writeGraph(out, graph));
  for (const [domain, version] of Object.entries({ "": OPSET, ...domains })) {
    message(out, 8, () => {
      if (domain !== "") text(out, 1, domain);
      whole(out, 2, version);
    });
  }
  for (const [key, value] of Object.entries(metadata)) {
    message(out, 14, () => {
      text(out, 1, key);
      text(out, 2, value);
    });
  }
  return out.finish();
}

function writeGraph(out: BinaryWriter, { name, nodes, inputs, outputs, initializers }: GraphModel): void {
  for (const node of nodes) message(out, 1, () => writeNode(out, node));
  text(out, 2, name);
  for (const tensor of initializers) message(out, 5, () => writeTensor(out, tensor));
  for (const value of inputs) message(out, 11, () => writeValue(out, value));
  for (const value of outputs) message(out, 12, () => writeValue(out, value));
}

function writeNode(out: BinaryWriter, { opType, domain, inputs, outputs, attributes }: NodeModel): void {
  for (const input of inputs) text(out, 1, input);
  for (const output of outputs) text(out, 2, output);
  text(out, 3, outputs[0] ?? "");
  text(out, 4, opType);
  for (const [name, value] of Object.entries(attributes)) message(out, 5, () => writeAttribute(out, name, value));
  if (domain !== "") text(out, 7, domain);
}

function writeAttribute(out: BinaryWriter, name: string, value: AttributeValue): void {
  text(out, 1, name);
  let type: number;
  if (typeof value === "number") {
    type = ATTRIBUTE_TYPES.int;
    whole(out, 3, value);
  } else if (typeof value === "string") {
    type = ATTRIBUTE_TYPES.string;
    text(out, 4, value);
  } else if (isList(value)) {
    type = ATTRIBUTE_TYPES.ints;
    for (const item of value) whole(out, 8, item);
  } else if ("float" in value) {
    type = ATTRIBUTE_TYPES.float;
    out.tag(2, WireType.Bit32).float(value.float);
  } else {
    type = ATTRIBUTE_TYPES.graph;
    message(out, 6, () => writeGraph(out, value));
  }
  whole(out, 20, type);
}

function writeTensor(out: BinaryWriter, { name, type, shape, data }: TensorModel): void {
  for (const size of shape) whole(out, 1, size);
  whole(out, 2, ELEMENT_TYPES[type]);
  text(out, 8, name);
  out.tag(9, WireType.LengthDelimited).bytes(littleEndian(data));
}

function writeValue(out: BinaryWriter, { name, type, shape }: ValueModel): void {
  text(out, 1, name);
  message(out, 2, () =>
    message(out, 1, () => {
      whole(out, 1, ELEMENT_TYPES[type]);
      message(out, 2, () => {
        for (const size of shape) {
          message(out, 1, () => (typeof size === "number" ? whole(out, 1, size) : text(out, 2, size)));
        }
      });
    }),
  );
}

function message(out: BinaryWriter, field: number, write: () => void): void {
  out.tag(field, WireType.LengthDelimited).fork();
  write();
  out.join();
}

function whole(out: BinaryWriter, field: number, value: number): void {
  out.tag(field, WireType.Varint).int64(value);
}

function text(out: BinaryWriter, field: number, value: string): void {
  out.tag(field, WireType.LengthDelimited).string(value);
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of elements as files have them: the smallest first. */
function littleEndian(data: TensorModel["data"]): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { BYTES_PER_ELEMENT: size } = data;
  if (IS_LITTLE_ENDIAN || size === 1) return bytes;
  const turned = bytes.slice();
  for (let start = 0; start < turned.length; start += size) turned.subarray(start, start + size).reverse();
  return turned;
}
