import sharp from 'sharp';

/** The picture a customer sends: a lamp on a table, drawn here so that it is nobody's. PNG. */
export const lampSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480">
<defs><linearGradient id="w" x2="0" y2="1"><stop stop-color="#f3e6d3"/><stop offset="1" stop-color="#e3cfb4"/></linearGradient>
<linearGradient id="s" x2="0" y2="1"><stop stop-color="#fff6df"/><stop offset="1" stop-color="#f4d9a0"/></linearGradient>
<linearGradient id="o" x2="1"><stop stop-color="#8a5a34"/><stop offset=".5" stop-color="#b57e4e"/><stop offset="1" stop-color="#7c4f2d"/></linearGradient>
<radialGradient id="g"><stop stop-color="#fff3cf" stop-opacity=".95"/><stop offset="1" stop-color="#fff3cf" stop-opacity="0"/></radialGradient></defs>
<rect width="640" height="480" fill="url(#w)"/><circle cx="320" cy="215" r="235" fill="url(#g)"/>
<rect y="392" width="640" height="88" fill="#9c6b43"/><rect y="392" width="640" height="7" fill="#b98559"/>
<ellipse cx="320" cy="402" rx="120" ry="14" fill="#5d3d24" opacity=".35"/>
<rect x="308" y="238" width="24" height="142" rx="8" fill="url(#o)"/><rect x="236" y="374" width="168" height="26" rx="13" fill="url(#o)"/>
<path d="M250 96h140l52 148H198z" fill="url(#s)"/><path d="M198 244h244v7H198zM250 92h140v7H250z" fill="#d9b877"/>
<rect x="92" y="352" width="104" height="20" rx="3" fill="#5f7a76"/><rect x="84" y="372" width="120" height="22" rx="3" fill="#c2694b"/>
<path d="M486 392v-52h64v52a8 8 0 0 1-8 8h-48a8 8 0 0 1-8-8z" fill="#f7f3ec"/><path d="M550 352h12a14 14 0 0 1 0 28h-12" fill="none" stroke="#f7f3ec" stroke-width="8"/></svg>`;

export const lampPng = (): Promise<Buffer> => sharp(Buffer.from(lampSvg)).resize(640, 480).png().toBuffer();
