import { type FileBytes, fromBuffer, ValueError } from "@kindling/core";
import { surplusArguments } from "@kindling/core/extend";
import { loadWithMetadata, save } from "@kindling/safetensors";
import type { Model } from "../parts.ts";
import type { Json } from "./json.ts";
import { pack, unpack } from "./pack.ts";
import { readTrainerState, type TrainerState } from "./trainer-state.ts";

/** Under this name a file's metadata hold the form of a training's state. */
const KEY = "kindling.trainer";

/** A state as one safetensors file: its tensors under their paths (`model.l1.weight`), all else in the metadata. */
export async function writeCheckpoint(state: TrainerState): Promise<FileBytes> {
  const { form, tensors } = pack(state, (bytes) => fromBuffer(bytes, [bytes.length]));
  return save(tensors, { metadata: { [KEY]: JSON.stringify(form) } });
}

/**
 * The state that `writeCheckpoint` has written.
 *
 * @throws SafetensorError, ValueError for a file that is damaged or holds something else
 */
export function readCheckpoint(bytes: Uint8Array): TrainerState {
  if (arguments.length > 1) throw surplusArguments("readCheckpoint(bytes)", arguments.length);
  const { tensors, metadata } = loadWithMetadata(bytes);
  const form = metadata !== null && Object.hasOwn(metadata, KEY) ? metadata[KEY] : undefined;
  if (form === undefined) {
    const wayOut = "It may hold weights alone: model.loadStateDict(load(bytes)).";
    throw new ValueError("readCheckpoint", "the file holds no state of a trainer", "", wayOut);
  }
  const toBytes = (tensor: { toTypedArraySync(): ArrayLike<number> }) => Uint8Array.from(tensor.toTypedArraySync());
  return readTrainerState("readCheckpoint", unpack({ form: parse(form), tensors }, toBytes));
}

function parse(form: string): Json {
  try {
    return JSON.parse(form) as Json;
  } catch (error) {
    throw new ValueError("readCheckpoint", "the saved state cannot be read", (error as Error).message);
  }
}

/** The weights of `model` alone, under PyTorch's names. */
export async function writeWeights(
  model: Pick<Model, "stateDict">,
  metadata: Readonly<Record<string, string>>,
): Promise<FileBytes> {
  return save(model.stateDict(), { metadata });
}
