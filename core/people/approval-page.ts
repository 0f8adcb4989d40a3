/** The pages that people see behind a link: plain HTML without scripts, readable on a phone. */

import type { Cell, Proof } from '../proof/proof.ts';
import { proofSummary, rowRevision } from '../proof/proof-table.ts';
import { WHILE_ASKING } from '../record/green-address.ts';
import { settingText } from '../release/settings.ts';
import type { Risk } from '../risk/risk.ts';
import { riskFigure } from '../risk/words.ts';
import { type Html, html } from '../text/html.ts';
import { type approvalRequest, fromText, toText } from './approval-request.ts';

/** Headers of every page: nothing is loaded, framed, cached, or told to others. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
} as const;

const STYLE = `
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.4rem; line-height: 1.25 } h2 { font-size: 1.1rem; margin-top: 1.5rem }
code { overflow-wrap: anywhere; font-size: .85em }
dt { font-weight: 600 } dd { margin: 0 0 .5rem }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #8886; vertical-align: top }
.fail { color: #c00; font-weight: 600 } .note { border-left: .25rem solid #c80; padding-left: .75rem }
label { display: block; margin-top: 1rem } input, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem }
.answers { display: flex; flex-direction: row-reverse; gap: 1rem; margin-top: 1rem }
button { font: inherit; flex: 1; padding: .8rem; border-radius: .4rem; border: 1px solid; cursor: pointer }
.approve { background: #17683a; color: #fff } .reject { background: #a11; color: #fff }
`;

const page = (title: string, body: Html): string =>
  `<!doctype html>\n${
    html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${{ html: STYLE }}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`
      .html
  }\n`;

/** What people read when a link or its answer is not good: the same for every cause. */
export const REFUSED_PAGE = page(
  'Nothing to decide here',
  html`<p>This link is not valid, has expired, or has been answered. <code>npx tandem list</code> shows the releases and what they wait for.</p>`,
);

/** One sentence on a page of its own. */
export const sentencePage = (title: string, sentence: string): string =>
  page(title, html`<p>${sentence}</p>`);

/** What a link shows. */
export type ShownRequest = ReturnType<typeof approvalRequest>;

const cellRow = ({ caller, callee, cases, verdict, text }: Cell): Html =>
  html`<tr><td>${caller.colour} ${caller.target}<br>${rowRevision(caller)}</td><td>${callee.colour} ${callee.target}<br>${rowRevision(callee)}</td><td>${cases}</td><td class="${verdict}">${verdict}${text === undefined ? undefined : `: ${text}`}</td></tr>`;

const proofPart = (proof: Proof | undefined): Html =>
  proof
    ? html`<h2>Proof: <span class="${proof.verdict}">${proof.verdict}</span></h2><p>${proofSummary(proof)}</p>${
        proof.cells.length > 0
          ? html`<div class="wide"><table><thead><tr><th>caller</th><th>callee</th><th>cases</th><th>verdict</th></tr></thead><tbody>${proof.cells.map(cellRow)}</tbody></table></div>`
          : undefined
      }`
    : html``;

const changesPart = (changes: ShownRequest['targets'][number]['changes']): Html | undefined =>
  changes.length > 0
    ? html`<ul>${changes.map((change) => html`<li>${settingText(change)}</li>`)}</ul>`
    : undefined;

const targetPart = (target: ShownRequest['targets'][number]): Html => {
  const { name, digest, changes } = target;
  return html`<dt>${name}</dt><dd>${fromText(target)} → <strong>${toText(target)}</strong>${digest === undefined ? undefined : html`<br><code>${digest}</code>`}${changesPart(changes)}</dd>`;
};

/** Where people can look at green; a link leaves this page without its address. */
const greenPart = (targets: ShownRequest['targets']): Html | undefined => {
  const found = targets.flatMap(({ name, green }) => (green ? [{ name, ...green }] : []));
  return found.length > 0
    ? html`<h2>Check green</h2><dl>${found.map(
        ({ name, link, command = '', note }) =>
          html`<dt>${name}</dt><dd>${
            link === undefined
              ? html`<code>${command}</code>`
              : html`<a href="${link}" target="_blank" rel="noreferrer">${link}</a>`
          }<br>${note}</dd>`,
      )}</dl><p>${WHILE_ASKING}</p>`
    : undefined;
};

const riskPart = (risk: Risk | undefined): Html =>
  risk
    ? html`<h2>Risk of a rollback: ${riskFigure(risk)}</h2><ul>${risk.reasons.map((one) => html`<li>${one}</li>`)}</ul>${risk.suggestion ? html`<p>${risk.suggestion.text}</p>` : undefined}`
    : html``;

const stillPart = (names: readonly string[], what: string): readonly Html[] =>
  names.map((name) => html`<dt>${name}</dt><dd>${what}</dd>`);

/** A moment to the minute: `2026-11-23 10:00 UTC`. */
const minuteText = (moment: string): string => `${moment.slice(0, 16).replace('T', ' ')} UTC`;

/** Reject comes first: it is what the key Enter in a field would say. */
const formPart = (nonce: string, fourEyes: boolean): Html =>
  html`<form method="post"><input type="hidden" name="nonce" value="${nonce}"><label>Your name<input name="by" required maxlength="100" autocomplete="name"></label><label>Comment<textarea name="comment" rows="3" maxlength="1000"></textarea></label><div class="answers"><button class="reject" name="decision" value="REJECT">Reject</button>${
    fourEyes
      ? undefined
      : html`<button class="approve" name="decision" value="APPROVE">Approve</button>`
  }</div></form>`;

/** What is to be approved, and the form that decides. */
export const approvalPage = (request: ShownRequest, nonce: string, problem?: string): string => {
  const {
    pair,
    releaseId,
    requestedBy,
    authors = [],
    reason,
    targets,
    unchanged,
    leftAlone,
  } = request;
  return page(
    `Approve release of ${pair}?`,
    html`${problem === undefined ? undefined : html`<p class="note">${problem}</p>`}
<dl><dt>Release</dt><dd><code>${releaseId}</code></dd><dt>Requested by</dt><dd>${requestedBy}</dd>${
      authors.length > 0 ? html`<dt>Authors</dt><dd>${authors.join(', ')}</dd>` : undefined
    }${request.commit ? html`<dt>Commit</dt><dd><code>${request.commit}</code></dd>` : undefined}${
      reason ? html`<dt>Reason</dt><dd>${reason}</dd>` : undefined
    }<dt>Answer until</dt><dd>${minuteText(request.expiresAt)}; then it is rejected</dd></dl>
<h2>What moves</h2><dl>${targets.map(targetPart)}${stillPart(unchanged, 'unchanged')}${stillPart(leftAlone, 'left alone')}</dl>
${greenPart(targets)}
${request.intent === 'rollback' ? html`<p>It rolls back to older revisions, which are not proven again.</p>` : undefined}
${request.underRed ? html`<p class="note">${request.underRed}</p>` : undefined}
<h2>What follows</h2><p>${request.follows}</p>
${riskPart(request.risk)}
${proofPart(request.proof)}
<h2>Your answer</h2>${
      request.fourEyes
        ? html`<p class="note">The pair requires four eyes, and a link does not prove who answers. To approve, a person other than ${[requestedBy, ...authors].join(', ')} runs <code>npx tandem approve ${releaseId}</code>. Anybody can reject here.</p>`
        : undefined
    }${formPart(nonce, request.fourEyes)}`,
  );
};
