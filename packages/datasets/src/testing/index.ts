export { type TinyMNIST, tinyMNIST } from "./tiny-mnist.ts";
