// A page of docs/connect as a test uses it: the blocks of code in it, by the word after the language.
//
//   ```js product.mjs   a file of that name          ```sh register   what is run once, beside Portico
//   ```sh run           what starts the product      ```sh settings   whose names are set, and whose values are a reader's own

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./demo.mjs";

const FENCE = /^```(\w+) (\S+)\n(.*?)^```$/gms;

export const document = (file) => {
  const text = readFileSync(join(ROOT, "docs", "connect", file), "utf8");
  const blocks = new Map([...text.matchAll(FENCE)].map(([, , title, code]) => [title, code]));

  const block = (title) => {
    assert.ok(blocks.has(title), `docs/connect/${file} has no block "${title}"`);
    return blocks.get(title);
  };

  // Every file of the page, as it stands there.
  const writeFiles = (folder) => {
    for (const [title, code] of blocks) if (title.includes(".")) writeFileSync(join(folder, title), code);
  };

  // The page tells a reader to set exactly these.
  const knows = (settings) => {
    const named = [...block("settings").matchAll(/^(?:export|Define) (\w+)/gm)].map(([, setting]) => setting);
    assert.deepEqual(named.sort(), Object.keys(settings).sort(), `the settings of docs/connect/${file}`);
    return settings;
  };

  // What a reader installs is what the test has installed, and everything that the code `uses`.
  const asksFor = (installed, uses = []) => {
    const [, , ...named] = block("install").trim().split(" ");
    for (const name of named) assert.ok(installed.includes(name), `${name} is installed by docs/connect and not by its test`);
    for (const name of uses) assert.ok(named.includes(name), `${name} is used by docs/connect/${file} and not installed`);
  };

  return { block, writeFiles, knows, asksFor };
};
