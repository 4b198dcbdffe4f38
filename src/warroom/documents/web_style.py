"""The style sheet of web pages: light, dark and print, from 320 pixels wide to A4 paper."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fff; --panel: #f5f6f8; --ink: #1b1f24; --soft: #565f6b; --line: #d5dae1; --faint: #e9ecf0;
  --accent: #1f5fa8; --accent-ink: #fff; --late: #b3261e; --good: #17713f;
  --sev1: #f7cfcb; --sev2: #fbdfba; --sev3: #f6efb9; --sev4: #dde6ef;
  --sev1-edge: #b3261e; --sev2-edge: #b15c00; --sev3-edge: #7d6b00; --sev4-edge: #566d86;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --panel: #1d2127; --ink: #e7eaee; --soft: #a7b0bb; --line: #3a424d; --faint: #262c34;
    --accent: #8ab8ee; --accent-ink: #10151b; --late: #ff9a90; --good: #7fd3a2;
    --sev1: #5c2320; --sev2: #553511; --sev3: #4a4212; --sev4: #2b3947;
    --sev1-edge: #ff8a80; --sev2-edge: #f0a95a; --sev3-edge: #d9c64d; --sev4-edge: #92aac4;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 57rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
h1, h2, h3, p, li, dt, dd, figcaption { overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; text-wrap: pretty; }
p, dd, li { white-space: pre-wrap; }
h1 { font-size: 1.75rem; letter-spacing: -.01em; margin: 0 0 1.25rem; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: .95rem; margin: 1.5rem 0 .5rem; color: var(--soft); font-variant-numeric: tabular-nums; }
p { margin: .75rem 0; max-width: 44rem; }
.strong { font-size: 1.1rem; }
.drill, header .strong { color: var(--late); }
dl { margin: .75rem 0; display: grid; gap: .35rem 1.5rem; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; }
header dl {
  display: flex; flex-wrap: wrap; gap: 1px; margin: 0;
  background: var(--line); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden;
}
header dl div { flex: 1 1 14rem; background: var(--panel); padding: .6rem .9rem .7rem; }
header dl dd { font-weight: 600; line-height: 1.4; }
ul, ol { margin: .5rem 0; padding-left: 1.4rem; }
li { margin: .3rem 0; }
ol > li { margin: .8rem 0; padding-left: .2rem; }
li::marker { color: var(--soft); }
li ul { margin: .15rem 0 0; padding-left: 0; list-style: none; }
li li { margin: .1rem 0; color: var(--soft); }
li li b { font-weight: 400; }
li > b { font-weight: 600; font-variant-numeric: tabular-nums; }
.times { list-style: none; padding: 0; }
.times > li { margin: 0; padding: .35rem 0; display: grid; grid-template-columns: max-content 1fr; gap: 0 .6rem; }
.times > li + li { border-top: 1px solid var(--faint); }
.times > li > b:first-child { color: var(--soft); font-weight: 400; min-width: 3rem; }
.times.labelled > li { grid-template-columns: max-content 8.5rem 1fr; }
.times.labelled > li:not(:has(> b + b)) { grid-template-columns: max-content 1fr; }
.times > li > ul { grid-column: 2 / -1; }
.times.aligned { display: grid; grid-template-columns: fit-content(40%) 1fr; column-gap: .9rem; }
.times.aligned > li { grid-column: 1 / -1; grid-template-columns: subgrid; }
.picture { margin: 2rem 0 0; padding: 0; }
.picture > svg { display: block; width: 100%; height: auto; }
.picture .narrow { display: none; }
.picture text { font-size: 12px; fill: var(--ink); }
.picture .name, .picture .time { fill: var(--soft); font-variant-numeric: tabular-nums; }
.picture .day, .picture .moment, .picture .amount { font-weight: 600; }
.picture .late-by { fill: var(--late); font-weight: 600; }
.picture text.halo { fill: var(--paper); stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.picture .number { font-weight: 600; font-size: 11px; }
line, path, rect, circle { fill: none; stroke: none; }
.axis, .base { stroke: var(--line); }
.grid { stroke: var(--faint); }
.midnight { stroke: var(--soft); stroke-dasharray: 1 3; }
.rule { stroke: var(--soft); stroke-width: 1.25; }
.stem { stroke: var(--soft); }
.sev.sev1 { fill: var(--sev1); } .sev.sev2 { fill: var(--sev2); }
.sev.sev3 { fill: var(--sev3); } .sev.sev4 { fill: var(--sev4); }
.step { stroke-width: 2.5; }
.step.sev1 { stroke: var(--sev1-edge); } .step.sev2 { stroke: var(--sev2-edge); }
.step.sev3 { stroke: var(--sev3-edge); } .step.sev4 { stroke: var(--sev4-edge); }
.stage { fill: var(--panel); stroke: var(--soft); }
.message { fill: var(--ink); stroke: var(--paper); stroke-width: 1.5; }
.due { fill: var(--paper); stroke: var(--ink); stroke-width: 1.75; }
.kept { stroke: var(--ink); stroke-width: 1.75; }
.waiting { stroke: var(--ink); stroke-width: 1.75; stroke-dasharray: 1 4; stroke-linecap: round; }
.overdue { stroke: var(--late); stroke-width: 2.5; stroke-dasharray: 5 4; }
.late, .missed { fill: var(--paper); stroke: var(--late); stroke-width: 2; }
.missed { stroke-width: 2.5; }
.check { stroke: var(--good); stroke-width: 2; }
.decision { fill: var(--accent); stroke: var(--paper); }
.decision + .number { fill: var(--accent-ink); }
.undone { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 3 2; }
.escalation { fill: var(--late); stroke: var(--paper); }
.cost { fill: var(--panel); }
.slope { stroke: var(--soft); stroke-width: 1.75; }
.count { fill: var(--accent); }
.took { fill: var(--ink); fill-opacity: .45; }
.median { stroke: var(--accent); stroke-width: 3; }
.update-kept { fill: var(--good); } .update-late { fill: var(--late); }
.update-missed { fill: var(--paper); stroke: var(--late); stroke-width: 2; }
.update-running { fill: var(--paper); stroke: var(--soft); stroke-dasharray: 3 2; }
figcaption { margin-top: .5rem; font-size: .85rem; color: var(--soft); }
figcaption p { margin: .4rem 0 0; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; padding: 0; margin: 0; }
.legend li { display: flex; align-items: center; gap: .5rem; margin: 0; }
.key { width: 34px; height: 16px; flex: none; overflow: visible; }
@media screen and (max-width: 40rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.4rem; }
  h2 { margin-top: 2.25rem; }
  header dl div { flex-basis: 9rem; padding: .5rem .7rem .6rem; }
  .picture { max-width: 30rem; }
  .picture .wide { display: none; }
  .picture .narrow { display: block; }
  .times.labelled > li { grid-template-columns: max-content 1fr; }
  .times.labelled > li > b:first-child { grid-row: span 2; }
  .times.long > li, .times.long > li:not(:has(> b + b)) { display: block; }
  .times.long > li > b { display: block; }
  .times.long.aligned { display: block; }
}
@page {
  size: A4; margin: 16mm 15mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --panel: #f5f6f8; --ink: #000; --soft: #444b55; --line: #b9c0c9; --faint: #e1e5ea;
    --accent: #1f5fa8; --accent-ink: #fff; --late: #b3261e; --good: #17713f;
    --sev1: #f7cfcb; --sev2: #fbdfba; --sev3: #f6efb9; --sev4: #dde6ef;
    --sev1-edge: #b3261e; --sev2-edge: #b15c00; --sev3-edge: #7d6b00; --sev4-edge: #566d86;
  }
  body { font-size: 10pt; max-width: none; padding: 0; }
  h1 { font-size: 17pt; }
  h2 { font-size: 12.5pt; margin-top: 1.75rem; }
  h1, h2, h3 { break-after: avoid; }
  li, dd, .picture, header { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  header dl { gap: 0; }
  header dl div { box-shadow: 0 0 0 .5pt var(--line); }
  header dl, header dl div { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
