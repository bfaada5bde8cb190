// The pages of the portal.
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const page = (content) => ({
  html: `<!doctype html>
<html lang="nl">
  <head><meta charset="utf-8"><title>Gemeente Voorbeeld</title></head>
  <body><main><h1>Gemeente Voorbeeld</h1>${content}</main></body>
</html>`,
})

export function firstPage({ login }, words = '') {
  const alert = words && `<p role="alert">${escaped(words)}</p>`
  if (!login) return page(`${alert}<a href="/login">Inloggen</a>`)
  return page(`${alert}
    <pre>${escaped(JSON.stringify(login.claims, null, 2))}</pre>
    <form method="post" action="/act"><button>Doorgeven</button></form>
    <form method="post" action="/logout"><button>Uitloggen</button></form>`)
}

export function leavingPage(address, fields) {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  )
  return page(`<form method="post" action="${escaped(address)}">${inputs.join('')}
    <button>Verder met uitloggen</button></form>`)
}
