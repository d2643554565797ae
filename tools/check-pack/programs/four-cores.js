// The wasm backend takes half of the logical cores for threads: on a machine of two it would have none, and nothing would be tried.
Object.defineProperty(navigator, "hardwareConcurrency", { value: 4 });
