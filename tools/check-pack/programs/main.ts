import { writeFile } from "node:fs/promises";
import { device } from "@kindling/kindling";
import { train } from "./train.ts";

const { losses, file } = await train(await device("cpu"));
await writeFile("net.safetensors", file);
console.log(JSON.stringify(losses));
