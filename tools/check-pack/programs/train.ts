import {
  DataLoader,
  type Device,
  manualSeed,
  nn,
  optim,
  rand,
  safetensors,
  scope,
  TensorDataset,
} from "@kindling/kindling";

/** Ten seeded steps on `device`: the loss of each, the network as it prints, and its weights as a safetensors file. */
export async function train(device: Device): Promise<{ losses: number[]; network: string; file: Uint8Array }> {
  manualSeed(123);
  const points = rand([320, 16]);
  const labels = points.sum(1).gt(8).to("int64");
  const loader = new DataLoader(new TensorDataset(points, labels), { batchSize: 32, shuffle: true });

  const net = new nn.Sequential(new nn.Linear(16, 64), new nn.ReLU(), new nn.Linear(64, 2)).to(device);
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new optim.Adam(net.parameters(), { lr: 0.01 });

  const losses: number[] = [];
  for await (const [inputs, targets] of loader) {
    const loss = scope(() => {
      optimizer.zeroGrad();
      const loss = criterion(net(inputs.to(device)), targets.to(device));
      loss.backward();
      optimizer.step();
      return loss;
    });
    losses.push(await loss.item());
  }
  return { losses, network: String(net), file: await safetensors.save(net.stateDict()) };
}
