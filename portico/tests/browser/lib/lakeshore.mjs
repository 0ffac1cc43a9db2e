// Lakeshore's sample identity provider, four ports above the front door, and what its people do there.

import assert from "node:assert/strict";

import * as people from "./people.mjs";

export const LEE = "lee@lakeshore.example";
export const NOOR = "noor@lakeshore.example";
export const VERA = "vera@lakeshore.example";
export const INES = "ines@lakeshore.example";
export const INES_SECRET = "LEHPK3PXPJBSWY3DLEHPK3PXPJBSWY3D";

const PORT = 4;
// The connection's, in every demo.
const CONNECTION = "01980a4e-5800-7000-8000-1a6e5403e000";
// SHA-256 of a verifier that nobody needs: it is looked at here, and no code redeemed.
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

export const idpOf = (demo) => demo.productUrl(PORT);

// Makes it misbehave as its incident desk does, or behave again.
export const be = async (demo, mood) => {
  const answer = await fetch(`${idpOf(demo)}/mood`, { method: "POST", body: new URLSearchParams({ mood }), redirect: "manual" });
  assert.equal(answer.status, 303, mood);
};

// Does something while it misbehaves, and lets it behave again whatever comes of it.
export const during = async (demo, mood, walk) => {
  await be(demo, mood);
  try {
    await walk();
  } finally {
    await be(demo, "well");
  }
};

// Where the client sends people, as far as a page needs it.
export const wayIn = (demo, more = {}) => {
  const asked = {
    client_id: "portico",
    redirect_uri: `${demo.url}/federation/${CONNECTION}/callback`,
    response_type: "code",
    scope: "openid profile email",
    state: "of-this-test",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...more,
  };
  return `${idpOf(demo)}/authorize?${new URLSearchParams(asked)}`;
};

// What the client was answered by whatever is done there.
export const answered = async (page, demo, act) => {
  const sent = page.waitForRequest((request) => request.url().startsWith(`${demo.url}/federation/`));
  await act();
  const { searchParams } = new URL((await sent).url());
  await page.waitForURL((url) => url.origin === demo.url);
  return searchParams;
};

export const isThere = (page, demo) => assert.equal(new URL(page.url()).origin, idpOf(demo));

// Types what the hospital asks for. `email`: where it is not known yet.
export const enter = async (page, { email, badge = false, password = people.PASSWORD } = {}) => {
  if (email) await people.field(page, "Email").fill(email);
  await people.field(page, "Password").fill(password);
  if (badge) await people.field(page, "I have shown my badge").check();
  await Promise.all([page.waitForEvent("load"), people.press(page, "Sign in at Lakeshore")]);
};
