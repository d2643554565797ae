/** Thrown when a release would carry links to a repository that is not this one. */
export class OriginError extends Error {
  override readonly name = "OriginError";
}

/**
 * Refuses to publish unless git's `origin` is the repository that every package.json names: npm links each package
 * to it, and whoever holds that address would speak for the package.
 *
 * @param origin what `git remote get-url origin` prints; undefined where there is no such remote
 * @param repository the address in package.json, `https://host/owner/name`
 */
export function checkOrigin(origin: string | undefined, repository: string): void {
  const wayOut =
    "Set repository.url in package.json to the real address (`pnpm graph` then lists what must follow), or correct the remote.";
  if (origin === undefined)
    throw new OriginError(`package.json names ${repository}, but there is no git remote "origin". ${wayOut}`);
  if (identity(origin) === identity(repository)) return;
  throw new OriginError(
    `package.json names ${repository}, but git's origin is ${withoutCredentials(origin)}. ${wayOut}`,
  );
}

/** `host/owner/name`, however the address is written: https, ssh, `git@host:owner/name.git`; case is ignored, as hosts do. */
function identity(address: string): string {
  const scp = /^(?:[^@/]+@)?(?<host>[^:/]+):(?!\/\/)(?<path>.+)$/.exec(address)?.groups;
  const { host, path } =
    scp ?? /^(?:[a-z+]+:\/\/)(?:[^@/]*@)?(?<host>[^:/]+)(?::\d+)?\/(?<path>.+)$/.exec(address)?.groups ?? {};
  const name = path?.replace(/^\/|\/+$/g, "").replace(/\.git$/, "");
  return host && name ? `${host}/${name}`.toLowerCase() : address;
}

/** A remote may hold a token; it does not belong in a message. */
function withoutCredentials(address: string): string {
  return address.replace(/^([a-z+]+:\/\/)[^@/]*@/, "$1");
}
