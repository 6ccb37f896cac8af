import type { Hello } from '../../../../hub/shapes/visitor.ts';

/** Says why a file would be refused, before it is sent at all; the hub looks inside and has the last word. */
export function refusal(file: { type: string; size: number }, limits: Hello['limits']): string | undefined {
  if (!file.size) return 'file_empty';
  if (file.size > (kindOf(file.type) === 'image' ? limits.imageBytes : limits.fileBytes)) return 'file_too_large';
  // Without a type the browser does not know it either.
  if (file.type && limits.types.length && !limits.types.some((type) => fits(file.type, type)))
    return 'file_type_refused';
  return undefined;
}

function fits(mime: string, type: string): boolean {
  return type === '*/*' || type === mime || (type.endsWith('/*') && mime.startsWith(type.slice(0, -1)));
}

/** How a file is shown: what a browser draws itself, or a card to save it. */
export function kindOf(mime: string): 'image' | 'video' | 'file' {
  if (/^image\/(jpeg|png|gif|webp)$/.test(mime)) return 'image';
  return /^video\/(mp4|webm|quicktime)$/.test(mime) ? 'video' : 'file';
}

/** `1.4 MB` */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const at = Math.min(3, Math.floor(Math.log2(bytes || 1) / 10));
  const value = bytes / 1024 ** at;
  return `${value < 10 && at ? value.toFixed(1).replace('.0', '') : Math.round(value)} ${units[at]}`;
}
