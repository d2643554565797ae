import { expect, test } from "vitest";
import { StepClock } from "./step-clock.ts";

test("the rate is that of steps alone, whatever came between them", () => {
  let time = 0;
  const clock = new StepClock(() => time);
  const steps = (count: number, each: number) => {
    for (let i = 0; i < count; i++) {
      time += each;
      clock.tick();
    }
  };
  expect(clock.stepsPerSecond).toBe(0);
  steps(100, 10);
  expect(clock.stepsPerSecond).toBeCloseTo(100);
  time += 60_000;
  clock.restart();
  steps(30, 10);
  expect(clock.stepsPerSecond).toBeCloseTo(100);
  steps(400, 20);
  expect(clock.stepsPerSecond).toBeCloseTo(50, 0);
});
