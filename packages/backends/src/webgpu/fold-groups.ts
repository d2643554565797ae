import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

type Run = WebGPUBackend["runWebGPUProgram"];
type Program = Parameters<Run>[0];

/**
 * Lets programs run in more groups of threads than one dimension of a dispatch may have: 65,535 on most GPUs. The backend spreads those in one
 * dimension over several, and refuses the others (4.22, reshapeDispatch in backend_webgpu.js): products of that many matrices, and of
 * matrices with some two million rows, convolutions of that many images. Here their groups are counted through, and each finds its place again.
 */
export function foldGroups(
  backend: WebGPUBackend,
  most = backend.device.limits.maxComputeWorkgroupsPerDimension,
): void {
  const run = backend.runWebGPUProgram.bind(backend);
  backend.runWebGPUProgram = (program, ...rest) => {
    if (program.dispatch.some((groups) => groups > most) && isSpread(program)) fold(program);
    return run(program, ...rest);
  };
}

/** Whether it knows more than one dimension: the backend folds the others itself. One that adds up in place must not do a group's work twice. */
function isSpread({ dispatchLayout: { y, z }, atomic }: Program): boolean {
  return (y !== undefined || z !== undefined) && atomic !== true;
}

function fold(program: Program): void {
  const [x, y, z] = program.dispatch;
  const [count, { workgroupSize }] = [x * y * z, program];
  const side = Math.ceil(Math.sqrt(count));
  const code = program.getUserCode();
  program.dispatch = [side, Math.ceil(count / side), 1];
  program.shaderKey += `_folded_${x}_${y}_${z}`;
  // The groups behind the last one do its work again, and write the same.
  program.getUserCode = () => `
    fn unfold() {
      let group = min(workgroupId.y * ${side}u + workgroupId.x, ${count - 1}u);
      workgroupId = vec3<u32>(group % ${x}u, group / ${x}u % ${y}u, group / ${x * y}u);
      globalId = workgroupId * vec3<u32>(${workgroupSize.join("u, ")}u) + localId;
    }
    ${code.replace(/fn main\(\)\s*\{/, "$&\n unfold();")}`;
}
