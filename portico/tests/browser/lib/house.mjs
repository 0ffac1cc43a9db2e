// One demo and one Chromium for a file of journeys; every journey begins in browsers that have never been here.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

import { startDemo } from "./demo.mjs";
import { mailbox } from "./mailbox.mjs";

const CHROMIUM = process.env.PORTICO_TEST_CHROMIUM ?? "/usr/bin/chromium";
// Chromium calls home in the background; in a test every request is ours.
const FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];
// Chromium's own sandbox refuses to run as root.
const launch = () => chromium.launch({ executablePath: CHROMIUM, args: FLAGS, chromiumSandbox: process.getuid?.() !== 0 });
// Long enough for a machine that is busy with something else; only a failure waits for it.
const PATIENCE = 20_000;

// `furnish` answers with what the demo is started with; `moveIn` with what stands beside the demo, for the journeys.
export const house = ({ furnish = () => ({}), moveIn = () => undefined } = {}) => {
  const shared = { failures: 0 };

  before(async () => {
    shared.folder = mkdtempSync(join(tmpdir(), "portico-journeys-"));
    shared.started = await furnish(shared.folder);
    // Side by side; whichever fails, the other is there to be ended.
    const both = await Promise.allSettled([
      startDemo(shared.folder, shared.started).then((demo) => (shared.demo = demo)),
      launch().then((browser) => (shared.chromium = browser)),
    ]);
    for (const { reason } of both) if (reason) throw reason;
    shared.beside = await moveIn(shared);
  });

  after(async () => {
    await Promise.all([shared.chromium?.close(), shared.beside?.stop()]);
    await shared.demo?.stop();
    // What is left after a failure: pictures, and what the program said.
    if (shared.failures === 0 && shared.folder) rmSync(shared.folder, { recursive: true });
  });

  const journey = (name, walk) =>
    test(name, { timeout: 120_000 }, async () => {
      const visitors = [];
      const complaints = [];
      const walker = { demo: shared.demo, beside: shared.beside, mail: mailbox(shared.demo), browser: (options) => newBrowser(options) };

      const newBrowser = async (options = {}) => {
        const context = await shared.chromium.newContext({ viewport: { width: 1280, height: 844 }, locale: "en-US", ...options });
        context.setDefaultTimeout(PATIENCE);
        context.on("page", (page) => watch(page, complaints));
        visitors.push(context);
        return context;
      };

      try {
        await walk(walker);
        assert.deepEqual(complaints, [], "the browser complained");
      } catch (error) {
        shared.failures += 1;
        const pictures = await takePictures(shared.folder, name, visitors);
        error.stack += `\n\n${pictures}\nThe end of what the program said:\n${shared.demo?.logTail()}\n`;
        if (shared.beside) error.stack += `\nThe end of what stands beside it said:\n${shared.beside.logTail()}\n`;
        throw error;
      } finally {
        await Promise.all(visitors.map((context) => context.close()));
      }
    });

  return { journey };
};

// A page that makes the browser complain is broken even if it looks right.
const watch = (page, complaints) => {
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    // Breaches of the page's own policy (CSP) come as errors too.
    // A refused document (404, 503) is the journey's own business; what it loads is judged below.
    const refused = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !refused) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    const part = response.request().resourceType() !== "document" && response.request().resourceType() !== "fetch";
    if (part && response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
};

const takePictures = async (folder, name, visitors) => {
  const into = join(folder, name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60));
  mkdirSync(into, { recursive: true });
  const seen = [];
  for (const [browser, context] of visitors.entries()) {
    for (const [tab, page] of context.pages().entries()) {
      const path = join(into, `browser${browser}-tab${tab}.png`);
      await page.screenshot({ path, fullPage: true }).catch(() => {});
      seen.push(`Picture of ${page.url()}: ${path}`);
    }
  }
  return seen.join("\n");
};
