"""The storyboard's look: paper and ink, light or dark, on a desk, on a phone and in print."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c1d1f;--soft:#686b70;--paper:#f5f2eb;--card:#fffdf9;--rule:#e0dacd;
--mark:#b4532a;--black:#1c1d1f;--quiet:#cfc8b8;--r0:#a3482c;--r1:#2c6e74;--r2:#7a5a1e;--r3:#5b4a8f;--r4:#8a3a5e;--r5:#3f6b35}
@media(prefers-color-scheme:dark){:root{--ink:#ece8df;--soft:#9d9a93;--paper:#141416;--card:#1d1e21;--rule:#313236;
--mark:#e58a5c;--black:#5f6066;--quiet:#45464b;--r0:#e59372;--r1:#72bcc2;--r2:#d3ae62;--r3:#aa9be0;--r4:#e08db1;--r5:#94c487}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
.page{max-width:1400px;margin:0 auto;padding:56px 40px 72px}
h1,h2{font-family:ui-serif,"Iowan Old Style",Georgia,"Times New Roman",serif;font-weight:600;margin:0;
text-wrap:balance}
h1{font-size:clamp(30px,5vw,46px);line-height:1.1;letter-spacing:-.01em}
.by{margin:6px 0 0;color:var(--soft)}
.facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:22px 0 0;padding:0;list-style:none;color:var(--soft)}
.facts b{color:var(--ink);font-weight:600}
.rhythm{display:flex;gap:2px;height:26px;margin:26px 0 10px}
.rhythm a{flex:var(--s) 0 0;min-width:2px;background:var(--c,var(--quiet));border-radius:2px}
.rhythm a.card{background:var(--black)}
.rhythm a.footage{background:repeating-linear-gradient(45deg,var(--c,var(--soft)) 0 3px,transparent 3px 6px)}
.rhythm a:hover,.rhythm a:focus-visible{outline:2px solid var(--mark);outline-offset:1px}
.key{display:flex;flex-wrap:wrap;gap:2px 18px;margin:0;padding:0;list-style:none;font-size:13px;color:var(--soft)}
.key i{display:inline-block;width:10px;height:10px;margin-right:6px;border-radius:2px;background:var(--c,var(--quiet))}
.key i.footage{background:repeating-linear-gradient(45deg,var(--soft) 0 2px,transparent 2px 4px)}
section{margin-top:52px}
.heading{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 16px;padding-bottom:10px;margin-bottom:20px;
border-bottom:1px solid var(--rule)}
h2{font-size:21px}
.heading span{color:var(--soft);font-size:14px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,320px),1fr));gap:26px 22px;align-items:start}
figure{margin:0;background:var(--card);border:1px solid var(--rule);border-radius:8px;overflow:hidden;
scroll-margin-top:20px}
figure:target{border-color:var(--mark);box-shadow:0 0 0 1px var(--mark)}
.still{position:relative;aspect-ratio:var(--aspect);background:#0c0c0e;color:#f2efe8}
.still img{display:block;width:100%;height:100%;object-fit:cover}
.words{position:absolute;inset:0;display:grid;place-content:center;gap:4px;padding:8% 10%;text-align:center;
white-space:pre-line;font:14px/1.45 ui-serif,Georgia,serif;overflow:hidden}
.words b{font-size:20px;font-weight:600}
.words span{color:#b9b5ac}
.problem{position:absolute;inset:0;display:grid;place-content:center;padding:8%;text-align:center;color:#f0b7a0;
font-size:14px}
.title{position:absolute;left:6%;right:6%;bottom:8%;font:600 15px/1.3 ui-serif,Georgia,serif;text-align:center;
text-shadow:0 1px 6px #000}
figcaption{padding:12px 16px 15px}
.camera{display:flex;gap:10px;align-items:baseline;font-size:13px;color:var(--soft)}
.camera b{color:var(--ink);font-size:15px}
.camera .what{flex:1;min-width:0;overflow-wrap:anywhere}
.camera .chip{color:var(--mark)}
.line,.action{margin:9px 0 0;font:15.5px/1.48 ui-serif,"Iowan Old Style",Georgia,serif;overflow-wrap:anywhere}
.who{display:block;font:600 11.5px/1.5 ui-sans-serif,system-ui,sans-serif;letter-spacing:.06em;
text-transform:uppercase;color:var(--c,var(--soft))}
.who small{font:inherit;color:var(--soft);letter-spacing:0;text-transform:none;font-weight:400}
.action{color:var(--soft);font-style:italic}
.join{margin:11px 0 0;padding-top:9px;border-top:1px dashed var(--rule);font-size:13px;color:var(--mark)}
@media(max-width:600px){.page{padding:32px 16px 48px}section{margin-top:40px}.grid{gap:18px}.facts{gap:4px 20px}}
@media print{:root{--ink:#000;--soft:#555;--paper:#fff;--card:#fff;--rule:#ccc;--mark:#8a3a18;--quiet:#ccc;--r0:#8a3a22;
--r1:#215a5f;--r2:#664b18;--r3:#4a3c78;--r4:#73304e;--r5:#34592c}
@page{size:A4 landscape;margin:12mm}
body{font-size:11px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.page{max-width:none;padding:0}section{margin-top:22px}h1{font-size:28px}h2{font-size:15px}
.grid{grid-template-columns:repeat(3,1fr);gap:12px}
figure,.rhythm{break-inside:avoid}.heading{break-after:avoid;margin-bottom:12px}
.line,.action{font-size:11.5px;margin-top:6px}.camera,.camera b,.join,.key{font-size:10.5px}.who{font-size:9px}
figcaption{padding:8px 10px 10px}}
"""
