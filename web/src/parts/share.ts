/* Out of the app: the clipboard, the phone's own share sheet, a file. One rule: works without network, and says when it did not. */
export async function copy(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}

export function canShare(): boolean {
  return 'share' in navigator;
}

export async function share(title: string, text: string): Promise<void> {
  // Refused means that the person closed the sheet: nothing to say.
  await navigator.share({ title, text }).catch(() => undefined);
}

export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
