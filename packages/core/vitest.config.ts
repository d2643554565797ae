import { core } from "./apart.config.ts";

export default core;
