/** `pnpm bench:codec`: what reading and writing a head costs, in processor time, and what merely copying it would. */
import { HeadWriter, hopByHop } from "../packages/proxy/src/http1/head-writer.ts";
import { Refusal } from "../packages/proxy/src/http1/refusal.ts";
import { RequestReader } from "../packages/proxy/src/http1/request-reader.ts";
import { ResponseReader } from "../packages/proxy/src/http1/response-reader.ts";
import { publish } from "./lib/results.ts";
import { type Row, rowOf } from "./lib/row.ts";

const rounds = 7;
const turns = 200_000;

const requestBytes = Buffer.from(
  [
    "GET /some/path?with=query HTTP/1.1",
    "Host: app.example.com",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding: gzip, deflate, br",
    "Accept-Language: en-US,en;q=0.5",
    "Cookie: session=abcdefghijklmnopqrstuvwxyz0123456789",
    "Connection: keep-alive",
    "\r\n",
  ].join("\r\n"),
);
const responseBytes = Buffer.from(
  [
    "HTTP/1.1 200 OK",
    "Content-Type: text/plain",
    "Content-Length: 1024",
    "Date: Mon, 23 Nov 2026 21:43:57 GMT",
    "Connection: keep-alive",
    "Keep-Alive: timeout=5",
    "\r\n",
  ].join("\r\n"),
);

const requests = new RequestReader();
const responses = new ResponseReader();
const writer = new HeadWriter();
const request = requests.read(requestBytes, 0, requestBytes.length);
if (request === null || request instanceof Refusal) throw new TypeError("the head is whole and well formed");

const cases: [string, () => unknown, () => unknown][] = [
  [
    `read a request's head of ${requestBytes.length} bytes`,
    () => requests.read(requestBytes, 0, requestBytes.length),
    () => requestBytes.toString("latin1"),
  ],
  [
    `read a response's head of ${responseBytes.length} bytes`,
    () => responses.read(responseBytes, 0, responseBytes.length),
    () => responseBytes.toString("latin1"),
  ],
  [
    "write the request's head on, two fields added",
    () =>
      writer
        .startRequest(request.method, request.path)
        .copy(request.fields, hopByHop, request.connection.nominated)
        .field("X-Forwarded-For", "192.0.2.1")
        .field("X-Forwarded-Proto", "https")
        .end(),
    () => request.fields.text.slice(1),
  ],
];

const rows: Row[] = cases.map(([name, work, plain]) => {
  const samples = [];
  const copies = [];
  microseconds(work);
  microseconds(plain);
  for (let round = 0; round < rounds; round++) {
    samples.push(microseconds(work));
    copies.push(microseconds(plain));
  }
  const against = rowOf({ case: "copy", metric: "processor time", unit: "µs", samples: copies });
  return rowOf({
    case: name,
    metric: "processor time",
    unit: "µs",
    samples,
    against: { name: "copying it", value: against.value },
  });
});
process.exitCode = publish("codec", rows) ? 0 : 1;

/** Processor time of one turn, so that what else the machine does counts little. */
function microseconds(work: () => unknown): number {
  const before = process.cpuUsage().user;
  let made = 0;
  // Counted, so that no turn can be left out for having no use.
  for (let i = 0; i < turns; i++) if (work() !== null) made++;
  if (made !== turns) throw new TypeError("each turn makes something");
  return (process.cpuUsage().user - before) / turns;
}
