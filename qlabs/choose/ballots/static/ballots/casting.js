/* Casting a vote: one identified request, then the ballots without a name.
 *
 * Nothing here touches the page, so that tests can run it with a server of their
 * own. What travels is described in labengines/voting/README.md.
 */

import { VoterError, blind, bytesToHex, finalize, hexToBytes } from "./voter.js";
import { publicKey, receipt, signedBallot, votingKey } from "./voter.js";

/**
 * Cast, or change, one vote.
 *
 * vote: {ballot, scopes: [{scope, n, e}], seed, counter, choice, reason}
 *   counter: the number of this vote, from 1; reason: text, or null for none.
 * ask: {sign(body), box(body)}: each sends JSON and resolves to {status, body}.
 * Resolves to {receipt, counter}; throws VoterError with the name of a sentence.
 * Run again with the same vote, it sends the same bytes: nothing counts twice.
 */
export async function castVote(vote, ask) {
  const hidden = await Promise.all(vote.scopes.map((scope) => hide(vote, scope)));
  const blinded = Object.fromEntries(hidden.map((one) => [one.scope, bytesToHex(one.blinded)]));
  const { signed } = accepted(await ask.sign({ blinded }));
  let counter = vote.counter;
  // A random order, so that the box cannot learn from it which kinds belong together.
  for (const one of shuffled(hidden)) {
    if (one.scope === "reason" && vote.reason === null) continue;
    counter = Math.max(counter, await castOne(vote, one, signed?.[one.scope], ask));
  }
  const own = hidden.find((one) => one.scope === "choice");
  return { receipt: await receipt(own.pair.key), counter };
}

async function hide({ seed, ballot }, { scope, n, e }) {
  const signer = publicKey({ n, e });
  const pair = await votingKey(seed, ballot, scope);
  return { scope, signer, pair, ...(await blind(seed, ballot, scope, signer, pair.key)) };
}

/* A box that holds a higher number (the vote was changed on another device) says
 * so; we take the next one, once: whoever votes last has the last word. */
async function castOne(vote, one, signedHex, ask) {
  const signed = hexToBytes(signedHex ?? "");
  const credential = await finalize(one.signer, one.pair.key, signed, one.inverse);
  const send = async (counter) => {
    const ballot = { scope: one.scope, counter, choice: vote.choice };
    if (one.scope === "reason") ballot.text = vote.reason;
    return ask.box(await signedBallot(one.pair, credential, vote.ballot, ballot));
  };
  const answer = await send(vote.counter);
  if (answer.status !== 409 || answer.body?.error !== "stale") {
    accepted(answer);
    return vote.counter;
  }
  const next = answer.body.counter + 1;
  accepted(await send(next));
  return next;
}

const SENTENCES = { 400: "refused", 401: "signed_out", 403: "signed_out", 422: "refused", 503: "busy" };

function accepted({ status, body }) {
  if (status === 200) return body;
  if (body?.error === "closed") throw new VoterError("closed");
  if (body?.error === "other-key") throw new VoterError("other_key");
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
