// A way to the demo on which a browser comes from an address of one's choice: a proxy on loopback, where all of 127.0.0.0/8 is this machine.

import { createServer, request } from "node:http";

export const openRoad = async () => {
  const road = { from: "127.0.0.1" };
  const server = createServer((asked, answer) => {
    const onward = request(asked.url, { method: asked.method, headers: asked.headers, localAddress: road.from }, (said) => {
      answer.writeHead(said.statusCode, said.rawHeaders);
      said.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    options: { proxy: { server: `http://127.0.0.1:${server.address().port}` } },
    leadFrom: (address) => {
      road.from = address;
    },
    logTail: () => "",
    stop: () => new Promise((closed) => server.close(closed)),
  };
};
