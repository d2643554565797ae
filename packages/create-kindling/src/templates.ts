import { CreateError } from "./create-error.ts";

export interface Template {
  readonly name: string;
  /** One line for a menu. */
  readonly description: string;
  /** The script to run once the tests have passed; null where the tests are all there is to run. */
  readonly script: "start" | "dev" | null;
}

/** The projects that can be made; each is the folder of its name in `templates/`. */
export const templates = [
  {
    name: "node-train",
    description: "Node: train a small CNN on MNIST from the command line",
    script: "start",
  },
  {
    name: "vite-train",
    description: "Page: train in a Web Worker, watch the loss fall, draw a digit",
    script: "dev",
  },
  {
    name: "vite-predict",
    description: "Page: load a trained model.safetensors and classify a drawing",
    script: "dev",
  },
  {
    name: "library",
    description: "Package: a layer of your own, with its laws, ready to publish",
    script: null,
  },
] as const satisfies readonly Template[];

export type TemplateName = (typeof templates)[number]["name"];

/** @throws CreateError when there is no template of that name */
export function templateNamed(name: string): Template {
  const found = templates.find((template) => template.name === name);
  if (found !== undefined) return found;
  throw new CreateError(`There is no template '${name}'.`, `The templates are:\n${listOfTemplates()}`);
}

/** A line for each template. */
export function listOfTemplates(): string {
  const width = Math.max(...templates.map(({ name }) => name.length));
  return templates.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`).join("\n");
}
