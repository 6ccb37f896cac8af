import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fontconfig file that gives `system-ui` a face people's machines have one like; a bare server has only DejaVu. */
export async function fonts(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'haina-fonts-')), 'fonts.conf');
  const prefer = (family: string) =>
    `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>Inter</string><string>Noto Sans CJK SC</string></edit></match>`;
  const families = ['system-ui', 'sans-serif', 'DejaVu Sans'].map(prefer).join('');
  await writeFile(
    file,
    `<?xml version="1.0"?><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>${families}</fontconfig>`,
  );
  return file;
}
