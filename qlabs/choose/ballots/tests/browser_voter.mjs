/* Runs the browser's modules under Node for test_browser_voter.py.
 * Usage: node browser_voter.mjs FOLDER < question.json > answer.json */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(process.argv[2] + "/");
const voter = await import(new URL("voter.js", folder));
const { castVote } = await import(new URL("casting.js", folder));
const { bytesToHex: hex, hexToBytes: bytes } = voter;

async function part({ seed, ballot, scope, n, e, signed, vote }) {
  const signer = voter.publicKey({ n, e });
  const pair = await voter.votingKey(bytes(seed), ballot, scope);
  const { blinded, inverse } = await voter.blind(bytes(seed), ballot, scope, signer, pair.key);
  const answer = { key: hex(pair.key), blinded: hex(blinded) };
  answer.receipt = await voter.receipt(pair.key);
  answer.code = await voter.changeCode(bytes(seed));
  if (!signed) return answer;
  const credential = await voter.finalize(signer, pair.key, bytes(signed), inverse);
  return { ...answer, sent: await voter.signedLine(pair, credential, { ballot, scope, ...vote }) };
}

async function rfc({ n, e, msg, salt, r, blind_sig }) {
  const signer = voter.publicKey({ n, e });
  const { blinded, inverse } = await voter.blindWith(signer, bytes(msg), BigInt("0x" + r), bytes(salt));
  const sig = await voter.finalize(signer, bytes(msg), bytes(blind_sig), inverse);
  return { blinded_msg: hex(blinded), inv: inverse.toString(16), sig: hex(sig) };
}

async function seeds({ codes }) {
  return Promise.all(codes.map(async (code) => {
    try {
      return hex(await voter.seedOf(code));
    } catch (error) {
      return error.message;
    }
  }));
}

/* Casts against answers prepared in Python: signed by scope, then the answers of the box in turn. */
async function cast({ vote, signed, answers }) {
  const log = [];
  const ask = {
    sign: async (body) => (log.push(body), signed),
    box: async (body) => (log.push(body), answers.shift() ?? { status: 200, body: {} }),
  };
  try {
    return { done: await castVote({ ...vote, seed: bytes(vote.seed) }, ask), log };
  } catch (error) {
    return { error: error.message, log };
  }
}

async function timing({ seed, n, e, signed }) {
  const signer = voter.publicKey({ n, e });
  const { key } = await voter.votingKey(bytes(seed), "b", "choice");
  const start = performance.now();
  for (let i = 0; i < 20; i++) await voter.blind(bytes(seed), "b", "choice", signer, key);
  const between = performance.now();
  const { inverse } = await voter.blind(bytes(seed), "b", "choice", signer, key);
  for (let i = 0; i < 20; i++) await voter.finalize(signer, key, bytes(signed), inverse);
  return { blind: (between - start) / 20, finalise: (performance.now() - between) / 20 };
}

const question = JSON.parse(readFileSync(0, "utf8"));
const answer = await { part, rfc, seeds, cast, timing }[question.run](question);
process.stdout.write(JSON.stringify(answer));
