// Another client of the same Portico, played by the test: what it is told is well signed, and is for nobody else.

import { createServer } from "node:http";
import * as oidc from "openid-client";

import { freePorts } from "./demo.mjs";
import * as people from "./people.mjs";
import { registerClient } from "./registry.mjs";
import { until } from "./until.mjs";

const ID = "neighbor";

const described = (url) => `
[[client]]
id = "${ID}"
organizations = ["riverside"]
redirect_uris = ["${url}/callback"]
backchannel_logout_uri = "${url}/heard"
`;

export const moveNextDoor = async ({ demo, started }) => {
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const secret = registerClient(started, ID, described(url));
  const heard = [];
  const server = createServer(async (request, answer) => {
    const said = (await request.toArray()).join("");
    if (request.method === "POST") heard.push(new URLSearchParams(said).get("logout_token"));
    answer.end("Thank you");
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  const portico = await oidc.discovery(new URL(demo.url), ID, secret, undefined, { execute: [oidc.allowInsecureRequests] });

  // Signs omar in and out again in a browser that has never been here: the logout token that tells of it.
  const logoutToken = async (page) => {
    const verifier = oidc.randomPKCECodeVerifier();
    const asked = oidc.buildAuthorizationUrl(portico, {
      redirect_uri: `${url}/callback`,
      scope: "openid",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    await page.goto(asked.href);
    await people.identify(page, people.OMAR);
    await people.tryPassword(page, people.PASSWORD);
    await page.waitForURL((where) => where.href.startsWith(`${url}/callback`));
    await oidc.authorizationCodeGrant(portico, new URL(page.url()), { pkceCodeVerifier: verifier });
    await page.goto(demo.url);
    await people.signOut(page);
    return until("the neighbor to have been told", () => heard.at(-1));
  };

  return { logoutToken, stop: () => new Promise((closed) => server.close(closed)) };
};
