import { ones } from "@kindling/core";
import { Linear } from "@kindling/nn";

console.log(new Linear(4, 2)(ones([4])).shape);
