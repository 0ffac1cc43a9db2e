// The people of the demo, and what they do at the door.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

export const PASSWORD = "correct-horse-battery";
// Everybody's, in the order in which the questions are shown.
export const ANSWERS = ["blue", "rex", "paris"];
export const NEW_PASSWORD = "seven quiet lanterns";
export const OMAR = "omar@riverside.example";
export const DANA = "dana@riverside.example";
export const LUCIA = "lucia@riverside.example";
export const NORA = "nora@riverside.example";
export const KIM = "kim@northwind.example";
export const KIMS_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// RFC 6238 with the parameters every authenticator app takes for granted.
export const totp = (secret, at = Date.now()) => {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
};

export const field = (page, label) => page.getByLabel(label, { exact: true });

// A button or a link, by the name that people see.
export const control = (page, name) => {
  const named = { name, exact: true };
  return page.getByRole("button", named).or(page.getByRole("link", named)).first();
};

export const press = async (page, name) => {
  // People look at the tab they press something in; one that is behind another draws once a second.
  if (page.context().pages().length > 1) await page.bringToFront();
  await control(page, name).click();
};

export const identify = async (page, who) => {
  await field(page, "Email or username").fill(who);
  await press(page, "Next");
  await field(page, "Password").waitFor();
};

export const tryPassword = async (page, password) => {
  await field(page, "Password").fill(password);
  // The same page may come back: wait for the answer, not for a look that is there already.
  await Promise.all([page.waitForEvent("load"), press(page, "Sign In")]);
};

export const signIn = async (page, demo, who, password = PASSWORD) => {
  await page.goto(`${demo.url}/`);
  await identify(page, who);
  await tryPassword(page, password);
};

export const isSignedIn = (page) => control(page, "Sign out").waitFor();

// A browser of its own in which somebody is signed in, at the portal.
export const signedIn = async (browser, demo, who, password) => {
  const page = await (await browser()).newPage();
  await signIn(page, demo, who, password);
  await isSignedIn(page);
  return page;
};

export const enterCode = async (page, code, label = "Enter code") => {
  await field(page, label).fill(code);
  await Promise.all([page.waitForEvent("load"), press(page, "Verify")]);
};

export const signOut = async (page) => {
  await press(page, "Sign out");
  await control(page, "Sign out").waitFor({ state: "detached" });
};

// Opens the page of the mailed link, where a new password is set, and sets one.
export const setPassword = async (page, password = NEW_PASSWORD) => {
  await field(page, "New Password").fill(password);
  await field(page, "Verify Password").fill(password);
  await press(page, "Submit");
  await page.getByRole("heading", { name: "successfully reset" }).waitFor();
};

// From there to the portal, with the new password; the name is there already.
export const comeBack = async (page, who) => {
  await press(page, "Sign In");
  assert.equal(await field(page, "Email or username").inputValue(), who);
  await press(page, "Next");
  await tryPassword(page, NEW_PASSWORD);
  await isSignedIn(page);
};

// Takes the way by mail, where the address typed offers more than that, too.
export const byMail = async (page) => {
  const way = field(page, "Send email instructions");
  if (!(await way.count())) await Promise.all([page.waitForEvent("load"), press(page, "Reset via Email")]);
  if (!(await way.count())) return;
  await way.check();
  await press(page, "Continue");
};

// Answers what is asked, in order.
export const answer = async (page, answers) => {
  const fields = await page.getByRole("main").getByRole("textbox").all();
  for (const [number, box] of fields.entries()) await box.fill(answers[number]);
  await Promise.all([page.waitForEvent("load"), press(page, "Continue")]);
};

export const askForReset = async (page, demo, who) => {
  await page.goto(`${demo.url}/recover`);
  await field(page, "Email or username").fill(who);
  await byMail(page);
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
};
