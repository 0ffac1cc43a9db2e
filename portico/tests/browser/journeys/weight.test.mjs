// What a first visit costs, and that later ones cost the page alone.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const MOST_BYTES = 40 * 1024;
const MOST_PARTS = 3;

// What goes over the wire from now on: bytes with headers, by address. What the browser has kept costs nothing.
const wire = async (page) => {
  const debug = await page.context().newCDPSession(page);
  const [addresses, parts] = [new Map(), new Map()];
  debug.on("Network.responseReceived", ({ requestId, response }) => addresses.set(requestId, response.url));
  debug.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (encodedDataLength > 0) parts.set(addresses.get(requestId), encodedDataLength);
  });
  await debug.send("Network.enable");
  return parts;
};

const sum = (parts) => [...parts.values()].reduce((all, bytes) => all + bytes, 0);

journey("the sign-in page weighs little, and later pages come alone", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  const first = await wire(page);
  await page.goto(`${demo.url}/sign-in`, { waitUntil: "networkidle" });
  const told = JSON.stringify([...first]);
  assert.ok(first.size >= 2 && first.size <= 1 + MOST_PARTS, told);
  assert.ok(sum(first) <= MOST_BYTES, told);

  first.clear();
  await people.identify(page, people.OMAR);
  await page.waitForLoadState("networkidle");
  const assets = [...first.keys()].filter((address) => address.includes("/assets/"));
  assert.deepEqual(assets, [], "assets are kept by the browser");
});
