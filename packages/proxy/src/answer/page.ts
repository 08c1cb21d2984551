/** What an answer of the proxy's own says, for each status it makes. */
const texts: Record<number, { reason: string; says: string }> = {
  200: { reason: "OK", says: "" },
  308: { reason: "Permanent Redirect", says: "This address has moved." },
  400: { reason: "Bad Request", says: "The request could not be understood." },
  404: { reason: "Not Found", says: "Nothing is served under this address." },
  408: { reason: "Request Timeout", says: "The request took too long to arrive." },
  413: { reason: "Content Too Large", says: "The request is larger than is allowed here." },
  414: { reason: "URI Too Long", says: "The address asked for is too long." },
  417: { reason: "Expectation Failed", says: "What the request expects is not supported here." },
  431: { reason: "Request Header Fields Too Large", says: "The request's fields are too large." },
  500: { reason: "Internal Server Error", says: "The app's answer could not be passed on." },
  501: { reason: "Not Implemented", says: "The request needs what is not supported here." },
  502: { reason: "Bad Gateway", says: "The app could not be reached. Please try again in a moment." },
  503: {
    reason: "Service Unavailable",
    says: "The app is not available right now. Please try again in a moment.",
  },
  504: { reason: "Gateway Timeout", says: "The app took too long to answer." },
  505: { reason: "HTTP Version Not Supported", says: "This version of HTTP is not supported here." },
};

/** The reason phrase of a status that the proxy answers with. */
export function reasonOf(status: number): string {
  return texts[status]?.reason ?? "Error";
}

/** A page for people. `message` is escaped; without one the status speaks for itself. */
export function htmlPage(status: number, message: string | null): string {
  const says = escapeHtml(message ?? texts[status]?.says ?? "");
  const title = `${status} ${reasonOf(status)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  font: 1rem/1.6 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { padding: 2rem; max-width: 34rem; text-align: center; }
h1 { margin: 0 0 .5rem; font-size: 3.5rem; font-weight: 700; letter-spacing: -.03em; opacity: .25; }
p { margin: 0; font-size: 1.15rem; }
</style>
</head>
<body><main><h1>${status}</h1><p>${says}</p></main></body>
</html>
`;
}

/** A page of the app's own, with the message where it wants it. */
export function filledPage(html: string, status: number, message: string | null): string {
  const says = escapeHtml(message ?? texts[status]?.says ?? "");
  return html.replace(/\{\{\s*(?:message|\.Message)\s*\}\}/g, () => says);
}

/** The same for programs. */
export function jsonPage(status: number, message: string | null): string {
  return `${JSON.stringify({ status, error: reasonOf(status), message: message ?? texts[status]?.says ?? "" })}\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
