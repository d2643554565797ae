import { DeviceError } from "@kindling/core";

/** The result of `work`, or an error after `seconds`. The work itself cannot be stopped, and is forgotten. */
export async function within<R>(seconds: number, failure: string, work: Promise<R>): Promise<R> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeviceError("device", failure, `no answer in ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
