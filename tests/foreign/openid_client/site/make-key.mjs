// Makes the portal's key: private.json stays here, public.json goes to the operator of Namens.
import { writeFile } from 'node:fs/promises'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'

const pair = await generateKeyPair('ES256', { extractable: true })
const kid = await calculateJwkThumbprint(await exportJWK(pair.publicKey))
const described = async (key) => ({ ...(await exportJWK(key)), kid, use: 'sig', alg: 'ES256' })

// wx: an earlier key is never overwritten, for that would lock the portal out.
await writeFile('private.json', JSON.stringify(await described(pair.privateKey)), { mode: 0o600, flag: 'wx' })
await writeFile('public.json', JSON.stringify({ keys: [await described(pair.publicKey)] }), { flag: 'wx' })
