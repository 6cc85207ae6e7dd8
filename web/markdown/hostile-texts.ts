/**
 * What people send to make a chat run script (security 41). Two lists that are crossed, addresses
 * and the ways to write a link, and one of HTML, taken from the well-known cheat sheets and from
 * published mutation-XSS cases. `alert(1)` stands for the harm: a browser test counts its calls.
 */
const addresses = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'java%0ascript:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  'javascript&#x3a;alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)',
  'javascript://%0aalert(1)',
  'javascript:/*https://example.com*/alert(1)',
  'javascript:https://example.com/%0aalert(1)',
  'jav\u00ADascript:alert(1)',
  '\u200Bjavascript:alert(1)',
  '\uFEFFjavascript:alert(1)',
  'java\\script:alert(1)',
  'vbscript:msgbox(1)',
  'VBScript:Execute(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'DATA:text/html;charset=utf-8,x',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  'filesystem:https://example.com/x',
  'about:blank',
  'view-source:javascript:alert(1)',
  'feed:javascript:alert(1)',
  'jar:javascript:alert(1)!/',
  'ws://example.com',
  'ftp://example.com',
  'tel:+1',
  'sms:+1',
  'intent://x#Intent;scheme=javascript;end',
  'ms-settings:',
  'mocha:alert(1)',
  'livescript:alert(1)',
  '//example.com',
]

const ways: ((address: string) => string)[] = [
  (address) => `[click](${address})`,
  (address) => `[click](<${address}>)`,
  (address) => `![image](${address} "title")`,
  (address) => `<${address}>`,
  (address) => `[ref][1]\n\n[1]: ${address}`,
  (address) => `<a href="${address}">click</a>`,
  (address) => `[![in](${address})](${address})`,
  (address) => `**[a](${address})** > \`[b](${address})\``,
  (address) => `| a | b |\n|---|:-:|\n| [x](${address}) | <${address}> |`,
  (address) => `- [x] [a](${address})\n- [ ] ![b](${address})\n  - [c](${address})`,
  (address) => `:tada: [:tada:](${address}) :${address}:`,
]

const html = `
<script>alert(1)</script>
<SCRIPT SRC=//example.com/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img src=x onerror="alert(1)"//
<IMG """><SCRIPT>alert(1)</SCRIPT>">
<img src="x\` \`<script>alert(1)</script>"\` \`>
<svg onload=alert(1)>
<svg/onload=alert(1)>
<svg><script>alert&#40;1)</script></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><a xlink:href="javascript:alert(1)"><text x=9 y=9>x</text></a></svg>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<template><script>alert(1)</script></template>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<iframe src=javascript:alert(1)></iframe>
<object data="javascript:alert(1)"></object>
<embed src="javascript:alert(1)">
<base href="javascript:/a/">
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<link rel=stylesheet href=//example.com/x.css>
<style>@import'//example.com/x.css';</style>
<body onload=alert(1)>
<input autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)>
<video><source onerror=alert(1)></video>
<audio src onerror=alert(1)>
<marquee onstart=alert(1)>
<form action=javascript:alert(1)><button>x</button></form>
<button formaction=javascript:alert(1)>x</button>
<isindex type=image src=1 onerror=alert(1)>
<textarea autofocus onfocus=alert(1)></textarea>
<x onclick=alert(1) tabindex=1 id=x>#x</x>
<div style="background:url(javascript:alert(1))">x</div>
<div style="width:expression(alert(1))">x</div>
<!--><script>alert(1)</script-->
<!--[if gte IE 4]><script>alert(1)</script><![endif]-->
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><script>alert(1)</script>
</textarea><script>alert(1)</script>
</title><script>alert(1)</script>
"><script>alert(1)</script>
' onmouseover='alert(1)
\`<script>alert(1)</script>\`
\`\`\`html"><script>alert(1)</script>
\`\`\`"onload="alert(1)
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
%3Cscript%3Ealert(1)%3C/script%3E
\\<script>alert(1)</script>
[a](https://example.com "onmouseover=alert(1)")
[a](https://example.com" onmouseover="alert(1))
[a](https://example.com'onmouseover='alert(1))
[<img src=x onerror=alert(1)>](https://example.com)
![<img src=x onerror=alert(1)>](https://example.com/x.png)
![" onerror="alert(1)](https://example.com/x.png)
https://example.com/"onmouseover="alert(1)
https://example.com/<script>alert(1)</script>
mailto:a@example.com?body=<script>alert(1)</script>
@ada"><script>alert(1)</script>
#room"><script>alert(1)</script>
- <script>alert(1)</script>
> <img src=x onerror=alert(1)>
# <svg onload=alert(1)>
| <script>alert(1)</script> | b |
- [x] <img src=x onerror=alert(1)>
- [<script>alert(1)</script>] x
:<script>alert(1)</script>:
:tada:<img src=x onerror=alert(1)>:tada:
{{constructor.constructor('alert(1)')()}}
\${alert(1)}
`
  .split('\n')
  .filter((line) => line !== '')

/** What has to span lines to be what it pretends to be. */
const tables = [
  '| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>alert(1)</script> | <svg onload=alert(1)> |',
  '| " onmouseover="alert(1) | b |\n|:---|---:|\n| `</td><script>alert(1)</script>` | c |',
  '|a|\n|-|\n|</table><script>alert(1)</script>|',
  '|a"><script>alert(1)</script>|\n|:-:|\n|x|',
  '```"><script>alert(1)</script>\nalert(1)\n```',
  '```html\n<script>alert(1)</script>\n```',
  '```js onload=alert(1)\n</code></pre><script>alert(1)</script>\n```',
  '```diff\n+<img src=x onerror=alert(1)>\n-<svg onload=alert(1)>\n```',
]

export const hostileTexts: readonly string[] = [
  ...addresses.flatMap((address) => ways.map((way) => way(address))),
  ...html,
  ...tables,
]
