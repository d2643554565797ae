export { unownedMemory } from "../storage/memory.ts";
export type { AskedTiers, Changes, Subject, Tier } from "./asked-tiers.ts";
export { type DamageLaw, expectDamageRefused } from "./damage-law.ts";
export { type Damage, damagesOf } from "./damages.ts";
export { deviceLaws } from "./device-laws.ts";
export { agree, differs, fromGolden, type GoldenTensor, goldenNumbers, type Tolerance } from "./golden.ts";
export {
  type Differentiable,
  GradcheckError,
  type GradcheckOptions,
  gradcheck,
  gradgradcheck,
} from "./gradcheck.ts";
export { leakGuard } from "./leak-guard.ts";
export { RecordingDevice } from "./recording-device.ts";
export type { LawsReport } from "./task-meta.ts";
export { tier } from "./tier.ts";
