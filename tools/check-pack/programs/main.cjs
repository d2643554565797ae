const { writeFile } = require("node:fs/promises");
const { device } = require("@kindling/kindling");
const { train } = require("./train.cjs");

async function main() {
  const { losses, file } = await train(await device("cpu"));
  await writeFile("net.safetensors", file);
  console.log(JSON.stringify(losses));
}

main();
