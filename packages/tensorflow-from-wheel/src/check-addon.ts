import process from "node:process";
import { FromWheelError } from "./from-wheel-error.ts";
import { lastLines, run } from "./run.ts";

export interface CheckedAddon {
  /** The libtensorflow that was loaded. */
  readonly version: string;
  /** Whether it computes on a GPU. */
  readonly gpu: boolean;
  /** What TensorFlow said while it looked for one. */
  readonly log: string;
}

const PROGRAM = `
const binding = require(process.argv[1]);
const tensor = (values) => binding.createTensor([2, 2], binding.TF_FLOAT, Float32Array.from(values));
const matrix = tensor([1, 2, 3, 4]);
const [product] = binding.executeOp("MatMul", [], [matrix, matrix], 1);
const data = Array.from(binding.tensorDataSync(product.id));
console.log(JSON.stringify({ version: binding.TF_Version, gpu: binding.isUsingGpuDevice(), data }));
`;

/** Loads an addon in a process of its own and multiplies two matrices. */
export async function checkAddon(file: string): Promise<CheckedAddon> {
  const { code, stdout, stderr } = await run(process.execPath, ["--eval", PROGRAM, file], {
    TF_CPP_MIN_LOG_LEVEL: "0",
  });
  const last = stdout.trim().split("\n").at(-1) ?? "";
  if (code !== 0 || !last.startsWith("{")) {
    throw new FromWheelError(
      `The addon was built but does not load or compute:\n${lastLines(stderr, 6)}`,
      "Another TensorFlow may fit this machine: --version",
    );
  }
  const { version, gpu, data } = JSON.parse(last) as CheckedAddon & { readonly data: readonly number[] };
  if (`${data}` !== "7,10,15,22") {
    throw new FromWheelError(
      `The addon computes wrongly: [[1, 2], [3, 4]] squared gave ${data}.`,
      "Another TensorFlow may fit this machine: --version",
    );
  }
  return { version, gpu, log: stderr };
}
