import { tier } from "@kindling/core/testing";
import { expect, test } from "vitest";
import { manualSeed, memory, nn, optim, rand, randn, scope, stack, type Tensor, tensor, zeros } from "./index.ts";

const F = nn.functional;

/** A network that is trained, and a step of its loop: one scope, as a PyTorch user would write it. */
interface Loop {
  step(): Promise<unknown>;
  free(): void;
}

function gan(): Loop {
  const net = () => [new nn.Linear(4, 16), new nn.ReLU(), new nn.Linear(16, 4)] as const;
  const generator = new nn.Sequential(...net());
  const discriminator = new nn.Sequential(...net(), new nn.Linear(4, 1));
  const optimizers = [generator, discriminator].map((part) => new optim.Adam(part.parameters(), { lr: 1e-3 }));
  const loss = new nn.BCEWithLogitsLoss();
  const [ofGenerator, ofDiscriminator] = optimizers as [optim.Adam, optim.Adam];
  return {
    async step() {
      using _ = scope();
      ofDiscriminator.zeroGrad();
      const real = loss(discriminator(randn([8, 4])), tensor(Array(8).fill([1])));
      real.backward();
      expect(await real.item()).toBeGreaterThan(0);
      const fakes = generator(randn([8, 4]));
      const fake = loss(discriminator(fakes.detach()), tensor(Array(8).fill([0])));
      fake.backward();
      ofDiscriminator.step();
      expect(await fake.item()).toBeGreaterThan(0);
      ofGenerator.zeroGrad();
      const fooled = loss(discriminator(generator(randn([8, 4]))), tensor(Array(8).fill([1])));
      fooled.backward();
      ofGenerator.step();
      return await fooled.item();
    },
    free: () => freeAll(generator, discriminator, ...optimizers),
  };
}

function vae(): Loop {
  const encoder = new nn.Linear(6, 8);
  const decoder = new nn.Linear(4, 6);
  const optimizer = new optim.Adam([...encoder.parameters(), ...decoder.parameters()]);
  return {
    async step() {
      using _ = scope();
      // An early print, of what is no scope's.
      expect(Number.isFinite(await encoder.weight.norm().item())).toBe(true);
      const x = rand([5, 6]);
      const [mu, logvar] = encoder(x).chunk(2, 1) as [Tensor, Tensor];
      const z = mu.add(randn([5, 4]).mul(logvar.mul(0.5).exp()));
      const rebuilt = F.binaryCrossEntropyWithLogits(decoder(z), x, { reduction: "sum" });
      const kld = logvar.add(1).sub(mu.square()).sub(logvar.exp()).sum().mul(-0.5);
      expect(await kld.item()).toBeGreaterThanOrEqual(0);
      optimizer.zeroGrad();
      const loss = rebuilt.add(kld);
      loss.backward();
      optimizer.step();
      await loss.item();
      const sample = decoder(zeros([1, 4])).sigmoid();
      return await sample.toList();
    },
    free: () => freeAll(encoder, decoder, optimizer),
  };
}

function actorCritic(): Loop {
  const body = new nn.Linear(3, 8);
  const actor = new nn.Linear(8, 2);
  const critic = new nn.Linear(8, 1);
  const optimizer = new optim.Adam([body, actor, critic].flatMap((part) => [...part.parameters()]));
  let taken: { logProb: Tensor; value: Tensor }[] = [];

  async function selectAction(state: number[]): Promise<number> {
    const hidden = body(tensor(state)).relu();
    const probs = actor(hidden).softmax(-1);
    const action = rand([1]).gt(probs.index(0)).long();
    taken.push({ logProb: probs.log().gather(0, action).squeeze(0), value: critic(hidden) });
    return await action.item();
  }

  async function environment(action: number): Promise<number[]> {
    return [action, 1 - action, 0.5];
  }

  async function finishEpisode(): Promise<number> {
    const losses: Tensor[] = [];
    for (const { logProb, value } of taken) {
      const advantage = tensor(1).sub(await value.item());
      losses.push(logProb.neg().mul(advantage), F.smoothL1Loss(value, tensor([1])));
    }
    taken = [];
    optimizer.zeroGrad();
    const loss = stack(losses).sum();
    loss.backward();
    optimizer.step();
    return await loss.item();
  }

  return {
    async step() {
      using _ = scope();
      let state = [0.1, 0.2, 0.3];
      for (let t = 0; t < 4; t++) state = await environment(await selectAction(state));
      return await finishEpisode();
    },
    free: () => freeAll(body, actor, critic, optimizer),
  };
}

function freeAll(...parts: { dispose(): void }[]): void {
  for (const part of parts) part.dispose();
}

const loops = { gan, vae, actorCritic };

for (const [name, start] of Object.entries(loops)) {
  for (const [steps, is] of [
    [20, {}],
    [2000, tier("marathons")],
  ] as const) {
    test(`${steps} steps of ${name}, each in a scope, hold as many tensors after each`, is, async () => {
      manualSeed(1);
      const loop = start();
      // Optimizers make their states at first.
      await loop.step();
      const { tensors } = memory();
      for (let i = 0; i < steps; i++) {
        await loop.step();
        expect(memory().tensors).toBe(tensors);
      }
      loop.free();
    });
  }
}
