/* The keys of a vote are fixed when it opens. Here the browser computes what the page hands out: the same steps as in
 * labengines/voting/fingerprints.py, byte by byte in the README there. A page with another key is refused in check.js. */

import { bytesToHex, grouped, publicKey } from "./voter.js";

const text = new TextEncoder();
const CODE_SIGNS = 16;

async function sha256(words) {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", text.encode(words))));
}

/** The SHA-256 of one key, from the hex of its modulus and exponent. */
export async function keyHash(key) {
  const { n, e } = publicKey(key);
  return sha256(`qlabs-key-1\n${n.toString(16)}\n${e.toString(16)}\n`);
}

/**
 * The SHA-256 over all keys of a vote, or null if a scope stands there twice.
 * scopes: [{scope, n, e}] of this voter; others: {scope: key hash} of the rest.
 */
export async function fingerprint(ballot, scopes, others) {
  const hashes = new Map(Object.entries(others));
  for (const key of scopes) {
    if (hashes.has(key.scope)) return null;
    hashes.set(key.scope, await keyHash(key));
  }
  const lines = [...hashes.keys()].sort().map((scope) => `${scope}\n${hashes.get(scope)}\n`);
  return sha256(`qlabs-keys-1\n${ballot}\n${lines.join("")}`);
}

/** The first 80 bits of a fingerprint as people compare them. */
export function checkCode(fingerprint) {
  return grouped(BigInt(`0x${fingerprint.slice(0, 20)}`), CODE_SIGNS);
}
