interface ImportMetaEnv {
  /** Whether the files of MNIST are in `public/mnist`: see vite.config.ts. */
  readonly MNIST: boolean;
}
