const said = new Set<string>();

/** Says something once: PyTorch's `UserWarning`. */
export function warn(message: string): void {
  if (said.has(message)) return;
  said.add(message);
  console.warn(`UserWarning: ${message}`);
}
