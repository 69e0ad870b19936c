/* Casting a vote: one identified request, then one without a name that holds all of the vote.
 *
 * Nothing here touches the page, so that tests can run it with a server of their
 * own. What travels is described in labengines/voting/README.md.
 */

import { VoterError, blind, bytesToHex, finalize, hexToBytes } from "./voter.js";
import { publicKey, receipt, signedLine, votingKey } from "./voter.js";

const BODY_BYTES = 16384; // whatever is chosen or written, on the way it looks the same

/**
 * Cast, or change, one vote.
 *
 * vote: {ballot, scopes: [{scope, n, e}], seed, counter, choice, reason}
 *   counter: the number of this vote, from 1; reason: text, or null for none.
 * ask: {sign(body), box(body)}: each sends JSON and resolves to {status, body}.
 * Resolves to {receipt, counter}; throws VoterError with the name of a sentence.
 * Run again with the same vote, it sends the same vote: nothing counts twice.
 */
export async function castVote(vote, ask) {
  const hidden = await Promise.all(vote.scopes.map((scope) => hide(vote, scope)));
  const blinded = Object.fromEntries(hidden.map((one) => [one.scope, bytesToHex(one.blinded)]));
  const { signed } = accepted(await ask.sign({ blinded }));
  const ready = await Promise.all(hidden.map((one) => credentialOf(one, signed?.[one.scope])));
  const own = hidden.find((one) => one.scope === "choice");
  return { receipt: await receipt(own.pair.key), counter: await castAll(vote, ready, ask) };
}

async function hide({ seed, ballot }, { scope, n, e }) {
  const signer = publicKey({ n, e });
  const pair = await votingKey(seed, ballot, scope);
  return { scope, signer, pair, ...(await blind(seed, ballot, scope, signer, pair.key)) };
}

async function credentialOf(one, signedHex) {
  const signed = hexToBytes(signedHex ?? "");
  return { ...one, credential: await finalize(one.signer, one.pair.key, signed, one.inverse) };
}

/* A box that holds another number of votes (this one was changed on another device)
 * says which is next; we take that, once: whoever votes last has the last word. */
async function castAll(vote, ready, ask) {
  const send = async (counter) => ask.box(await wholeVote({ ...vote, counter }, ready));
  const answer = await send(vote.counter);
  if (answer.status !== 409 || answer.body?.error !== "stale") {
    accepted(answer);
    return vote.counter;
  }
  const next = answer.body.counter;
  accepted(await send(next));
  return next;
}

/** Everything for the box: one line for each scope in a random order, and padding to one length. */
async function wholeVote({ ballot, counter, choice, reason }, ready) {
  const text = (scope) => (scope === "reason" ? { text: reason ?? "" } : {});
  const lines = ready.map(({ scope, pair, credential }) =>
    signedLine(pair, credential, { ballot, scope, counter, choice, ...text(scope) }),
  );
  const asked = ready.some(({ scope }) => scope === "reason") ? text("reason") : {};
  return padded({ counter, choice, ...asked, lines: shuffled(await Promise.all(lines)) });
}

function padded(body) {
  const size = new TextEncoder().encode(JSON.stringify({ ...body, padding: "" })).length;
  return { ...body, padding: "0".repeat(Math.max(0, BODY_BYTES - size)) };
}

const SENTENCES = { 400: "refused", 401: "signed_out", 403: "signed_out", 422: "refused", 503: "busy" };

function accepted({ status, body }) {
  if (status === 200) return body;
  if (body?.error === "closed") throw new VoterError("closed");
  if (body?.error === "other-key") throw new VoterError("other_key");
  if (body?.error === "key-of-another") throw new VoterError("key_of_another");
  throw new VoterError(SENTENCES[status] ?? "network");
}

function shuffled(list) {
  const order = [...list];
  const dice = crypto.getRandomValues(new Uint32Array(order.length));
  for (let i = order.length - 1; i > 0; i--) {
    const j = dice[i] % (i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
