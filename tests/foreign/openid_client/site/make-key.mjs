// Makes the portal's keys, to sign and to unseal: private.json stays here, public.json goes to the operator of Namens.
import { writeFile } from 'node:fs/promises'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'

async function keys(use, alg) {
  const pair = await generateKeyPair(alg, { extractable: true })
  const kid = await calculateJwkThumbprint(await exportJWK(pair.publicKey))
  const described = async (key) => ({ ...(await exportJWK(key)), kid, use, alg })
  return { private: await described(pair.privateKey), public: await described(pair.publicKey) }
}

const made = [await keys('sig', 'ES256'), await keys('enc', 'ECDH-ES+A256KW')]
// wx: an earlier key is never overwritten, for that would lock the portal out.
const written = (part) => JSON.stringify({ keys: made.map((pair) => pair[part]) }, null, 2)
await writeFile('private.json', written('private'), { mode: 0o600, flag: 'wx' })
await writeFile('public.json', written('public'), { flag: 'wx' })
