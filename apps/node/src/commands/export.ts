import { zeros } from "@kindling/core";
import { exportOnnx } from "@kindling/onnx";
import { loadNet } from "../run/load-net.ts";
import { writeWhole } from "../run/write-whole.ts";
import { terminal } from "../terminal.ts";

export interface ExportOptions {
  readonly weights: string;
  readonly to: string;
}

/** `kindling export`: a trained network as a file that every ONNX runtime opens; it takes images as the network does. */
export async function exportNet({ weights, to }: ExportOptions): Promise<void> {
  const { net, model, dataset } = await loadNet(weights);
  const image = model === "cnn" ? [1, 28, 28] : [net.getParameter("l1.weight").shape[1] as number];
  const metadata = dataset === undefined ? {} : { dataset };
  const file = await exportOnnx(net, zeros([1, ...image]), { outputNames: ["logits"], metadata });
  await writeWhole(to, file);
  terminal.note(`Wrote ${to}: input [batch, ${image.join(", ")}], logits [batch, 10].`);
}
