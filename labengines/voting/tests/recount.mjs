/* The recount once more, written from the README and not from recount.py, with
 * Node's own cryptography: two programs that agree are worth more than one.
 *
 * Usage: node recount.mjs ballot.json   Prints {"problems": [...], "result": {...}}. */

import { createHash, createPublicKey, verify, constants } from "node:crypto";
import { readFileSync } from "node:fs";

const book = JSON.parse(readFileSync(process.argv[2], "utf8"));
const problems = [];
const hash = (...parts) => parts.reduce((h, part) => h.update(part), createHash("sha256")).digest();
const base64url = (hex) => Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex").toString("base64url");
const insist = (holds, name) => holds || problems.includes(name) || problems.push(name);

const jwk = { kty: "RSA", n: base64url(book.key.n), e: base64url(book.key.e) };
const signer = createPublicKey({ key: jwk, format: "jwk" });
const pss = { key: signer, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };

const first = book.format === "qlabs-ballot-file-1"; // with a counter in each vote
const message = ({ counter, choice }) =>
  first
    ? ["qlabs-ballot-1", book.ballot.id, "choice", counter, choice].join("\n")
    : ["qlabs-ballot-2", book.ballot.id, "choice", choice].join("\n");

const keys = new Set();
const tallies = new Map(book.options.map(({ id }) => [id, 0]));
let blanks = 0;
let before = Buffer.alloc(0);
for (const vote of book.votes) {
  const { key, choice, credential, signature } = vote;
  const raw = Buffer.from(key, "hex");
  insist(verify("sha384", raw, pss, Buffer.from(credential, "hex")), "credential");
  const voter = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: base64url(key) }, format: "jwk" });
  insist(verify(null, Buffer.from(message(vote)), voter, Buffer.from(signature, "hex")), "signature");
  insist(!keys.has(key), "twice");
  keys.add(key);
  insist(Buffer.compare(before, hash(raw)) <= 0, "order");
  before = hash(raw);
  if (choice === "") blanks += 1;
  else if (tallies.has(choice)) tallies.set(choice, tallies.get(choice) + 1);
  else insist(false, "option");
}
insist(book.votes.length <= book.keys_signed && book.keys_signed <= book.roll.size, "too many");

/* Options that keep their titles, keys fixed at the opening, and who took part: not in the first format. */
if (!first) {
  const text = (...lines) => hash(...lines.map((line) => `${line}\n`)).toString("hex");
  const plain = (words) => hash(words).toString("hex");
  const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  book.options.forEach(({ id, title }, place) => {
    const digest = text("qlabs-option-1", book.ballot.id, place + 1, plain(book.ballot.question), plain(title));
    const bits = BigInt(`0x${digest}`).toString(2).padStart(256, "0");
    const name = Array.from({ length: 16 }, (_, i) => signs[parseInt(bits.slice(5 * i, 5 * i + 5), 2)]);
    insist(id === name.join(""), "title");
  });
  const number = (hex) => BigInt(`0x${hex}`).toString(16);
  const { hashes, sha256 } = book.keys;
  insist(hashes.choice === text("qlabs-key-1", number(book.key.n), number(book.key.e)), "key");
  const scopes = Object.keys(hashes).sort();
  const all = scopes.flatMap((scope) => [scope, hashes[scope]]);
  insist(sha256 === text("qlabs-keys-1", book.ballot.id, ...all), "fingerprint");
  const { codes, took_part: took, size } = book.roll;
  const inOrder = (list) => list.every((one, place) => place === 0 || list[place - 1] < one);
  insist(inOrder(codes) && inOrder(took) && codes.length === size, "codes");
  insist(took.every((one) => codes.includes(one)), "not on the roll");
  insist(book.votes.length <= took.length && took.length === book.keys_signed, "more votes than codes");
}

/* RFC 6962 as it is written: split at the largest power of two below the size. */
function root(lines) {
  if (lines.length === 0) return hash("");
  if (lines.length === 1) return hash(Buffer.of(0), lines[0]);
  let split = 1;
  while (split * 2 < lines.length) split *= 2;
  return hash(Buffer.of(1), root(lines.slice(0, split)), root(lines.slice(split)));
}
const fields = ["key", ...(first ? ["counter"] : []), "choice", "credential", "signature"];
const lines = book.votes.map((vote) => fields.map((name) => vote[name]).join("\n"));
insist(root(lines).toString("hex") === book.merkle_root, "root");

const most = Math.max(...tallies.values());
let winners = most > 0 ? [...tallies.keys()].filter((id) => tallies.get(id) === most) : [];
const tied = winners.length > 1 ? winners : [];
if (tied.length && book.ballot.tie_rule === "run-off") winners = [];
if (tied.length && book.ballot.tie_rule === "lot") {
  const seed = Buffer.from(book.ballot.lot.seed, "hex");
  insist(hash(seed).toString("hex") === book.ballot.lot.commitment, "lot");
  winners = [[...tied].sort((a, b) => Buffer.compare(hash(seed, a), hash(seed, b)))[0]];
}
const result = { tallies: Object.fromEntries(tallies), blanks, winners, tied };
const same = ["tallies", "blanks", "winners", "tied"].every(
  (name) => JSON.stringify(result[name]) === JSON.stringify(book.result[name]),
);
insist(same, "result");
process.stdout.write(JSON.stringify({ problems, result }));
