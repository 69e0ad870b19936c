/* Computes fingerprints with the browser's module under Node for test_browser_keys.py.
 * Usage: node browser_keys.mjs FOLDER < [{ballot, scopes, others}] > [[fingerprint, code]] */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { checkCode, fingerprint } = await import(new URL("keys.js", pathToFileURL(process.argv[2] + "/")));

async function found({ ballot, scopes, others }) {
  const whole = await fingerprint(ballot, scopes, others);
  return whole && [whole, checkCode(whole)];
}

const answers = await Promise.all(JSON.parse(readFileSync(0, "utf8")).map(found));
process.stdout.write(JSON.stringify(answers));
