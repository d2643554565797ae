/** `weightDecay` as a state dict has it: `weight_decay`. */
export function toWire(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `weight_decay` as the code has it: `weightDecay`. */
export function fromWire(name: string): string {
  return name.replace(/(?<=.)_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
