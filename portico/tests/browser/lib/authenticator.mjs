// Chromium's virtual authenticator: what a device with a fingerprint reader would do, without the finger.

const OPTIONS = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

// Of this tab. `present`: whether somebody touches it at once.
export const authenticator = async (page, options = {}) => {
  const debug = await page.context().newCDPSession(page);
  await debug.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await debug.send("WebAuthn.addVirtualAuthenticator", { options: { ...OPTIONS, ...options } });
  const send = (what, more) => debug.send(`WebAuthn.${what}`, { authenticatorId, ...more });
  return {
    credentials: async () => (await send("getCredentials")).credentials,
    put: (credential) => send("addCredential", { credential }),
    touch: (enabled) => send("setAutomaticPresenceSimulation", { enabled }),
    verifies: (isUserVerified) => send("setUserVerified", { isUserVerified }),
    remove: () => send("removeVirtualAuthenticator"),
  };
};
