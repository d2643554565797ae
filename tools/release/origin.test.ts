import { expect, test } from "vitest";
import { checkOrigin } from "./origin.ts";

const repository = "https://github.com/someone/something";

test.each([
  "https://github.com/someone/something",
  "https://github.com/someone/something.git",
  "https://github.com/Someone/Something/",
  "https://user:token@github.com/someone/something.git",
  "git+https://github.com/someone/something.git",
  "ssh://git@github.com/someone/something.git",
  "ssh://git@github.com:22/someone/something",
  "git@github.com:someone/something.git",
  "github.com:someone/something",
])("%s is the repository", (origin) => {
  expect(() => checkOrigin(origin, repository)).not.toThrow();
});

test.each([
  "https://github.com/someone/else.git",
  "https://github.com/else/something.git",
  "https://gitlab.com/someone/something.git",
  "git@example.org:someone/something.git",
  "https://github.com.example.org/someone/something",
  "https://github.com/someone/something-fork",
  "/home/me/something",
  "../something",
])("%s is another one", (origin) => {
  expect(() => checkOrigin(origin, repository)).toThrow(
    `package.json names ${repository}, but git's origin is ${origin}`,
  );
});

test("without a remote nothing is published", () => {
  expect(() => checkOrigin(undefined, repository)).toThrow('there is no git remote "origin"');
});

test("the message shows no token", () => {
  expect(() => checkOrigin("https://me:secret@github.com/else/where", repository)).toThrow(/^((?!secret).)*$/);
});
