// An organization's identity provider that is not ours: oidc-provider, certified by the OpenID Foundation, with its own pages.

import Provider from "oidc-provider";
import { exportJWK, generateKeyPair } from "jose";

const key = async () => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig" };
};

// Whoever types a name there has it: what is tried is how the two programs speak to each other.
const findAccount = (_, name) => ({
  accountId: name,
  claims: () => ({ sub: name, email: name, email_verified: true, given_name: "Sam", family_name: "Brandt" }),
});

// `register`: what Portico says is to be registered. `turn` starts it anew with other keys, as a rollover ends.
export const startUpstream = async ({ port, client, secret, register }) => {
  const issuer = `http://127.0.0.1:${port}`;
  const complaints = [];
  let server;

  const listen = async () => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: client,
          client_secret: secret,
          redirect_uris: [register.redirect_uri],
          post_logout_redirect_uris: [register.post_logout_redirect_uri],
          backchannel_logout_uri: register.backchannel_logout_uri,
          backchannel_logout_session_required: true,
        },
      ],
      jwks: { keys: [await key()] },
      cookies: { keys: ["only-of-this-test"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
      features: { backchannelLogout: { enabled: true } },
      findAccount,
      // It tells of sign-outs no address of this machine, where in a test everybody is: `dispatcher` is what refuses.
      fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    });
    provider.on("backchannel.error", (_, error) => complaints.push(error.message));
    provider.on("server_error", (_, error) => complaints.push(error.stack));
    await new Promise((ready) => {
      server = provider.listen(port, "127.0.0.1", ready);
    });
  };

  const stop = () =>
    new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    });

  await listen();
  return {
    issuer,
    stop,
    logTail: () => complaints.join("\n"),
    turn: async () => {
      await stop();
      await listen();
    },
  };
};
