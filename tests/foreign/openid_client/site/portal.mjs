// A portal on openid-client 6, for the profiles nlgov and fapi: PAR, PKCE, private_key_jwt, DPoP, back-channel logout.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRemoteJWKSet, importJWK, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { firstPage, leavingPage } from './pages.mjs'

const { ISSUER, CLIENT_ID, SERVICE, ADDRESS, PORT, KEY, BSN } = process.env
const ALGORITHM = 'PS256' // of ID tokens and logout tokens, as registered
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

const [signing, unsealing] = JSON.parse(await readFile(KEY, 'utf8')).keys
const proof = client.PrivateKeyJwt({ key: await importJWK(signing), kid: signing.kid })
const onThisMachine = ISSUER.startsWith('http://localhost:') // for tests only; the library refuses http otherwise
const namens = await client.discovery(
  new URL(ISSUER),
  CLIENT_ID,
  { id_token_signed_response_alg: ALGORITHM },
  proof,
  { execute: onThisMachine ? [client.allowInsecureRequests] : [] },
)
// A BSN is asked for by name, and comes in an ID token that only this portal can unseal.
const WISHES = { id_token: { name: null, 'urn:nl-eid-gdi:1.0:id:BSN': null }, userinfo: { name: null } }
if (BSN) {
  const { alg, kid } = unsealing
  client.enableDecryptingResponses(namens, ['A256GCM'], { key: await importJWK(unsealing), alg, kid })
}
// Tokens are bound to this key: who steals one cannot use it. It lives as long as this process, as the logins do.
const DPoP = client.getDPoPHandle(namens, await client.randomDPoPKeyPair('ES256'))
const keysOfNamens = createRemoteJWKSet(new URL(namens.serverMetadata().jwks_uri))

// By the number in the cookie; the oldest go first. A portal with more than one process keeps this, and the DPoP key, in its database.
const visits = new Map()

const routes = {
  'GET /': (visit) => firstPage(visit),
  'GET /login': logIn,
  'GET /login/back': back,
  'POST /act': act,
  'POST /logout': logOut,
  'POST /logout/notice': notice,
}

// Goes to Namens. What is asked is pushed first (PAR): the address holds no more than a reference to it.
async function logIn(visit) {
  const verifier = client.randomPKCECodeVerifier()
  visit.asked = { verifier, state: client.randomState(), nonce: client.randomNonce() }
  const question = {
    redirect_uri: `${ADDRESS}/login/back`,
    scope: `openid urn:uuid:${SERVICE}`,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: visit.asked.state,
    nonce: visit.asked.nonce,
    ...(BSN && { claims: JSON.stringify(WISHES) }),
  }
  return { to: await client.buildAuthorizationUrlWithPAR(namens, question, { DPoP }) }
}

// Comes back from Namens. The library checks sender, state, nonce, signature, times and audience.
async function back(visit, request) {
  const { asked } = visit
  delete visit.asked
  if (!asked) return { status: 400, ...firstPage(visit, 'Inloggen is niet gelukt.') }
  try {
    const checks = { pkceCodeVerifier: asked.verifier, expectedState: asked.state, expectedNonce: asked.nonce }
    const here = new URL(request.url, ADDRESS)
    const tokens = await client.authorizationCodeGrant(namens, here, { ...checks, idTokenExpected: true }, {}, { DPoP })
    const idToken = client.getDecryptedResponses(tokens)?.id_token?.token_endpoint ?? tokens.id_token
    // The login lasts as long as its access token, a quarter of an hour.
    const until = Date.now() + 1000 * tokens.expiresIn()
    return { to: '/', begins: { tokens, idToken, claims: tokens.claims(), until } }
  } catch (problem) {
    if (problem.error === 'access_denied') return firstPage(visit, 'U hebt het inloggen geannuleerd.')
    console.warn('login failed:', problem.error ?? problem.code ?? problem.name)
    return { status: 400, ...firstPage(visit, 'Inloggen is niet gelukt.') }
  }
}

// Does something that matters. First asks Namens whether this login still holds, and uses what it says now.
async function act(visit) {
  if (!visit.login) return { status: 403, ...firstPage(visit, 'Log eerst in.') }
  const { tokens, claims } = visit.login
  try {
    const fresh = await client.fetchUserInfo(namens, tokens.access_token, claims.sub, { DPoP })
    visit.login.claims = { ...claims, ...fresh }
    return firstPage(visit, 'Doorgegeven.')
  } catch (problem) {
    if (problem.status !== 401) throw problem
    delete visit.login
    return { status: 403, ...firstPage(visit, 'Deze machtiging geldt niet meer. U bent uitgelogd.') }
  }
}

// Ends the login here, and at Namens. The ID token (as it is inside, when it came sealed) has personal data, so it goes in
// a form, not in an address.
function logOut(visit) {
  if (!visit.login) return { to: '/' }
  const fields = { id_token_hint: visit.login.idToken, post_logout_redirect_uri: `${ADDRESS}/` }
  delete visit.login
  return leavingPage(namens.serverMetadata().end_session_endpoint, fields)
}

// Hears from Namens that a login ended (OpenID Connect Back-Channel Logout 1.0, 2.6).
async function notice(_, request) {
  try {
    const token = new URLSearchParams(await body(request)).get('logout_token') ?? ''
    const rules = { issuer: ISSUER, audience: CLIENT_ID, typ: 'logout+jwt', algorithms: [ALGORITHM] }
    const required = { requiredClaims: ['sid', 'jti', 'iat', 'exp', 'events'], clockTolerance: 30 }
    const { payload } = await jwtVerify(token, keysOfNamens, { ...rules, ...required })
    if (!(LOGOUT_EVENT in payload.events) || 'nonce' in payload) return { status: 400 }
    for (const visit of visits.values()) if (visit.login?.claims.sid === payload.sid) delete visit.login
    return { status: 200 }
  } catch {
    return { status: 400 }
  }
}

async function body(request) {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > 20_000) throw new Error('too long')
  }
  return text
}

// Gives what is known of this browser. A login begins with another number, so that nobody can choose it beforehand.
function visitOf(request) {
  const number = /(?:^|; )portal=([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1]
  if (!visits.has(number)) return [undefined, {}]
  const visit = visits.get(number)
  if (visit.login?.until < Date.now()) delete visit.login
  return [number, visit]
}

function kept(visit, number = randomBytes(32).toString('base64url')) {
  visits.set(number, visit)
  if (visits.size > 10_000) visits.delete(visits.keys().next().value)
  const secure = ADDRESS.startsWith('https:') ? '; Secure' : ''
  return `portal=${number}; Path=/; HttpOnly; SameSite=Lax${secure}`
}

async function answer(request, response) {
  const handler = routes[`${request.method} ${new URL(request.url, ADDRESS).pathname}`]
  if (!handler) return response.writeHead(404).end()
  const [number, visit] = visitOf(request)
  const { status = 200, html, to, begins } = await handler(visit, request)
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  if (begins) {
    visits.delete(number)
    headers['set-cookie'] = kept({ login: begins })
  } else if (visit.asked && !number) headers['set-cookie'] = kept(visit)
  if (to) headers.location = String(to)
  response.writeHead(to ? 303 : status, headers).end(html)
}

createServer((request, response) => {
  answer(request, response).catch((problem) => {
    console.error('request failed:', problem.error ?? problem.code ?? problem.name)
    response.writeHead(503).end('Probeer het later nog eens.')
  })
}).listen(Number(PORT), 'localhost')
