import { fileTypeFromBuffer } from 'file-type';

/** Bytes of a file's beginning that are enough to tell what it is. */
export const HEAD = 4_100;

/** Programs, and what a double click would run as one: by what they are … */
const PROGRAMS = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/vnd.android.package-archive',
  'application/java-archive',
  'application/java-vm',
  'application/x-ms-shortcut',
  'application/x-ms-regedit',
  'application/x-apple-diskimage',
  'application/x-deb',
  'application/x-rpm',
  'application/x-xpinstall',
  'application/x-google-chrome-extension',
  'application/x-shockwave-flash',
  'application/vnd.ms-htmlhelp',
  'application/x-ft-windows-registry-hive',
]);
/** … or by what they are called. */
const PROGRAM_NAMES =
  /\.(exe|com|scr|pif|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|lnk|reg|jar|apk|ipa|app|dmg|pkg|deb|rpm|sh|bash|command|desktop|dll|sys|cpl|inf|chm|url|scf|iso|img)$/i;

/**
 * What a file is, by its first bytes; what somebody declared is not believed. `null`: nothing known, not even text (the
 * caller has to see the whole file for that). `program` must not be kept.
 */
export async function sniff(head: Uint8Array, name: string): Promise<{ mime: string } | 'program' | null> {
  if (PROGRAM_NAMES.test(name)) return 'program';
  if (isSilk(head)) return { mime: 'audio/silk' };
  const found = await fileTypeFromBuffer(head);
  if (!found) return startsProgram(head) ? 'program' : null;
  return PROGRAMS.has(found.mime) ? 'program' : { mime: ALIASES[found.mime] ?? found.mime };
}

/** WeChat's and QQ's voices; some writers put a byte of their own before the name. */
function isSilk(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 10)).toString('latin1');
  return start.startsWith('#!SILK_V3') || start.startsWith('#!SILK_V3', 1);
}

const ALIASES: Record<string, string> = {
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
};

function startsProgram(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 2)).toString('latin1');
  return start === 'MZ' || start === '#!';
}

/** The type of a text file, by the end of its name. HTML and SVG are text like any other: never shown as a page of ours. */
export function textType(name: string): string {
  const end = name.toLowerCase().match(/\.([a-z0-9]+)$/)?.[1] ?? '';
  return TEXTS[end] ?? 'text/plain';
}
const TEXTS: Record<string, string> = {
  csv: 'text/csv',
  md: 'text/markdown',
  json: 'application/json',
  vcf: 'text/vcard',
  ics: 'text/calendar',
};

/** Whether a type is one of `can`'s: exact, `image/*`, or any. */
export function fits(mime: string, types: readonly string[]): boolean {
  return types.some(
    (type) => type === '*/*' || type === mime || (type.endsWith('/*') && mime.startsWith(type.slice(0, -1))),
  );
}
