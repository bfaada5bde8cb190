// Asks the browser for a passkey and sends what it gives with the form. The server checks everything.
"use strict";

(() => {
  const form = document.querySelector("form[data-passkey]");
  const written = document.getElementById("passkey-options");
  if (!form || !written) return;

  const failed = form.querySelector("[data-passkey-failed]");
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const toText = (buffer) => {
    const bytes = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  const make = async (asked) => {
    const publicKey = {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
    };
    const made = await navigator.credentials.create({ publicKey });
    const { clientDataJSON, attestationObject } = made.response;
    return [made, { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) }];
  };

  const use = async (asked) => {
    const publicKey = { ...asked, challenge: toBytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
    const used = await navigator.credentials.get({ publicKey });
    const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
    const response = {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : null,
    };
    return [used, response];
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const { creation_options: creation, request_options: request } = JSON.parse(written.textContent);
      const [credential, response] = creation ? await make(creation.publicKey) : await use(request.publicKey);
      form.elements.credential.value = JSON.stringify({
        id: credential.id,
        rawId: toText(credential.rawId),
        type: credential.type,
        response,
        clientExtensionResults: credential.getClientExtensionResults(),
        authenticatorAttachment: credential.authenticatorAttachment,
      });
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
})();
