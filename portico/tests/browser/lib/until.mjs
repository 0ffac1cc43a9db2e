// Waits for a condition, never for a time.

const EVERY = 50;

export const until = async (what, look, within = 20_000) => {
  const end = Date.now() + within;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain for ${what}`);
    await new Promise((again) => setTimeout(again, EVERY));
  }
};
