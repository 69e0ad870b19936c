/* The voter's part of the secret ballot, in her own browser.
 *
 * Everything she holds follows from one secret seed of 16 bytes: her voting keys,
 * what hides them from the signer, her receipt and her change code. The same steps
 * are written in Python in labengines/voting/voter.py and credentials.py, and byte
 * by byte in labengines/voting/README.md; a test compares the two.
 *
 * Only the browser's own cryptography and BigInt are used: no library. The numbers
 * here need not run in constant time, as they never leave this computer and nobody
 * else can make it compute them again and again with a clock in hand.
 */

const text = new TextEncoder();
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SEED_BYTES = 16;
const DIGEST_BYTES = 48; // SHA-384; the salt is as long
const CHECK_BITS = 12n;
// RFC 8410: the fixed bytes in front of an Ed25519 secret in PKCS #8.
const PKCS8_ED25519 = hexToBytes("302e020100300506032b657004220420");

/** An error whose message is the name of a sentence for the voter. */
export class VoterError extends Error {}

/* Bytes, hex and whole numbers ------------------------------------------- */

export function bytesToHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function hexToBytes(hex) {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new VoterError("problem");
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function toNumber(bytes) {
  return bytes.length ? BigInt("0x" + bytesToHex(bytes)) : 0n;
}

function toBytes(number, length) {
  return hexToBytes(number.toString(16).padStart(2 * length, "0"));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

function power(base, exponent, modulus) {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

function inverse(number, modulus) {
  let [rest, next] = [modulus, number % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  if (rest !== 1n) throw new VoterError("problem");
  return ((factor % modulus) + modulus) % modulus;
}

async function hash(name, bytes) {
  return new Uint8Array(await crypto.subtle.digest(name, bytes));
}

/* What the browser can do -------------------------------------------------- */

/** Whether this browser can do the voter's part. If not, the server does it for
 *  her: there is one algorithm for voting keys, not two. */
export async function canVoteHere() {
  if (!globalThis.crypto?.subtle) return false; // an old browser, or plain http
  try {
    await votingKey(new Uint8Array(SEED_BYTES), "probe", "choice");
    return true;
  } catch {
    return false; // no Ed25519, whatever the browser calls that error
  }
}

/* From the seed: voting keys and blinding factors -------------------------- */

export function newSeed() {
  return crypto.getRandomValues(new Uint8Array(SEED_BYTES));
}

async function derive(seed, purpose, ballot, scope, length) {
  const key = await crypto.subtle.importKey("raw", seed, "HKDF", false, ["deriveBits"]);
  const how = {
    name: "HKDF",
    hash: "SHA-512",
    salt: text.encode("qlabs-voter-1"),
    info: text.encode(`${purpose}\n${ballot}\n${scope}`),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 8 * length));
}

/** The Ed25519 key of one scope: {secret: CryptoKey, key: its public 32 bytes}. */
export async function votingKey(seed, ballot, scope) {
  const bytes = joined(PKCS8_ED25519, await derive(seed, "ed25519", ballot, scope, 32));
  const secret = await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", secret);
  const plain = atob(x.replaceAll("-", "+").replaceAll("_", "/"));
  return { secret, key: Uint8Array.from(plain, (sign) => sign.charCodeAt(0)) };
}

/* Blind RSA: RFC 9474, RSABSSA-SHA384-PSS-Deterministic -------------------- */

/** A signer's public key from the hex of its modulus and exponent. */
export function publicKey({ n, e }) {
  const modulus = toNumber(hexToBytes(n));
  return { n: modulus, e: toNumber(hexToBytes(e)), bits: modulus.toString(2).length };
}

function sizeOf(signer) {
  return Math.ceil(signer.bits / 8);
}

/** Hide the voting key from the signer: {blinded: bytes, inverse: BigInt}. */
export async function blind(seed, ballot, scope, signer, key) {
  const size = sizeOf(signer);
  const mark = bytesToHex(await hash("SHA-256", toBytes(signer.n, size)));
  const stream = await derive(seed, `blind\n${mark}`, ballot, scope, size + 64);
  const salt = await derive(seed, `salt\n${mark}`, ballot, scope, DIGEST_BYTES);
  return blindWith(signer, key, toNumber(stream) % signer.n, salt);
}

/** The same with the factor and the salt given, as the RFC's test vectors need. */
export async function blindWith(signer, message, r, salt) {
  const padded = toNumber(await pssEncode(signer, message, salt));
  const hidden = (padded * power(r, signer.e, signer.n)) % signer.n;
  return { blinded: toBytes(hidden, sizeOf(signer)), inverse: inverse(r, signer.n) };
}

/** Take the blinding off; refuse an answer that is no signature on the message. */
export async function finalize(signer, message, signed, unblind) {
  const size = sizeOf(signer);
  if (signed.length !== size) throw new VoterError("problem");
  const plain = (toNumber(signed) * unblind) % signer.n;
  if (!(await pssMatches(signer, message, power(plain, signer.e, signer.n)))) {
    throw new VoterError("problem");
  }
  return toBytes(plain, size);
}

async function pssEncode(signer, message, salt) {
  const bits = signer.bits - 1;
  const length = Math.ceil(bits / 8);
  const digest = await pssDigest(message, salt);
  const padding = new Uint8Array(length - salt.length - DIGEST_BYTES - 2);
  const block = joined(padding, Uint8Array.of(1), salt);
  const masked = await withMask(digest, block);
  masked[0] &= 0xff >> (8 * length - bits);
  return joined(masked, digest, Uint8Array.of(0xbc));
}

/* The salt stands inside the padding: open it, pad again with that salt, compare. */
async function pssMatches(signer, message, opened) {
  const length = Math.ceil((signer.bits - 1) / 8);
  const encoded = toBytes(opened, length);
  if (encoded.length !== length) return false;
  const end = length - DIGEST_BYTES - 1;
  const block = await withMask(encoded.slice(end, -1), encoded.slice(0, end));
  const again = await pssEncode(signer, message, block.slice(-DIGEST_BYTES));
  return bytesToHex(again) === bytesToHex(encoded);
}

async function pssDigest(message, salt) {
  return hash("SHA-384", joined(new Uint8Array(8), await hash("SHA-384", message), salt));
}

async function withMask(digest, block) {
  const count = Math.ceil(block.length / DIGEST_BYTES);
  const parts = Array.from({ length: count }, (_, i) =>
    hash("SHA-384", joined(digest, Uint8Array.of(0, 0, 0, i))),
  );
  const mask = joined(...(await Promise.all(parts)));
  return block.map((byte, i) => byte ^ mask[i]);
}

/* The ballot itself -------------------------------------------------------- */

/** What the voting key signs for everybody to check; the reason stands only in the scope "reason". */
export function ballotMessage({ ballot, scope, choice, text: reason }) {
  const lines = ["qlabs-ballot-2", ballot, scope, choice];
  if (reason !== undefined) lines.push(reason);
  return text.encode(lines.join("\n"));
}

/** What it signs for the box alone: that this vote is her first, her second, and so on. */
export function counterMessage({ ballot, scope, counter, signature }) {
  return text.encode(["qlabs-counter-2", ballot, scope, counter, signature].join("\n"));
}

/** One line for the box, as the JSON that is sent. vote: {ballot, scope, counter, choice, text}. */
export async function signedLine(pair, credential, vote) {
  const signature = await sign(pair, ballotMessage(vote));
  return {
    scope: vote.scope,
    key: bytesToHex(pair.key),
    credential: bytesToHex(credential),
    signature,
    counter_signature: await sign(pair, counterMessage({ ...vote, signature })),
  };
}

async function sign(pair, message) {
  return bytesToHex(new Uint8Array(await crypto.subtle.sign("Ed25519", pair.secret, message)));
}

/* Codes for people --------------------------------------------------------- */

export async function receipt(key) {
  return grouped(toNumber(await hash("SHA-256", key)) >> 156n, 20);
}

export async function changeCode(seed) {
  return grouped((toNumber(seed) << CHECK_BITS) | (await check(seed)), 28);
}

/** The seed that a change code stands for; says "code" if it was mistyped. */
export async function seedOf(code) {
  const signs = normalCode(code).replaceAll("-", "");
  if (!/^[0-9A-HJKMNP-TV-Z]{28}$/.test(signs)) throw new VoterError("code");
  let number = 0n;
  for (const sign of signs) number = (number << 5n) | BigInt(ALPHABET.indexOf(sign));
  const seed = toBytes(number >> CHECK_BITS, SEED_BYTES);
  if ((number & 0xfffn) !== (await check(seed))) throw new VoterError("code");
  return seed;
}

export function normalCode(code) {
  const signs = code.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  const read = signs.replaceAll("O", "0").replace(/[IL]/g, "1");
  return (read.match(/.{1,4}/g) ?? []).join("-");
}

async function check(seed) {
  const digest = await hash("SHA-256", joined(text.encode("qlabs-change-code-1"), seed));
  return toNumber(digest.slice(0, 2)) >> 4n;
}

export function grouped(number, length) {
  let signs = "";
  for (let place = length - 1; place >= 0; place--) {
    signs += ALPHABET[Number((number >> BigInt(5 * place)) & 31n)];
  }
  return normalCode(signs);
}
