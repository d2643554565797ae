/** What `embedded-wasm.config.ts` makes of a `.wasm` file: gzip, as base64. */
declare module "*.wasm" {
  const packed: string;
  export default packed;
}
