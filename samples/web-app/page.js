/** The page that users see. */
import { VERSION } from './version.js';

/** HTML of the start page. */
export const page = () => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Storefront ${VERSION}</title>
  <body style="background:#e8f1ff;font-family:sans-serif">
    <h1>Storefront</h1>
    <p>Version <strong>${VERSION}</strong></p>
    <p><a href="/api/data">Data from the API</a></p>
  </body>
</html>
`;
