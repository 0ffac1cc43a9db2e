// What openid-client can do beyond docs/connect: a pushed request, a client that signs instead of knowing a secret, tokens that
// are good only together with a key, answers that name who gives them.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe } from "node:test";
import * as oidc from "openid-client";
import { exportJWK, generateKeyPair } from "jose";

import { freePorts } from "../lib/demo.mjs";
import { ENGINES } from "../lib/engines.mjs";
import { house } from "../lib/house.mjs";
import * as people from "../lib/people.mjs";
import { PRODUCT as id, register } from "../lib/registry.mjs";
import { until } from "../lib/until.mjs";

const execute = [oidc.allowInsecureRequests];

// Where browsers are sent back to.
const listen = (port) =>
  new Promise((ready) => {
    const server = createServer((_, answer) => answer.end("Thank you"));
    server.listen(port, "127.0.0.1", () => ready(server));
  });

// Beside the keys, everything that docs/connect leaves to others.
const described = (url, jwks) => `
[[product]]
id = "${id}"
name = "Shift Planner"
description = "Who works when"
home = "${url}/"

[[product.client]]
redirect_uris = ["${url}/callback"]
post_logout_redirect_uris = ["${url}/bye"]
grant_types = ["authorization_code", "refresh_token", "client_credentials"]
token_endpoint_auth_method = "private_key_jwt"
token_endpoint_auth_signing_alg = "ES256"
jwks = '''${JSON.stringify(jwks)}'''
id_token_signed_response_alg = "EdDSA"
`;

const open = async ({ demo, started }) => {
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: "of-this-test", alg: "ES256", use: "sig" }] };
  register(started, described(url, jwks));
  const server = await listen(port);
  const signer = oidc.PrivateKeyJwt({ key: privateKey, kid: "of-this-test" });
  const portico = await oidc.discovery(new URL(demo.url), id, undefined, signer, { execute });
  return { portico, url, logTail: () => "", stop: () => new Promise((closed) => server.close(closed)) };
};

// Pushes a request, lets omar sign in with it, and answers with where the browser was sent back to.
const comeBack = async ({ browser, beside: { portico, url } }, verifier, options) => {
  const state = oidc.randomState();
  const pushed = await oidc.buildAuthorizationUrlWithPAR(
    portico,
    {
      redirect_uri: `${url}/callback`,
      scope: "openid profile email offline_access",
      state,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    },
    options,
  );
  assert.deepEqual([...pushed.searchParams.keys()].sort(), ["client_id", "request_uri"], "all else was pushed");
  const page = await (await browser()).newPage();
  await page.goto(pushed.href);
  await people.identify(page, people.OMAR);
  await people.tryPassword(page, people.PASSWORD);
  await page.waitForURL((where) => where.href.startsWith(`${url}/callback`));
  return { page, state, back: new URL(page.url()) };
};

// Told in the body, or in the challenge.
const isRefused = (asked, code) =>
  assert.rejects(asked, (refusal) => [refusal.error, refusal.cause?.[0]?.parameters.error].includes(code));

for (const engine of ENGINES) {
  describe(`openid-client, strictly, on ${engine.name}`, () => {
    const furnish = (folder) => ({ kept: join(folder, "demo"), database: engine.database() });
    const { journey } = house({ furnish, moveIn: open });

    journey("a signing client pushes its request and gets tokens that are bound to a key", async (house) => {
      const { portico } = house.beside;
      const verifier = oidc.randomPKCECodeVerifier();
      const DPoP = oidc.getDPoPHandle(portico, await oidc.randomDPoPKeyPair("ES256"));
      const { state, back, page } = await comeBack(house, verifier, { DPoP });
      const checks = { pkceCodeVerifier: verifier, expectedState: state };

      // A code of another's: the answer says who has given it (RFC 9207).
      const elsewhere = new URL(back);
      elsewhere.searchParams.set("iss", "https://elsewhere.example");
      await assert.rejects(oidc.authorizationCodeGrant(portico, elsewhere, checks, undefined, { DPoP }), { code: "OAUTH_INVALID_RESPONSE" });

      const tokens = await oidc.authorizationCodeGrant(portico, back, checks, undefined, { DPoP });
      assert.equal(tokens.token_type, "dpop");
      const { sub } = tokens.claims();
      const person = await oidc.fetchUserInfo(portico, tokens.access_token, sub, { DPoP });
      assert.equal(person.email, people.OMAR);
      await isRefused(oidc.fetchUserInfo(portico, tokens.access_token, sub), "invalid_token");

      const next = await oidc.refreshTokenGrant(portico, tokens.refresh_token, undefined, { DPoP });
      assert.equal((await oidc.fetchUserInfo(portico, next.access_token, sub, { DPoP })).sub, sub);
      const other = oidc.getDPoPHandle(portico, await oidc.randomDPoPKeyPair("ES256"));
      await isRefused(oidc.refreshTokenGrant(portico, next.refresh_token, undefined, { DPoP: other }), "invalid_grant");

      const about = await oidc.tokenIntrospection(portico, next.access_token);
      assert.deepEqual([about.active, about.client_id, about.sub], [true, id, sub]);
      await oidc.tokenRevocation(portico, next.refresh_token);
      await until("the revocation", async () => !(await oidc.tokenIntrospection(portico, next.access_token)).active);

      const out = oidc.buildEndSessionUrl(portico, { id_token_hint: tokens.id_token, post_logout_redirect_uri: `${house.beside.url}/bye`, state: "s" });
      await page.goto(out.href);
      await page.waitForURL(`${house.beside.url}/bye?state=s`);
    });

    journey("a client that acts for itself gets a token of its own", async ({ beside: { portico } }) => {
      const DPoP = oidc.getDPoPHandle(portico, await oidc.randomDPoPKeyPair("EdDSA"));
      const token = await oidc.clientCredentialsGrant(portico, {}, { DPoP });
      const about = await oidc.tokenIntrospection(portico, token.access_token);
      assert.deepEqual([about.active, about.client_id, about.token_type], [true, id, "DPoP"]);
    });

    journey("a client that signs with another key is nobody", async ({ demo }) => {
      const { privateKey } = await generateKeyPair("ES256");
      const forger = oidc.PrivateKeyJwt({ key: privateKey, kid: "of-this-test" });
      const portico = await oidc.discovery(new URL(demo.url), id, undefined, forger, { execute });
      await assert.rejects(oidc.clientCredentialsGrant(portico), { status: 401 });
    });
  });
}
