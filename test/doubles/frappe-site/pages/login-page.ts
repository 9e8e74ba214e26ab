import { STYLE_PATH } from "./assets.ts";

/** Sign-in form; it posts to `/api/method/login` and goes where the answer or `redirect-to` says. */
export function loginPage(): string {
  return `<!DOCTYPE html>
<html lang="en" data-theme="light">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Login</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body data-path="login" class="login-page">
  <form class="form-signin form-login" method="post" action="/api/method/login">
    <h1>Stand-in HR site</h1>
    <label>User <input id="login_email" name="usr" autocomplete="username" required autofocus></label>
    <label>Password <input id="login_password" name="pwd" type="password" autocomplete="current-password" required></label>
    <p class="login-error" role="alert"></p>
    <button class="btn btn-primary btn-login" type="submit">Login</button>
  </form>
  <script>
    document.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const reply = await fetch("/api/method/login", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
      const body = await reply.json();
      if (!reply.ok) { document.querySelector(".login-error").textContent = body.message; return; }
      location.href = new URLSearchParams(location.search).get("redirect-to") || body.home_page;
    });
  </script>
</body>
</html>
`;
}

/** The sign-in page of a proxy that stands in front of the site. */
export function proxyLoginPage(): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Company sign-in</title><link rel="icon" href="data:,"></head>
<body><form method="post" action="/.proxy/sign-in"><h1>Company sign-in</h1><button type="submit">Continue</button></form></body></html>
`;
}
