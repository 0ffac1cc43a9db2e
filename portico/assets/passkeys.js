// Passkeys: what the server asks stands in a form; what the passkey answers is written into it, and sent. A form that cannot be used
// stays hidden, and every page works without it.
{
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer ?? []))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const listed = (text) => (text ? text.split(",") : []);
  const credentials = ({ dataset }) => listed(dataset.credentials).map((listed) => {
    const [id, ways] = listed.split(":");
    return { type: "public-key", id: toBytes(id), ...(ways && { transports: ways.split(" ") }) };
  });

  // What browsers want to be told, of what stands in the form.
  const options = {
    get: (form) => ({
      rpId: form.dataset.rp,
      challenge: toBytes(form.dataset.challenge),
      allowCredentials: credentials(form),
      userVerification: "required",
    }),
    create: (form) => ({
      rp: { id: form.dataset.rp, name: form.dataset.brand },
      user: { id: toBytes(form.dataset.handle), name: form.dataset.account, displayName: form.dataset.person },
      challenge: toBytes(form.dataset.challenge),
      pubKeyCredParams: listed(form.dataset.algorithms).map((alg) => ({ type: "public-key", alg: Number(alg) })),
      excludeCredentials: credentials(form),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
    }),
  };

  const send = (form, { rawId, response }) => {
    const write = (name, value) => { if (form.elements[name]) form.elements[name].value = value; };
    write("credential", toText(rawId));
    write("client_data", toText(response.clientDataJSON));
    write("authenticator_data", toText(response.authenticatorData));
    write("signature", toText(response.signature));
    write("user_handle", toText(response.userHandle));
    write("attestation", toText(response.attestationObject));
    write("transports", response.getTransports?.().join(" ") ?? "");
    form.requestSubmit();
  };

  // One request at a time: a button ends what waits behind the field for names.
  let running;
  const ask = async (form, more = {}) => {
    running?.abort();
    const mine = running = new AbortController();
    const kind = form.dataset.passkey;
    const answer = await navigator.credentials[kind]({ publicKey: options[kind](form), signal: mine.signal, ...more });
    if (running === mine) send(form, answer);
  };

  // What was asked is good for a quarter of an hour. A page that was open for longer gets it anew from itself.
  let fresh = Date.now();
  const isStale = () => Date.now() - fresh > 600000;
  const renew = async (form) => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const found = page.querySelector(`form[data-passkey="${form.dataset.passkey}"]`);
    if (!found) return location.reload();
    Object.assign(form.dataset, { challenge: found.dataset.challenge, credentials: found.dataset.credentials });
    form.elements.asked.value = found.elements.asked.value;
    fresh = Date.now();
  };

  // Behind the field for names: passkeys are offered where the browser fills in, and nobody is asked who does not choose one.
  let pressed = false;
  const wait = async (form) => {
    if (pressed || form.dataset.waits === undefined || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    try {
      if (isStale()) await renew(form);
      await ask(form, { mediation: "conditional" });
    } catch { /* nothing was chosen, or the button was pressed */ }
  };

  const press = async (form) => {
    const line = form.querySelector("[data-words]");
    line.textContent = "";
    pressed = true;
    try {
      if (isStale()) await renew(form);
      await ask(form);
    } catch (error) {
      pressed = false;
      line.textContent = (error.name === "InvalidStateError" && line.dataset.twice) || line.dataset.words;
      wait(form);
    }
  };

  if (window.PublicKeyCredential && navigator.credentials) {
    const forms = all("form[data-passkey]");
    all("[data-passkey-off]").forEach((line) => { line.hidden = true; });
    forms.forEach((form) => {
      form.hidden = false;
      form.querySelector("button").addEventListener("click", () => press(form));
      wait(form);
    });
    const again = () => { if (!document.hidden && isStale()) forms.forEach(wait); };
    setInterval(again, 60000);
    document.addEventListener("visibilitychange", again);
    // Back from the browser's cache: what was asked may have been answered.
    addEventListener("pageshow", (event) => {
      if (event.persisted) fresh = 0;
      again();
    });
  }
}
