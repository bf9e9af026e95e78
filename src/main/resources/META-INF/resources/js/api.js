/** The service's HTTP interface, as far as the page uses it. */

/** What the service did not do, in its own words. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function call(method, path, body, patience = 20_000) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new Refused(0, "The service does not answer.");
  }
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer?.detail ?? `The service answered ${response.status}.`);
  return answer;
}

const query = (parameters) => new URLSearchParams(parameters).toString();

export const chat = () => call("GET", "/api/local");
export const messages = (parameters) => call("GET", `/api/local/messages?${query(parameters)}`);
export const post = (message) => call("POST", "/api/local/messages", message);
export const runs = () => call("GET", "/api/runs");
export const run = (id) => call("GET", `/api/runs/${encodeURIComponent(id)}`);
const ofRun = (id, what) => call("GET", `/api/runs/${encodeURIComponent(id)}/${what}`);

export const plans = (id) => ofRun(id, "plans");
export const plan = (id, revision) => ofRun(id, `plan?${query({ revision })}`);
export const report = (id) => ofRun(id, "report");
export const trail = (id, after) => ofRun(id, `audit?${query({ after })}`);
export const readiness = () => call("GET", "/api/stop/readiness");

/** The verdict takes 10 s at most. */
export const stop = (order) => call("POST", "/api/stop", order, 15_000);
