// Passkeys, in a Chromium with an authenticator that has no finger to wait for.

import assert from "node:assert/strict";

import { authenticator } from "../lib/authenticator.mjs";
import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";
import { until } from "../lib/until.mjs";

// Browsers have passkeys for names only.
const { journey } = house({ furnish: () => ({ host: "localhost" }) });
const HERE = "/account/passkeys";
const BUTTON = "Sign in with a passkey";

// Nobody chooses what is offered under the field for names: this device would choose at once, on every page.
const chooseNothing = (page) =>
  page.addInitScript(() => { PublicKeyCredential.isConditionalMediationAvailable = async () => false; });

// Signs in with a password, and adds a passkey, with which recovery codes come.
const enrol = async (page, demo, who) => {
  await people.signIn(page, demo, who);
  await people.isSignedIn(page);
  await page.goto(`${demo.url}${HERE}`);
  await people.field(page, "Name").fill("Blue laptop");
  await people.press(page, "Add a Passkey");
  await page.getByRole("heading", { name: "Keep your recovery codes" }).waitFor();
  await page.getByText("Your passkey was added.").waitFor();
  await people.press(page, "I have kept them");
  await page.getByText("Blue laptop").first().waitFor();
};

journey("omar adds a passkey, and signs in with the button and nothing else", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await chooseNothing(page);
  const device = await authenticator(page);
  await enrol(page, demo, people.OMAR);
  const [credential] = await device.credentials();
  assert.equal(credential.isResidentCredential, true);
  assert.equal(credential.rpId, "localhost");
  await until("the notice", async () => (await mail.to(people.OMAR, "passkey")).length === 1);

  await people.signOut(page);
  await page.goto(`${demo.url}/sign-in`);
  await people.press(page, BUTTON);
  await people.isSignedIn(page);
  await page.goto(`${demo.url}${HERE}`);
  await page.getByText("Last used").waitFor();
});

journey("nora signs in from the first page, where the browser fills in", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  const device = await authenticator(page);
  await enrol(page, demo, people.NORA);
  await device.touch(false);
  await people.signOut(page);
  await page.goto(`${demo.url}/sign-in`);
  assert.equal(await people.field(page, "Email or username").getAttribute("autocomplete"), "username webauthn");
  // What the browser offers under the field is chosen: nothing is typed, and no button is pressed.
  await device.touch(true);
  await page.goto(`${demo.url}/sign-in`);
  await people.isSignedIn(page);
});

journey("dana signs in with password and passkey, and with nothing less", async ({ demo, browser }) => {
  const context = await browser();
  const page = await context.newPage();
  const device = await authenticator(page);
  await enrol(page, demo, people.DANA);
  await device.touch(false);
  await people.signOut(page);

  await people.signIn(page, demo, people.DANA);
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  const other = await context.newPage();
  await other.goto(`${demo.url}/account`);
  await people.field(other, "Email or username").waitFor();
  const [credential] = await device.credentials();
  await look(page, "passkey-second");
  // Whoever looks puts the device out of the tab.
  await (await authenticator(page)).put(credential);
  await people.press(page, "Use Passkey");
  await people.isSignedIn(page);
});

journey("whoever the device does not know gets in nowhere, and is told calmly", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await chooseNothing(page);
  const device = await authenticator(page);
  await enrol(page, demo, people.LUCIA);
  await people.signOut(page);
  await page.goto(`${demo.url}/sign-in`);
  await device.verifies(false);
  await people.press(page, BUTTON);
  await page.getByText("No passkey was used.").waitFor();
  await device.verifies(true);
  await people.press(page, BUTTON);
  await people.isSignedIn(page);
});

journey("a passkey that was removed opens nothing, however often it is shown", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await chooseNothing(page);
  const device = await authenticator(page);
  await enrol(page, demo, "mia@riverside.example");
  const [credential] = await device.credentials();
  await look(page, "passkeys");
  await page.goto(`${demo.url}${HERE}`);
  await page.getByText("Change Blue laptop").click();
  await look(page, "passkeys-change");
  await people.press(page, "Remove");
  await page.getByText("The passkey was removed.").waitFor();
  await look(page, "passkeys-none");

  await people.signOut(page);
  await (await authenticator(page)).put(credential);
  await page.goto(`${demo.url}/sign-in`);
  for (let time = 0; time < 2; time += 1) {
    await Promise.all([page.waitForEvent("load"), people.press(page, BUTTON)]);
    await page.getByText("That passkey did not work.").first().waitFor();
  }
  await look(page, "sign-in-passkey-refused");
  // And the password is enough again.
  await people.signIn(page, demo, "mia@riverside.example");
  await people.isSignedIn(page);
});

journey("with the keyboard alone, in the order in which it is read", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/sign-in`);
  await people.control(page, BUTTON).waitFor();
  const way = [];
  for (let stop = 0; stop < 5; stop += 1) {
    way.push(await page.evaluate(() => document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText));
    await page.keyboard.press("Tab");
  }
  assert.deepEqual(way.map((name) => name.trim()), ["Email or username", "Remember me", "Next", BUTTON, "Need help signing in?"]);
  await look(page, "sign-in-passkeys");
});

journey("without a script there is no button that does nothing", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(`${demo.url}/sign-in`);
  assert.equal(await people.control(page, BUTTON).isVisible(), false);
  await people.signIn(page, demo, "harbor-dispatch");
  await people.isSignedIn(page);
  await page.goto(`${demo.url}${HERE}`);
  await page.getByText("This browser offers no passkeys").waitFor();
  assert.equal(await people.control(page, "Add a Passkey").isVisible(), false);
});
