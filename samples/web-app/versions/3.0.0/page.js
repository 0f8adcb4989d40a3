/** The page that users see, with the autumn colours of 2.0.0. */
import { VERSION } from './version.js';

/** HTML of the start page. */
export const page = () => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Storefront ${VERSION}</title>
  <body style="background:#fff1e0;font-family:sans-serif">
    <h1>Storefront, autumn edition</h1>
    <p>Version <strong>${VERSION}</strong></p>
    <p><a href="/api/data">Data from the API</a></p>
  </body>
</html>
`;
